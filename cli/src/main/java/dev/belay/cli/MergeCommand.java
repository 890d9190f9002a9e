package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.problem.Problems;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay report merge}: one report and one exit code of the reports of all shards. */
@Command(
    name = "merge",
    description = "Joins the reports that shards wrote with --json: one recap, and one exit code.",
    mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {
  private final World world;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What --json wrote, one each.")
  List<Path> files = new ArrayList<>();

  @Option(names = "--allow-missing", description = "Join what is there, and tell what is not.")
  boolean allowMissing;

  @Option(
      names = "--detailed-exitcode",
      description = "End with 3 where all was reached, nothing failed, and something differs.")
  boolean detailedExitCode;

  @Option(names = "--all-hosts", description = "Do not cut long lists of hosts.")
  boolean allHosts;

  @Mixin ReportFlags report = new ReportFlags();

  MergeCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() {
    ShardReports reports = read();
    Recap recap = reports.recap();
    Optional<JoinedFindings> found =
        reports.header().command().equals("audit")
            ? Optional.of(new JoinedFindings(reports))
            : Optional.empty();
    try (Joining joining = new Joining(reports, recap, found)) {
      joining.write(world, report, printer(reports, found));
    }
    if (found.isPresent()) {
      return found.get().exit(recap).code();
    }
    return (detailedExitCode ? ExitCode.detailed(recap) : ExitCode.of(recap)).code();
  }

  private ShardReports read() {
    Problems problems = new Problems();
    ImmutableList<ShardReport> parts =
        files.stream()
            .flatMap(file -> ShardReport.read(file, problems).stream())
            .collect(ImmutableList.toImmutableList());
    problems.throwIfAny();
    ShardReports reports =
        ShardReports.of(
            parts,
            allowMissing ? ShardReports.Missing.TOLD : ShardReports.Missing.REFUSED,
            problems);
    problems.throwIfAny();
    return reports;
  }

  private RunListener printer(ShardReports reports, Optional<JoinedFindings> found) {
    ConsoleStyle style = report.style(world);
    if (found.isPresent()) {
      AuditReport.Naming naming = allHosts ? AuditReport.Naming.ALL : AuditReport.Naming.CUT;
      return new AuditReport(world.out(), style, naming, found.get());
    }
    return new RunListener() {
      @Override
      public void runDone(Recap recap) {
        PrintStream out = world.out();
        reports
            .warnings()
            .forEach(
                text -> out.println(style.in(Colour.PURPLE, "[WARNING]: " + Visible.block(text))));
        out.println();
        new RecapText(style).lines(recap).forEach(out::println);
      }
    };
  }
}
