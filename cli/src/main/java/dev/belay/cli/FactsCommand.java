package dev.belay.cli;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import dev.belay.run.TaskHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay facts}: what is known of hosts, as JSON. */
@Command(
    name = "facts",
    description = "Shows the facts of hosts: one JSON document, by the hosts' names.",
    mixinStandardHelpOptions = true)
final class FactsCommand implements Callable<Integer> {
  private final World world;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "Which hosts (default: ${DEFAULT-VALUE}).",
      defaultValue = "all")
  String pattern;

  @Option(
      names = "--tree",
      paramLabel = "DIR",
      description = "Write a file HOST.json for each host instead.")
  Optional<Path> tree = Optional.empty();

  @Mixin RunFlags flags = new RunFlags();

  FactsCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws InterruptedException {
    OneTask task = new OneTask("facts", pattern, "setup", "");
    Job job = Job.read(world, flags, RunOptions.Mode.APPLY, task);
    Collected collected = new Collected();
    Run run = job.run(collected);
    task.refuseNoHosts(run);
    tree.ifPresent(FactsCommand::make);
    Recap recap = run.run();
    collected.facts.values().removeIf(Map.of()::equals);
    if (tree.isPresent()) {
      collected.facts.forEach((host, facts) -> write(tree.get(), host, facts));
    } else {
      world.out().println(JsonValues.text(collected.facts, JsonValues.Layout.LINES));
    }
    return ExitCode.of(recap).code();
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new ProblemsException(
          Position.of(folder.toString()), "this folder cannot be made: " + e.getMessage(), "");
    }
  }

  private static void write(Path folder, String host, Object facts) {
    String name = host.replace("%", "%25").replace("/", "%2F") + ".json";
    try (WholeFile file = WholeFile.at(folder.resolve(name))) {
      file.write(JsonValues.text(facts, JsonValues.Layout.LINES) + "\n");
    }
  }

  /** Keeps facts in the order of the inventory, and tells at once of hosts that have none. */
  private final class Collected implements RunListener {
    private final Map<String, Object> facts = new LinkedHashMap<>();

    @Override
    public void playStarted(PlayStart play) {
      play.hosts().forEach(host -> facts.put(host, Map.of()));
    }

    @Override
    public void taskDone(String host, TaskHeader task, Outcome outcome) {
      if (outcome.status() == Status.OK) {
        facts.put(host, outcome.value("ansible_facts").orElse(Map.of()));
      } else {
        facts.remove(host);
        world
            .err()
            .println(
                Visible.line(host)
                    + ": "
                    + outcome.status().word()
                    + ": "
                    + Visible.line(outcome.message()));
      }
    }

    @Override
    public void warning(String text) {
      world.err().println("[WARNING]: " + Visible.block(text));
    }
  }
}
