package dev.belay.run;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.TemplateSyntax;
import dev.belay.template.Literals;
import java.nio.file.Path;

/**
 * A template file without its first line where that is {@code #jinja2: name: value, …}, which
 * changes how the rest is marked up.
 *
 * @param firstLine the line of the file that the text begins in
 */
record TemplateHeader(String text, int firstLine, TemplateSyntax syntax) {
  private static final String START = "#jinja2:";

  static TemplateHeader of(String text, Path path, TemplateSyntax syntax) {
    if (!text.startsWith(START)) {
      return new TemplateHeader(text, 1, syntax);
    }
    int end = text.indexOf('\n');
    String line = text.substring(START.length(), end < 0 ? text.length() : end);
    TemplateSyntax changed = syntax;
    for (String pair : Splitter.on(',').split(line)) {
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw wrong(path, "'" + pair.strip() + "' is no name and value with ':' between them");
      }
      changed =
          with(changed, pair.substring(0, colon).strip(), pair.substring(colon + 1).strip(), path);
    }
    return new TemplateHeader(end < 0 ? "" : text.substring(end + 1), 2, changed);
  }

  private static BadArgumentsException wrong(Path path, String what) {
    return new BadArgumentsException(ImmutableList.of(path + ":1: " + what));
  }

  private static TemplateSyntax with(TemplateSyntax of, String name, String written, Path path) {
    Object value =
        Literals.read(written).orElseThrow(() -> wrong(path, "'" + written + "' is no value"));
    String word = value.toString();
    boolean flag = Boolean.TRUE.equals(value);
    return switch (name) {
      case "trim_blocks" -> copy(of, marks(of), flag, of.lstripBlocks(), of.newline());
      case "lstrip_blocks" -> copy(of, marks(of), of.trimBlocks(), flag, of.newline());
      case "newline_sequence" -> copy(of, marks(of), of.trimBlocks(), of.lstripBlocks(), word);
      case "block_start_string" -> mark(of, 0, word);
      case "block_end_string" -> mark(of, 1, word);
      case "variable_start_string" -> mark(of, 2, word);
      case "variable_end_string" -> mark(of, 3, word);
      case "comment_start_string" -> mark(of, 4, word);
      case "comment_end_string" -> mark(of, 5, word);
      default -> throw wrong(path, "'" + name + "' cannot be set here");
    };
  }

  private static String[] marks(TemplateSyntax of) {
    return new String[] {
      of.blockStart(),
      of.blockEnd(),
      of.variableStart(),
      of.variableEnd(),
      of.commentStart(),
      of.commentEnd()
    };
  }

  private static TemplateSyntax mark(TemplateSyntax of, int which, String word) {
    String[] marks = marks(of);
    marks[which] = word;
    return copy(of, marks, of.trimBlocks(), of.lstripBlocks(), of.newline());
  }

  private static TemplateSyntax copy(
      TemplateSyntax of, String[] m, boolean trim, boolean lstrip, String newline) {
    return new TemplateSyntax(m[0], m[1], m[2], m[3], m[4], m[5], trim, lstrip, newline);
  }
}
