package dev.belay.cli;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.run.ControlSide;
import dev.belay.run.Outcome;
import dev.belay.run.PlannedPlay;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  @Option(
      names = "--task-timeout",
      paramLabel = "SECONDS",
      description = "How long the task may take (default: no limit).")
  Optional<Long> taskTimeout = Optional.empty();

  @Option(
      names = {"-B", "--background"},
      paramLabel = "SECONDS",
      description = "Let it run apart from the connection, so long at most.")
  Optional<Long> background = Optional.empty();

  @Option(
      names = {"-P", "--poll"},
      paramLabel = "SECONDS",
      description = "With -B: how often to look whether it has ended; 0 to leave it (default: 15).")
  Optional<Long> poll = Optional.empty();

  @Option(names = "--list-hosts", description = "Only show which hosts these are.")
  boolean listHosts;

  @Mixin RunFlags flags = new RunFlags();

  @Mixin ReportFlags report = new ReportFlags();

  AdhocCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws InterruptedException {
    OneTask task = new OneTask("adhoc", pattern, module, arguments, keywords());
    RunOptions.Mode mode = check ? RunOptions.Mode.CHECK : RunOptions.Mode.APPLY;
    ControlSide.Purpose purpose = listHosts ? ControlSide.Purpose.SHOW : ControlSide.Purpose.RUN;
    Job job = Job.read(world, flags, mode, purpose, task);
    if (listHosts) {
      return list(job, task);
    }
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

  private int list(Job job, OneTask task) {
    Run run = job.run(new RunListener() {});
    task.refuseNoHosts(run);
    for (PlannedPlay play : run.plays()) {
      world.out().println("  hosts (" + play.hosts().size() + "):");
      play.hosts().forEach(host -> world.out().println("    " + Visible.line(host)));
    }
    return ExitCode.FINE.code();
  }

  private ImmutableMap<String, Long> keywords() {
    if (poll.isPresent() && background.isEmpty()) {
      throw new ProblemsException(Position.of("--poll"), "there is nothing to look at", "add -B");
    }
    ImmutableMap.Builder<String, Long> keywords = ImmutableMap.builder();
    taskTimeout.ifPresent(seconds -> keywords.put("timeout", seconds));
    background.ifPresent(seconds -> keywords.put("async", seconds));
    poll.ifPresent(seconds -> keywords.put("poll", seconds));
    return keywords.buildOrThrow();
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
