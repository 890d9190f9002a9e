package dev.belay.yaml;

import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds out where in a file the characters of its scalars stand. */
final class SourcePlaces {
  private final String file;
  private final String text;

  /** The offset of each line's first character: so no place is found by reading from the start. */
  private final int[] lines;

  /** How many characters stand before each line. */
  private final int[] characters;

  SourcePlaces(String file, String text) {
    this.file = file;
    this.text = text;
    lines =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, text.length())
                    .filter(i -> text.charAt(i) == '\n')
                    .map(i -> i + 1))
            .toArray();
    characters = new int[lines.length];
    for (int i = 1; i < lines.length; i++) {
      characters[i] = characters[i - 1] + text.codePointCount(lines[i - 1], lines[i]);
    }
  }

  /** The place of the character at that offset of the whole file. */
  static Position at(String file, String text, int offset) {
    return new SourcePlaces(file, text).at(offset);
  }

  private Position at(int offset) {
    int end = Math.max(0, Math.min(offset, text.length()));
    int found = Arrays.binarySearch(lines, end);
    int line = found >= 0 ? found : -found - 2;
    return new Position(file, line + 1, end - lines[line] + 1);
  }

  /**
   * Exact where the scalar has no escapes and no folded lines; else near. Worked out only when
   * asked.
   */
  SourceMap of(ScalarNode node) {
    Mark mark = node.getStartMark().orElseThrow();
    Position first = new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    String value = node.getValue();
    ScalarStyle style = node.getScalarStyle();
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      return offset -> inBlock(start(mark), value, offset);
    }
    int quote = style == ScalarStyle.PLAIN ? 0 : 1;
    return offset -> offset == 0 ? first : inLine(start(mark) + quote, value, offset);
  }

  /** Marks count characters, and in a text some characters are two. */
  private int start(Mark mark) {
    int found = Arrays.binarySearch(characters, mark.getIndex());
    int line = found >= 0 ? found : -found - 2;
    int last = line + 1 < lines.length ? lines[line + 1] : text.length();
    int more = mark.getIndex() - characters[line];
    return text.offsetByCodePoints(
        lines[line], Math.min(more, text.codePointCount(lines[line], last)));
  }

  /**
   * Walks along source and value together; what the source has more, escapes and breaks, is stepped
   * over.
   */
  private Position inLine(int start, String value, int offset) {
    int source = start;
    for (int i = 0; i < offset && i < value.length() && source < text.length(); i++) {
      source = next(source, value.charAt(i));
    }
    return at(source);
  }

  private int next(int source, char wanted) {
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

  private Position inBlock(int start, String value, int offset) {
    int line = text.indexOf('\n', start) + 1;
    int indent = indent(line);
    int at = 0;
    for (int i = value.indexOf('\n'); i >= 0 && i < offset; i = value.indexOf('\n', i + 1)) {
      line = Math.max(line, text.indexOf('\n', line) + 1);
      at = i + 1;
    }
    return at(line + indent + offset - at);
  }

  private int indent(int line) {
    int i = line;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      if (text.charAt(i) == '\n') {
        return indent(i + 1);
      }
      i++;
    }
    return i - line;
  }
}
