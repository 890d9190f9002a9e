package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.inventory.Shard;
import dev.belay.module.Content;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.remote.Become;
import dev.belay.remote.BecomeException;
import dev.belay.remote.Connection;
import dev.belay.remote.HostRoot;
import dev.belay.remote.HostSettings;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Transcript hosts and the runs of playbooks on them. */
final class TranscriptFleet implements RunListener {
  final Map<String, TranscriptHost> hosts = new TreeMap<>();
  final List<String> told = new ArrayList<>();
  final List<HostSettings> opened = new ArrayList<>();
  RunOptions.Mode mode = RunOptions.Mode.APPLY;
  Optional<Shard> shard = Optional.empty();
  Optional<HostRoot> root = Optional.empty();
  Again again = () -> {};
  private final AtWork atWork = new AtWork();
  private final Path folder;
  private final ModuleCatalog modules =
      new ModuleCatalog(ImmutableList.of(Knob.SPEC, Knob.DEED, Knob.SETS));

  TranscriptFleet(Path folder, String... names) {
    this.folder = folder;
    for (String name : names) {
      hosts.put(name, new TranscriptHost());
    }
  }

  /** Runs a playbook on hosts of these names, whether they can be reached or not. */
  Recap run(String inventory, String... playbooks) throws IOException, InterruptedException {
    Problems problems = new Problems();
    PlaybookReader reader = new PlaybookReader(modules, problems);
    ImmutableList.Builder<dev.belay.playbook.Playbook> read = ImmutableList.builder();
    for (int i = 0; i < playbooks.length; i++) {
      Path file = Files.writeString(folder.resolve("site" + i + ".yml"), playbooks[i]);
      read.add(reader.read(file));
    }
    problems.throwIfAny();
    return new Run(
            read.build(),
            InventoryReader.read(List.of(inventory)),
            () -> readAgain(inventory),
            modules,
            options(),
            this::open,
            this)
        .run();
  }

  private RunOptions options() {
    ControlSide bare = ControlSide.bare();
    return RunOptions.defaults(folder)
        .with(mode, ImmutableMap.of())
        .with(
            new ControlSide(
                bare.vault(),
                bare.asker(),
                bare.purpose(),
                bare.rolesPath(),
                bare.becomeMethod(),
                bare.sshArguments(),
                bare.port(),
                bare.gathering(),
                bare.modulePath(),
                bare.strategy(),
                bare.forcesHandlers(),
                bare.told(),
                bare.managed(),
                bare.inventories(),
                shard,
                root));
  }

  /** What happens before the inventory is read again. */
  interface Again {
    void happens() throws IOException;
  }

  private dev.belay.inventory.Inventory readAgain(String inventory) {
    try {
      again.happens();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return InventoryReader.read(List.of(inventory));
  }

  private synchronized Connection open(HostSettings settings) throws UnreachableException {
    opened.add(settings);
    TranscriptHost host = hosts.get(settings.name());
    if (host == null) {
      throw new UnreachableException(
          UnreachableException.Phase.CONNECT, settings.name() + ": connection refused");
    }
    host.atWork = atWork;
    return new Counted(host);
  }

  /** One of several connections to a host, with its own round trips. */
  private static final class Counted implements Connection {
    private final TranscriptHost host;
    private int roundTrips;

    Counted(TranscriptHost host) {
      this.host = host;
    }

    @Override
    public ImmutableList<Output> exchange(Become become, List<Sh> commands)
        throws UnreachableException, BecomeException {
      roundTrips++;
      return host.exchange(become, commands);
    }

    @Override
    public String upload(Become become, Content content) {
      return host.upload(become, content);
    }

    @Override
    public int roundTrips() {
      return roundTrips;
    }

    @Override
    public void close() {}
  }

  /** Counts hosts that are answering. */
  static final class AtWork {
    private int now;
    private int most;

    synchronized void begin() {
      most = Math.max(most, ++now);
    }

    synchronized void end() {
      now--;
    }

    synchronized int most() {
      return most;
    }
  }

  @Override
  public void playStarted(PlayStart play) {
    told.add("play " + String.join(" ", play.hosts()));
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    String where = outcome.shown().delegate().map(to -> " -> " + to).orElse("");
    told.add(host + where + " " + task.name() + ": " + outcome.status().word());
  }

  @Override
  public void told(String host, dev.belay.playbook.Meta.Word word, boolean holds) {
    told.add(word + ": " + holds);
  }

  @Override
  public void warning(String text) {
    told.add("warning: " + text);
  }

  /** How many hosts were at work at once, at most. */
  int mostAtOnce() {
    return atWork.most();
  }

  /** Those of what was told that have the word. */
  List<String> toldOf(String word) {
    return told.stream().filter(line -> line.contains(word)).toList();
  }

  /** All that a host was asked to do, without what it was only asked. */
  List<String> deedsOf(String host) {
    return hosts.get(host).transcript.stream()
        .flatMap(List::stream)
        .filter(command -> command.startsWith("set ") || command.startsWith("say "))
        .toList();
  }
}
