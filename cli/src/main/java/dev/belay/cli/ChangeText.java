package dev.belay.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.belay.cli.ConsoleStyle.Colour;
import dev.belay.module.Change;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;

/** A change, as {@code --diff} shows it. */
final class ChangeText {
  private static final int CONTEXT = 3;

  private ChangeText() {}

  static List<String> lines(Change change, ConsoleStyle style) {
    boolean lines = change.before().contains("\n") || change.after().contains("\n");
    return lines ? unified(change, style) : List.of(style.in(Colour.YELLOW, line(change)));
  }

  /** On one line: what, before and after. */
  static String line(Change change) {
    return Visible.line(change.what())
        + ": "
        + Visible.line(change.before())
        + " -> "
        + Visible.line(change.after());
  }

  /** On one line, whatever its contents are. */
  static String summary(Change change) {
    boolean lines = change.before().contains("\n") || change.after().contains("\n");
    return lines ? Visible.line(change.what()) + ": content differs" : line(change);
  }

  private static List<String> unified(Change change, ConsoleStyle style) {
    List<String> before =
        change.before().equals(Change.ABSENT) ? List.of() : Output.lines(change.before());
    List<String> after = Output.lines(change.after());
    String name = Visible.line(change.what());
    List<String> lines = new ArrayList<>();
    for (String line :
        UnifiedDiffUtils.generateUnifiedDiff(
            "before: " + name, "after: " + name, before, DiffUtils.diff(before, after), CONTEXT)) {
      Colour colour =
          line.startsWith("+") ? Colour.GREEN : line.startsWith("-") ? Colour.RED : Colour.NONE;
      lines.add(style.in(colour, Visible.line(line)));
    }
    return lines;
  }
}
