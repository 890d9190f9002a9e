package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.run.Recap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A report in lines of JSON, as one shard wrote it. What its tasks did stays in the file: of a
 * large fleet that is more than fits in memory.
 */
record ShardReport(
    Path file,
    RunHeader header,
    Recap recap,
    ImmutableList<ReportEvent> findings,
    ImmutableList<String> warnings) {
  /** How the line of a task begins; there are so many that they are not read without need. */
  private static final String TASK = "{\"v\":" + JsonListener.VERSION + ",\"event\":\"task\",";

  /** What is done with a line. */
  interface Lines {
    void take(String line);
  }

  /** Reads it; what is wrong with it goes to {@code problems}. */
  static Optional<ShardReport> read(Path file, Problems problems) {
    Reading reading = new Reading();
    try {
      each(file, reading::take);
      return Optional.of(reading.report(file));
    } catch (MalformedInputException e) {
      problems.add(new Position(file.toString(), reading.line + 1, 0), "this is no text in UTF-8");
    } catch (IOException | UncheckedIOException e) {
      problems.add(
          Position.of(file.toString()),
          "this file cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage());
    } catch (IllegalArgumentException e) {
      problems.add(new Position(file.toString(), reading.line, 0), String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private static void each(Path file, Lines lines) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.take(line);
      }
    }
  }

  /** Gives all events between the first and the findings or the recap, as they stand. */
  void eachEvent(Lines lines) {
    try {
      each(
          file,
          line -> {
            if (line.startsWith(TASK) || isInside(ReportEvent.read(line))) {
              lines.take(line);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isInside(ReportEvent event) {
    return !event.is("run") && !event.is("finding") && !event.is("recap");
  }

  /** What is known of a file so far. */
  private static final class Reading {
    private final List<ReportEvent> findings = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<RunHeader> header = Optional.empty();
    private Optional<Recap> recap = Optional.empty();
    private int line;

    void take(String text) {
      line++;
      if (recap.isPresent()) {
        throw new IllegalArgumentException("there is more behind the recap: these are two reports");
      } else if (line > 1 && text.startsWith(TASK) && text.endsWith("}")) {
        return;
      }
      ReportEvent event = ReportEvent.read(text);
      if (line == 1) {
        header = Optional.of(begun(event));
      } else if (event.is("finding")) {
        event.finding();
        findings.add(event);
      } else if (event.is("warning")) {
        warnings.add(event.text("msg"));
      } else if (event.is("recap")) {
        recap = Optional.of(event.recap());
      }
    }

    private static RunHeader begun(ReportEvent event) {
      if (!event.is("run")) {
        throw new IllegalArgumentException(
            "the report does not begin with what it is of: an older version wrote it");
      }
      return event.header();
    }

    ShardReport report(Path file) {
      if (header.isEmpty()) {
        throw new IllegalArgumentException("this file is empty: that shard wrote no report");
      }
      return new ShardReport(
          file,
          header.get(),
          recap.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "there is no recap: the run was cut off, or still goes on")),
          ImmutableList.copyOf(findings),
          ImmutableList.copyOf(warnings));
    }
  }
}
