package dev.belay.yaml;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.primitives.ImmutableIntArray;
import dev.belay.problem.LineStarts;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Finds out where in a file the characters of its scalars stand. */
final class SourcePlaces {
  /** Characters between those whose places are kept. */
  private static final int STRIDE = 256;

  private final String file;
  private final String text;
  private final Supplier<LineStarts> lines;

  SourcePlaces(String file, String text) {
    this.file = file;
    this.text = text;
    lines = Suppliers.memoize(() -> LineStarts.of(text));
  }

  /** The place of the character at that offset of the whole file. */
  Position at(int offset) {
    int end = Math.max(0, Math.min(offset, text.length()));
    int line = lines.get().line(end);
    return new Position(file, line + 1, end - lines.get().start(line) + 1);
  }

  /**
   * Exact where the scalar has no escapes and no folded lines; else near. Worked out only when
   * asked.
   */
  SourceMap of(ScalarNode node) {
    Mark mark = node.getStartMark().orElseThrow();
    Supplier<Integer> start =
        Suppliers.memoize(
            () -> {
              int line = lines.get().start(mark.getLine());
              int end = Math.min(mark.getColumn(), text.codePointCount(line, text.length()));
              return text.offsetByCodePoints(line, end);
            });
    ScalarStyle style = node.getScalarStyle();
    String value = node.getValue();
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      Supplier<LineStarts> inside = Suppliers.memoize(() -> LineStarts.of(value));
      return offset -> inBlock(start.get(), inside.get(), offset);
    }
    int quote = style == ScalarStyle.PLAIN ? 0 : 1;
    Supplier<ImmutableIntArray> kept = Suppliers.memoize(() -> places(start.get() + quote, value));
    return offset ->
        offset == 0
            ? new Position(file, mark.getLine() + 1, mark.getColumn() + 1)
            : inLine(kept.get(), value, offset);
  }

  /** The places of every so many characters of the value. */
  private ImmutableIntArray places(int start, String value) {
    ImmutableIntArray.Builder places = ImmutableIntArray.builder();
    int source = start;
    for (int i = 0; i < value.length(); i++) {
      if (i % STRIDE == 0) {
        places.add(source);
      }
      source = source < text.length() ? next(source, value.charAt(i)) : source;
    }
    return places.add(source).build();
  }

  /**
   * Walks along source and value together; what the source has more, escapes and breaks, is stepped
   * over.
   */
  private Position inLine(ImmutableIntArray kept, String value, int offset) {
    int known = Math.max(0, Math.min(offset, value.length())) / STRIDE;
    int source = kept.get(Math.min(known, kept.length() - 1));
    for (int i = known * STRIDE; i < offset && i < value.length() && source < text.length(); i++) {
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

  private Position inBlock(int start, LineStarts inside, int offset) {
    int first = lines.get().line(start) + 1;
    int line = inside.line(Math.max(0, offset));
    int from = lines.get().start(first + line);
    return at(from + indent(lines.get().start(first)) + offset - inside.start(line));
  }

  /** How far in the first line is that is not empty. */
  private int indent(int line) {
    int start = line;
    int i = line;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      start = text.charAt(i) == '\n' ? i + 1 : start;
      i++;
    }
    return i - start;
  }
}
