package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where a run's events go. Files are opened before any host is contacted. */
final class Outputs implements AutoCloseable {
  private final ImmutableList.Builder<RunListener> listeners = ImmutableList.builder();
  private Optional<PrintStream> stream = Optional.empty();
  private Optional<WholeFile> whole = Optional.empty();

  private Outputs() {}

  /** To what prints it, unless standard output is for JSON alone, and to the flags' files. */
  static Outputs of(World world, ReportFlags flags, RunHeader header, RunListener printer) {
    String word = header.mode() == RunOptions.Mode.CHECK ? "check" : "run";
    Report report = new Report(word, header, Optional.empty());
    return new Outputs().add(world, flags, printer, report);
  }

  /** The same, where it is an audit. */
  static Outputs of(
      World world, ReportFlags flags, RunHeader header, Audit audit, RunListener printer) {
    Outputs outputs = new Outputs();
    outputs.listeners.add(audit);
    if (world.hasTerminal()) {
      outputs.listeners.add(new Progress(world.err(), System::nanoTime));
    }
    return outputs.add(world, flags, printer, new Report("audit", header, Optional.of(audit)));
  }

  /** What the files are of. */
  private record Report(String command, RunHeader header, Optional<Audit> audit) {}

  /** What prints comes before files: where one cannot be written, all has been seen. */
  private Outputs add(World world, ReportFlags flags, RunListener printer, Report report) {
    if (flags.isJsonOnly()) {
      listeners.add(new JsonListener(world.out(), report.header, report.audit));
    } else {
      listeners.add(printer);
      stream = flags.json.map(file -> privateFile(Path.of(file)));
      stream.ifPresent(file -> listeners.add(new JsonListener(file, report.header, report.audit)));
    }
    whole = flags.junit.map(WholeFile::at);
    whole.ifPresent(
        file -> listeners.add(new JunitReport(report.command, report.header.mode(), file::write)));
    return this;
  }

  RunListener listener() {
    return new AllListeners(listeners.build());
  }

  @Override
  public void close() {
    whole.ifPresent(WholeFile::close);
    stream.ifPresent(PrintStream::close);
    if (stream.filter(PrintStream::checkError).isPresent()) {
      throw new ProblemsException(
          Position.of("--json"), "the file could not be written as a whole", "");
    }
  }

  /**
   * Results may hold what not everybody is to read. What is there and is no file, a device or a
   * pipe, is written to and stays what it is.
   */
  static PrintStream privateFile(Path path) {
    try {
      if (!Files.exists(path)) {
        Files.createFile(path, PosixFilePermissions.asFileAttribute(WholeFile.OWNER_ONLY));
      } else if (Files.isRegularFile(path)) {
        Files.setPosixFilePermissions(path, WholeFile.OWNER_ONLY);
      }
      return new PrintStream(Files.newOutputStream(path), false, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ProblemsException(
          Position.of(path.toString()), "this file cannot be written: " + e.getMessage(), "");
    }
  }
}
