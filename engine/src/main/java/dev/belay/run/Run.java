package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.belay.inventory.Inventory;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.Rollout;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemsException;
import dev.belay.remote.Connector;
import dev.belay.template.EvaluationException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A run of playbooks against the hosts of an inventory: play after play, in each all hosts beside
 * each other.
 */
public final class Run {
  private final ImmutableList<PlannedPlay> plays;
  private final ImmutableList<Problem> unmatched;
  private final LiveInventory inventory;
  private final boolean changesInventory;
  private final ModuleCatalog modules;
  private final RunOptions options;
  private final Connector connector;
  private final RunListener listener;
  private final LongSupplier clock = System::nanoTime;
  private final Map<String, TallyBox> tallies = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Variables.Memory> memories = new ConcurrentHashMap<>();
  private final CustomStats stats = new CustomStats();
  private final Set<String> gone = new HashSet<>();
  private boolean anyLeft = true;

  /** Prepares a run whose inventory cannot be read again. */
  public Run(
      ImmutableList<Playbook> playbooks,
      Inventory inventory,
      ModuleCatalog modules,
      RunOptions options,
      Connector connector,
      RunListener listener) {
    this(playbooks, inventory, () -> inventory, modules, options, connector, listener);
  }

  /**
   * Prepares a run. Nothing is contacted.
   *
   * @param again reads the inventory again, where a task asks for it
   * @throws dev.belay.problem.ProblemsException with all mistakes that can be seen without a host:
   *     unknown tags and handlers, files that are not there
   */
  public Run(
      ImmutableList<Playbook> playbooks,
      Inventory inventory,
      Supplier<Inventory> again,
      ModuleCatalog modules,
      RunOptions options,
      Connector connector,
      RunListener listener) {
    this.listener = new OneAtATime(listener);
    this.inventory = new LiveInventory(inventory, again);
    RunPlanner planner =
        new RunPlanner(
            this.inventory, modules, options, problem -> this.listener.warning(problem.toString()));
    this.plays = planner.plan(playbooks);
    this.unmatched = planner.unmatched();
    this.changesInventory = planner.changesInventory();
    this.modules = modules;
    this.options = options;
    this.connector = connector;
  }

  /** Whether there are hosts to work on, and all of them are in other shards. */
  public boolean isEmptyShard() {
    return plays.stream().allMatch(play -> play.hosts().isEmpty())
        && plays.stream().anyMatch(play -> play.view().hasHostsElsewhere());
  }

  /** The plays with the hosts and tasks that the options leave. */
  public ImmutableList<PlannedPlay> plays() {
    return plays;
  }

  /**
   * Runs it to its end, whatever happens on single hosts.
   *
   * @throws ProblemsException where no play has any host, and it is for names that there are not
   */
  public Recap run() throws InterruptedException {
    if (isEmptyShard()) {
      listener.warning(
          "shard "
              + options.control().shard().orElseThrow()
              + " has none of the hosts: nothing is to be done here");
    } else if (!unmatched.isEmpty() && plays.stream().allMatch(play -> play.hosts().isEmpty())) {
      throw new ProblemsException(unmatched);
    }
    long begun = clock.getAsLong();
    tellStandIns();
    try (Links links = new Links(connector, options.forks())) {
      int begunPlays = 0;
      while (begunPlays < plays.size() && goesOn(begunPlays)) {
        anyLeft = run(plays.get(begunPlays++), links);
      }
      if (begunPlays < plays.size()) {
        listener.warning("hosts failed, so these plays are not run: " + names(begunPlays));
      }
    }
    Recap recap = new Recap(tallies(), stats.all(), Duration.ofNanos(clock.getAsLong() - begun));
    listener.runDone(recap);
    return recap;
  }

  /** A program of the user's may have the name of a built-in module, by intent or not. */
  private void tellStandIns() {
    plays.stream()
        .flatMap(PlannedPlay::modules)
        .filter(modules::isStandIn)
        .distinct()
        .forEach(
            module ->
                listener.warning(
                    "'"
                        + module.name()
                        + "' is not the built-in module: "
                        + module.summary().replaceFirst("^A program", "a program")));
  }

  private String names(int from) {
    return plays.subList(from, plays.size()).stream()
        .map(PlannedPlay::name)
        .collect(Collectors.joining(", "));
  }

  /** As in Ansible, another playbook begins only where no host has failed in those before it. */
  private boolean goesOn(int next) {
    boolean isNewPlaybook =
        next > 0 && !plays.get(next).playbook().equals(plays.get(next - 1).playbook());
    return anyLeft && !(isNewPlaybook && !gone.isEmpty());
  }

  /** Gives whether hosts are left with which the next play can go on. */
  private boolean run(PlannedPlay play, Links links) throws InterruptedException {
    ImmutableList<String> hosts = stillThere(play.hosts());
    if (changesInventory && hosts.isEmpty()) {
      play.view().unmatched().forEach(name -> listener.warning(name.toString()));
    }
    ImmutableList<ImmutableList<String>> batches = Batches.of(hosts, play.rules().serial());
    if (batches.isEmpty()) {
      listener.playStarted(new RunListener.PlayStart(play.name(), play.play().at(), hosts));
      listener.playDone();
    }
    for (ImmutableList<String> batch : batches) {
      Turns turns = turns(play, batch);
      run(play, hosts, batch, turns, links);
      if (stillThere(batch).isEmpty()) {
        return false;
      } else if (turns.isPlayEnded()) {
        return true;
      }
    }
    return true;
  }

  private static Turns turns(PlannedPlay play, ImmutableList<String> batch) {
    return play.rules().strategy() == Rollout.Strategy.LINEAR
        ? Turns.linear(batch)
        : Turns.free(batch);
  }

  private void run(
      PlannedPlay play,
      ImmutableList<String> hosts,
      ImmutableList<String> batch,
      Turns turns,
      Links links)
      throws InterruptedException {
    listener.playStarted(new RunListener.PlayStart(play.name(), play.play().at(), batch));
    PlayHosts others = others(play, hosts, batch);
    HostRunMaker maker = new HostRunMaker(options, links, new Steps(options.control()), clock);
    Semaphore pins = pins(play, batch);
    Threads threads = new Threads();
    for (String host : batch) {
      tallies.computeIfAbsent(host, name -> new TallyBox());
      threads.start(host, () -> run(maker, play, host, turns, others, pins));
    }
    threads.awaitAll();
    listener.playDone();
  }

  /** How many hosts may be in the play at once. */
  private Semaphore pins(PlannedPlay play, ImmutableList<String> batch) {
    boolean pinned = play.rules().strategy() == Rollout.Strategy.HOST_PINNED;
    return new Semaphore(pinned ? options.forks() : batch.size(), true);
  }

  private PlayHosts others(
      PlannedPlay play, ImmutableList<String> hosts, ImmutableList<String> batch) {
    return new PlayHosts(
        () -> play.view().all(),
        changesInventory,
        () -> stillThere(hosts),
        ImmutableSet.copyOf(batch),
        host -> play.variables(host, memory(host)),
        HostRunMaker.lookups(options, play),
        ShardRules.of(options));
  }

  private Variables.Memory memory(String host) {
    return memories.computeIfAbsent(host, name -> new Variables.Memory());
  }

  private synchronized ImmutableList<String> stillThere(ImmutableList<String> hosts) {
    return hosts.stream()
        .filter(host -> !gone.contains(host))
        .collect(ImmutableList.toImmutableList());
  }

  private void run(
      HostRunMaker maker,
      PlannedPlay play,
      String host,
      Turns turns,
      PlayHosts others,
      Semaphore pins) {
    Variables variables = others.variables(host);
    PlayOnHost here =
        new PlayOnHost(
            host,
            variables,
            play.play().handlers(),
            new PlayOnHost.OfRun(this::memory, stats, inventory, listener, clock, this::forgive));
    try {
      pins.acquire();
      maker.make(play, here, variables, turns, others).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (EvaluationException | ProblemsException e) {
      // A mistake in what says how to get there: it costs this host, and is the user's to mend.
      listener.warning(host + ": " + Bug.place(e) + e.getMessage());
      here.brokenBy(e);
    } catch (RuntimeException e) {
      listener.warning(Bug.report(host, e));
      here.brokenBy(e);
    } finally {
      pins.release();
      tallies.get(host).add(here.tally());
      if (here.hasFailed()) {
        leave(host);
      }
      turns.left(host);
      listener.hostDone(host);
    }
  }

  private synchronized void leave(String host) {
    gone.add(host);
  }

  /** As in Ansible, hosts that failed are in the plays to come again. */
  private synchronized void forgive() {
    gone.clear();
    tallies.values().forEach(TallyBox::forgive);
  }

  private ImmutableMap<String, Tally> tallies() {
    return ImmutableMap.copyOf(Maps.transformValues(tallies, TallyBox::sum));
  }

  /** A host's counters over all plays. */
  private static final class TallyBox {
    private Tally sum = Tally.none();

    synchronized void add(Tally more) {
      sum = sum.plus(more);
    }

    synchronized void forgive() {
      sum = sum.withForgiveness();
    }

    synchronized Tally sum() {
      return sum;
    }
  }
}
