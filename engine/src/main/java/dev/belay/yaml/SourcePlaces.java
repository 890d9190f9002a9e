package dev.belay.yaml;

import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds out where in a file the characters of a scalar stand. */
final class SourcePlaces {
  private SourcePlaces() {}

  /** The place of the character at that offset of the whole file. */
  static Position at(String file, String text, int offset) {
    int end = Math.max(0, Math.min(offset, text.length()));
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(file, line, end - lineStart + 1);
  }

  /**
   * Exact where the scalar has no escapes and no folded lines; else near. Worked out only when
   * asked.
   */
  static SourceMap of(String file, String text, ScalarNode node) {
    Mark mark = node.getStartMark().orElseThrow();
    int start =
        text.offsetByCodePoints(
            0, Math.min(mark.getIndex(), text.codePointCount(0, text.length())));
    ScalarStyle style = node.getScalarStyle();
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      return offset -> inBlock(file, text, start, node.getValue(), offset);
    }
    int quote = style == ScalarStyle.PLAIN ? 0 : 1;
    return offset ->
        offset == 0
            ? new Position(file, mark.getLine() + 1, mark.getColumn() + 1)
            : inLine(file, text, start + quote, node.getValue(), offset);
  }

  /**
   * Walks along source and value together; what the source has more, escapes and breaks, is stepped
   * over.
   */
  private static Position inLine(String file, String text, int start, String value, int offset) {
    int source = start;
    for (int i = 0; i < offset && i < value.length() && source < text.length(); i++) {
      source = next(text, source, value.charAt(i));
    }
    return at(file, text, source);
  }

  private static int next(String text, int source, char wanted) {
    if (text.charAt(source) == wanted) {
      boolean doubled = wanted == '\'' && text.startsWith("''", source);
      return source + (doubled ? 2 : 1);
    }
    if (text.charAt(source) == '\\') {
      return source + 2;
    }
    int i = source;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static Position inBlock(String file, String text, int start, String value, int offset) {
    int line = text.indexOf('\n', start) + 1;
    int indent = indent(text, line);
    int at = 0;
    for (int i = value.indexOf('\n'); i >= 0 && i < offset; i = value.indexOf('\n', i + 1)) {
      line = Math.max(line, text.indexOf('\n', line) + 1);
      at = i + 1;
    }
    return at(file, text, line + indent + offset - at);
  }

  private static int indent(String text, int line) {
    int i = line;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      if (text.charAt(i) == '\n') {
        return indent(text, i + 1);
      }
      i++;
    }
    return i - line;
  }
}
