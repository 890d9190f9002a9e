package dev.belay.yaml;

import com.google.common.primitives.ImmutableIntArray;
import dev.belay.problem.LineStarts;
import dev.belay.problem.Position;

/**
 * Where the characters of one scalar stand: exact where it has no escapes and no folded lines; else
 * near.
 */
final class ScalarPlaces {
  /** Characters between those whose places are kept. */
  private static final int STRIDE = 256;

  private final SourcePlaces places;
  private final String text;
  private final int start;
  private final String value;
  private final int first;
  private final boolean block;
  private final LineStarts inside;
  private final ImmutableIntArray kept;

  ScalarPlaces(SourcePlaces places, int start, String value) {
    this.places = places;
    this.text = places.text();
    this.start = start;
    this.value = value;
    int begin = behindProperties();
    char style = begin < text.length() ? text.charAt(begin) : ' ';
    block = style == '|' || style == '>';
    first = begin + (style == '"' || style == '\'' ? 1 : 0);
    inside = LineStarts.of(block ? value : "");
    kept = block ? ImmutableIntArray.of() : kept();
  }

  boolean isOf(int otherStart, String otherValue) {
    return start == otherStart && value.equals(otherValue);
  }

  Position at(int offset) {
    return block ? inBlock(offset) : inLine(offset);
  }

  /** Tags and anchors stand before the scalar. */
  private int behindProperties() {
    int i = start;
    while (i < text.length() && (text.charAt(i) == '!' || text.charAt(i) == '&')) {
      while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
        i++;
      }
      i = behindSpace(i);
    }
    return i;
  }

  private int behindSpace(int from) {
    int i = from;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** The places of every so many characters of the value. */
  private ImmutableIntArray kept() {
    ImmutableIntArray.Builder places = ImmutableIntArray.builder();
    int source = first;
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
  private Position inLine(int offset) {
    int known = Math.max(0, Math.min(offset, value.length())) / STRIDE;
    int source = kept.get(Math.min(known, kept.length() - 1));
    for (int i = known * STRIDE; i < offset && i < value.length() && source < text.length(); i++) {
      source = next(source, value.charAt(i));
    }
    return places.at(source);
  }

  private int next(int source, char wanted) {
    if (text.charAt(source) == wanted) {
      boolean doubled = wanted == '\'' && text.startsWith("''", source);
      return source + (doubled ? 2 : 1);
    }
    return text.charAt(source) == '\\' ? source + 2 : behindSpace(source);
  }

  private Position inBlock(int offset) {
    LineStarts lines = places.lines();
    int firstLine = lines.line(first) + 1;
    int line = inside.line(Math.max(0, offset));
    int from = lines.start(firstLine + line);
    return places.at(from + indent(lines.start(firstLine)) + offset - inside.start(line));
  }

  /** How far in the first line is that is not empty. */
  private int indent(int line) {
    int begin = line;
    int i = line;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      begin = text.charAt(i) == '\n' ? i + 1 : begin;
      i++;
    }
    return i - begin;
  }
}
