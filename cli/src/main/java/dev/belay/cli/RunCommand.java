package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.inventory.Inventory;
import dev.belay.inventory.InventoryReader;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.remote.Connections;
import dev.belay.run.Recap;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay run}: brings hosts to where playbooks say. */
@Command(
    name = "run",
    description = "Brings hosts to where the playbooks say.",
    mixinStandardHelpOptions = true)
class RunCommand implements Callable<Integer> {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final World world;

  @Parameters(paramLabel = "PLAYBOOK", arity = "1..*", description = "Playbook files.")
  List<Path> playbooks = new ArrayList<>();

  @Mixin RunFlags flags = new RunFlags();

  @Option(
      names = {"-C", "--check"},
      description = "Change nothing: show what would be changed.")
  boolean check;

  @Option(
      names = {"-D", "--diff"},
      description = "Show before and after of every change.")
  boolean diff;

  @Option(names = "-v", description = "Show results; more of it shows more.")
  boolean[] verbose = new boolean[0];

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description =
          "Write what happens as lines of JSON; - writes them, and nothing else, to standard output.")
  Optional<String> json = Optional.empty();

  @Option(
      names = "--detailed-exitcode",
      description = "End with 3 where all was reached, nothing failed, and something differs.")
  boolean detailedExitCode;

  @Option(names = "--syntax-check", description = "Only read the files.")
  boolean syntaxCheck;

  @Option(names = "--list-hosts", description = "Only show the hosts of each play.")
  boolean listHosts;

  @Option(names = "--list-tasks", description = "Only show the tasks of each play.")
  boolean listTasks;

  @Option(names = "--list-tags", description = "Only show the tags of each play.")
  boolean listTags;

  RunCommand(World world) {
    this.world = world;
  }

  /** {@code belay check}: shows what a run would change. */
  @Command(
      name = "check",
      description = "Shows what a run would change, and changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Check extends RunCommand {
    Check(World world) {
      super(world);
    }

    @Override
    RunOptions.Mode mode() {
      return RunOptions.Mode.CHECK;
    }
  }

  RunOptions.Mode mode() {
    return check ? RunOptions.Mode.CHECK : RunOptions.Mode.APPLY;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunOptions options = flags.options(mode(), world.environment());
    Problems problems = new Problems();
    ModuleCatalog modules = new ModuleCatalog(BuiltinModules.all());
    ImmutableList<Playbook> read = read(modules, problems);
    Optional<Inventory> inventory = inventory(problems);
    problems.throwIfAny();
    try (Outputs outputs = outputs()) {
      Run run =
          new Run(
              read,
              inventory.orElseThrow(),
              modules,
              options,
              new Connections(world.ssh()),
              outputs.listener());
      if (syntaxCheck || listHosts || listTasks || listTags) {
        new Listing(world.out()).show(run.plays(), listHosts, listTasks, listTags);
        return ExitCode.FINE.code();
      }
      Recap recap = run.run();
      return (detailedExitCode ? ExitCode.detailed(recap) : ExitCode.of(recap)).code();
    }
  }

  private ImmutableList<Playbook> read(ModuleCatalog modules, Problems problems) {
    PlaybookReader reader = new PlaybookReader(modules, problems);
    return playbooks.stream().map(reader::read).collect(ImmutableList.toImmutableList());
  }

  private Optional<Inventory> inventory(Problems problems) {
    List<String> sources = flags.inventories.isEmpty() ? List.of("localhost,") : flags.inventories;
    try {
      return Optional.of(InventoryReader.read(sources));
    } catch (ProblemsException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }

  /** Where a run's events go. */
  private record Outputs(RunListener listener, Optional<PrintStream> file)
      implements AutoCloseable {
    @Override
    public void close() {
      file.ifPresent(PrintStream::close);
    }
  }

  private Outputs outputs() {
    RunListener console =
        new ConsoleListener(world.out(), new ConsoleStyle(world.colours(), diff, verbose.length));
    if (json.isEmpty()) {
      return new Outputs(console, Optional.empty());
    } else if (json.get().equals("-")) {
      return new Outputs(new JsonListener(world.out()), Optional.empty());
    }
    PrintStream file = privateFile(Path.of(json.get()));
    return new Outputs(new BothListeners(console, new JsonListener(file)), Optional.of(file));
  }

  /**
   * Results may hold what not everybody is to read. What is there and is no file, a device or a
   * pipe, is written to and stays what it is.
   */
  private static PrintStream privateFile(Path path) {
    try {
      if (!Files.exists(path)) {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      } else if (Files.isRegularFile(path)) {
        Files.setPosixFilePermissions(path, OWNER_ONLY);
      }
      return new PrintStream(Files.newOutputStream(path), false, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ProblemsException(
          Position.of(path.toString()), "this file cannot be written: " + e.getMessage(), "");
    }
  }
}
