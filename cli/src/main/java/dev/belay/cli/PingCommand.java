package dev.belay.cli;

import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.run.Outcome;
import dev.belay.run.Run;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code belay ping}: says which hosts can be reached, and how long that takes. */
@Command(
    name = "ping",
    description = "Connects to hosts and runs a shell there: one line for each, with the time.",
    mixinStandardHelpOptions = true)
final class PingCommand implements Callable<Integer> {
  private final World world;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "Which hosts (default: ${DEFAULT-VALUE}).",
      defaultValue = "all")
  String pattern;

  @Mixin RunFlags flags = new RunFlags();

  PingCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws InterruptedException {
    OneTask task = new OneTask("ping", pattern, "ping", "");
    Job job = Job.read(world, flags, RunOptions.Mode.APPLY, task);
    ConsoleStyle style = new ConsoleStyle(world.colours(), false, 0);
    Run run =
        job.run(
            new HostByHost(
                world.out(), (host, header, outcome) -> List.of(line(style, host, outcome))));
    task.refuseNoHosts(run);
    return ExitCode.of(run.run()).code();
  }

  private static String line(ConsoleStyle style, String host, Outcome outcome) {
    boolean fine = outcome.status() == Status.OK;
    String said = outcome.message().isEmpty() ? "" : ": " + Visible.line(outcome.message());
    return new RecapText(style)
            .named(host, fine ? Colour.GREEN : Colour.RED, RecapText.nameWidth(List.of()))
        + outcome.status().word()
        + ", "
        + outcome.took().toMillis()
        + " ms"
        + said;
  }
}
