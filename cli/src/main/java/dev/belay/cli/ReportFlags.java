package dev.belay.cli;

import dev.belay.run.ControlSide;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say what is shown of a run, and where else it is written. */
final class ReportFlags {
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
      names = "--junit",
      paramLabel = "FILE",
      description = "Write a report as JUnit's XML, which build servers show.")
  Optional<Path> junit = Optional.empty();

  @Option(
      names = "--color",
      negatable = true,
      description = "Colours, or none; where not given, the terminal decides.")
  Optional<Boolean> colour = Optional.empty();

  /** What tasks may know of it. */
  ControlSide.Told told() {
    return new ControlSide.Told(verbose.length, diff);
  }

  ConsoleStyle style(World world) {
    return new ConsoleStyle(colour.orElseGet(world::colours), diff, verbose.length);
  }

  /** Whether standard output is for the lines of JSON alone. */
  boolean isJsonOnly() {
    return json.equals(Optional.of("-"));
  }
}
