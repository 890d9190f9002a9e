package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** Writes what reports of shards come to together: to the console and to the flags' files. */
final class Joining implements AutoCloseable {
  private final ShardReports reports;
  private final Recap recap;
  private final Optional<JoinedFindings> found;
  private Optional<PrintStream> stream = Optional.empty();
  private Optional<WholeFile> junit = Optional.empty();

  Joining(ShardReports reports, Recap recap, Optional<JoinedFindings> found) {
    this.reports = reports;
    this.recap = recap;
    this.found = found;
  }

  /** To what prints it, unless standard output is for JSON alone. */
  void write(World world, ReportFlags flags, RunListener printer) {
    flags.json.filter(file -> !file.equals("-")).map(Path::of).ifPresent(this::refuseOneOfThem);
    junit = flags.junit.map(WholeFile::at);
    if (flags.isJsonOnly()) {
      json(world.out());
    } else {
      stream = flags.json.map(file -> Outputs.privateFile(Path.of(file)));
      printer.runDone(recap);
      stream.ifPresent(this::json);
    }
    junit.ifPresent(this::junit);
  }

  private void refuseOneOfThem(Path out) {
    if (reports.parts().stream()
        .anyMatch(part -> part.file().toAbsolutePath().equals(out.toAbsolutePath()))) {
      throw new ProblemsException(
          Position.of(out.toString()), "this is one of the reports to join", "write another file");
    }
  }

  /** All events of all shards, then findings and recap of all together. */
  private void json(PrintStream out) {
    JsonListener json = new JsonListener(out, reports.header(), found);
    json.begin();
    reports.remarks().forEach(json::warning);
    reports.parts().forEach(part -> part.eachEvent(json::copied));
    json.runDone(recap);
  }

  private void junit(WholeFile file) {
    RunHeader header = reports.header();
    JunitReport report = new JunitReport(header.command(), header.mode(), file::write);
    ImmutableList<String> hosts = recap.hosts().keySet().asList();
    report.playStarted(
        new RunListener.PlayStart(header.command(), Position.of(header.command()), hosts));
    for (ShardReport part : reports.parts()) {
      part.eachEvent(line -> tell(ReportEvent.read(line), report));
      part.recap().hosts().keySet().forEach(report::hostDone);
    }
    report.runDone(recap);
  }

  /** As the run told it. */
  private static void tell(ReportEvent event, RunListener listener) {
    if (event.is("play")) {
      listener.playStarted(
          new RunListener.PlayStart(event.text("play"), event.at(), ImmutableList.of()));
    } else if (event.is("task")) {
      listener.taskDone(event.text("host"), event.task(), event.outcome());
    } else if (event.is("rescued")) {
      listener.rescued(event.text("host"));
    }
  }

  @Override
  public void close() {
    junit.ifPresent(WholeFile::close);
    stream.ifPresent(PrintStream::close);
    if (stream.filter(PrintStream::checkError).isPresent()) {
      throw new ProblemsException(
          Position.of("--json"), "the file could not be written as a whole", "");
    }
  }
}
