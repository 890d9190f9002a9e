package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.Inventory;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Play;
import dev.belay.playbook.Playbook;
import dev.belay.problem.ProblemsException;
import dev.belay.remote.Connector;
import dev.belay.template.EvaluationException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * A run of playbooks against the hosts of an inventory: play after play, in each all hosts beside
 * each other.
 */
public final class Run {
  private final ImmutableList<PlannedPlay> plays;
  private final RunOptions options;
  private final Connector connector;
  private final RunListener listener;
  private final LongSupplier clock = System::nanoTime;
  private final Map<String, HostState> states = new LinkedHashMap<>();
  private final Set<String> gone = new HashSet<>();

  /**
   * Prepares a run. Nothing is contacted.
   *
   * @throws dev.belay.problem.ProblemsException with all mistakes that can be seen without a host:
   *     unknown hosts, tags and handlers, files that are not there
   */
  public Run(
      ImmutableList<Playbook> playbooks,
      Inventory inventory,
      ModuleCatalog modules,
      RunOptions options,
      Connector connector,
      RunListener listener) {
    this.plays = new RunPlanner(inventory, modules, options).plan(playbooks);
    this.options = options;
    this.connector = connector;
    this.listener = new OneAtATime(listener);
  }

  /** The plays with the hosts and tasks that the options leave. */
  public ImmutableList<PlannedPlay> plays() {
    return plays;
  }

  /** Runs it to its end, whatever happens on single hosts. */
  public Recap run() throws InterruptedException {
    long begun = clock.getAsLong();
    Semaphore forks = new Semaphore(options.forks(), true);
    try {
      for (PlannedPlay play : plays) {
        run(play, forks);
      }
    } finally {
      states.values().forEach(state -> state.link().close());
    }
    Recap recap = new Recap(tallies(), Duration.ofNanos(clock.getAsLong() - begun));
    listener.runDone(recap);
    return recap;
  }

  private void run(PlannedPlay play, Semaphore forks) throws InterruptedException {
    ImmutableList<String> hosts =
        play.hosts().stream()
            .filter(host -> !gone.contains(host))
            .collect(ImmutableList.toImmutableList());
    listener.playStarted(new RunListener.PlayStart(play.name(), play.play().at(), hosts));
    Turns turns =
        play.play().strategy() == Play.Strategy.FREE ? Turns.free(hosts) : Turns.linear(hosts);
    hosts.forEach(host -> states.computeIfAbsent(host, name -> newState(forks)));
    PlayHosts others = others(play, hosts);
    Threads threads = new Threads();
    Steps steps = new Steps(options.control());
    for (String host : hosts) {
      HostState state = states.get(host);
      threads.start(host, () -> run(play, host, state, turns, others, steps));
    }
    threads.awaitAll();
    listener.playDone();
  }

  private PlayHosts others(PlannedPlay play, ImmutableList<String> hosts) {
    ImmutableMap<String, Variables.Memory> memories =
        states.entrySet().stream()
            .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, e -> e.getValue().memory()));
    return new PlayHosts(
        play.inventory(),
        () -> stillThere(hosts),
        host ->
            play.variables(
                host, Optional.ofNullable(memories.get(host)).orElseGet(Variables.Memory::new)),
        HostRunMaker.lookups(options, play));
  }

  private synchronized ImmutableList<String> stillThere(ImmutableList<String> hosts) {
    return hosts.stream()
        .filter(host -> !gone.contains(host))
        .collect(ImmutableList.toImmutableList());
  }

  private HostState newState(Semaphore forks) {
    String mark = Long.toHexString(new SecureRandom().nextLong());
    return new HostState(
        new HostLink(connector, forks, mark), new Variables.Memory(), new TallyBox());
  }

  private void run(
      PlannedPlay play, String host, HostState state, Turns turns, PlayHosts others, Steps steps) {
    Variables variables = play.variables(host, state.memory());
    PlayOnHost here =
        new PlayOnHost(host, state.link(), variables, play.play().handlers(), listener, clock);
    try {
      new HostRunMaker(options, steps, clock).make(play, here, variables, turns, others).run();
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
      state.tally().add(here.tally());
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

  private ImmutableMap<String, Tally> tallies() {
    ImmutableMap.Builder<String, Tally> tallies = ImmutableMap.builder();
    states.forEach(
        (host, state) ->
            tallies.put(host, state.tally().sum().plusRoundTrips(state.link().roundTrips())));
    return tallies.buildOrThrow();
  }

  /** What a host keeps from play to play. */
  private record HostState(HostLink link, Variables.Memory memory, TallyBox tally) {}

  /** A host's counters over all plays. */
  private static final class TallyBox {
    private Tally sum = Tally.none();

    synchronized void add(Tally more) {
      sum = sum.plus(more);
    }

    synchronized Tally sum() {
      return sum;
    }
  }
}
