package dev.belay.cli;

import dev.belay.run.Outcome;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay adhoc}: one task, without a playbook. */
@Command(
    name = "adhoc",
    description = "Does one task on hosts, without a playbook.",
    mixinStandardHelpOptions = true)
final class AdhocCommand implements Callable<Integer> {
  private final World world;

  @Parameters(paramLabel = "PATTERN", description = "Which hosts.")
  String pattern;

  @Option(
      names = {"-m", "--module-name"},
      paramLabel = "MODULE",
      description = "The module (default: ${DEFAULT-VALUE}).",
      defaultValue = "command")
  String module;

  @Option(
      names = {"-a", "--args"},
      paramLabel = "ARGS",
      description = "Its arguments: key=value words, a command line, or a mapping as JSON.",
      defaultValue = "")
  String arguments;

  @Option(
      names = {"-C", "--check"},
      description = "Change nothing: show what would be changed.")
  boolean check;

  @Mixin RunFlags flags = new RunFlags();

  @Mixin ReportFlags report = new ReportFlags();

  AdhocCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws InterruptedException {
    OneTask task = new OneTask("adhoc", pattern, module, arguments);
    RunOptions.Mode mode = check ? RunOptions.Mode.CHECK : RunOptions.Mode.APPLY;
    Job job = Job.read(world, flags, mode, task);
    ConsoleStyle asked = report.style(world);
    ConsoleStyle style = new ConsoleStyle(asked.colours(), asked.diff(), 1);
    RunListener printer =
        new HostByHost(
            world.out(),
            (host, header, outcome) ->
                isOutput(outcome)
                    ? spoken(style, host, outcome)
                    : new OutcomeText(style, Visible.line(host), header).lines(outcome));
    try (Outputs outputs =
        Outputs.of(world, report, RunHeader.of("adhoc", job, flags.limit), printer)) {
      Run run = job.run(outputs.listener());
      task.refuseNoHosts(run);
      return ExitCode.of(run.run()).code();
    }
  }

  /** Whether it is a command that ran: then what it said is what is asked for. */
  private static boolean isOutput(Outcome outcome) {
    return outcome.value("stdout").filter(String.class::isInstance).isPresent()
        && outcome.value("rc").isPresent()
        && !outcome.hidden();
  }

  /** As Ansible shows a command's output. */
  private static List<String> spoken(ConsoleStyle style, String host, Outcome outcome) {
    String word = outcome.status() == Status.OK ? "success" : outcome.status().word();
    List<String> lines = new ArrayList<>();
    lines.add(
        style.in(
            OutcomeText.colour(outcome.status()),
            Visible.line(host)
                + " | "
                + word.toUpperCase(Locale.ROOT)
                + " | rc="
                + outcome.value("rc").orElse("?")
                + " >>"));
    for (String stream : List.of("stdout", "stderr")) {
      String text = outcome.value(stream).orElse("").toString();
      if (!text.isEmpty()) {
        lines.add(Visible.block(text));
      }
    }
    return lines;
  }
}
