package dev.belay.cli;

import dev.belay.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shows a problem with the line that it is in. */
final class SourceLines {
  /** Lines beyond it are not shown: they hardly help. */
  private static final int WIDTH_LIMIT = 160;

  private SourceLines() {}

  static String shown(Problem problem) {
    String message = Visible.line(problem.toString());
    if (problem.at().line() == 0) {
      return message;
    }
    try {
      Path file = Path.of(problem.at().file());
      List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
      return problem.at().line() <= lines.size()
          ? message + "\n" + marked(problem, lines)
          : message;
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return message;
    }
  }

  private static String marked(Problem problem, List<String> lines) {
    String line = Visible.line(lines.get(problem.at().line() - 1).replace('\t', ' '));
    boolean fits = line.length() <= WIDTH_LIMIT && problem.at().column() > 0;
    return fits
        ? "    " + line + "\n    " + " ".repeat(problem.at().column() - 1) + "^"
        : "    " + line;
  }
}
