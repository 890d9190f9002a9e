package dev.belay.problem;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;

/**
 * Knows where in a file each character of a text stands, so that a mistake inside the text can be
 * shown at its place.
 */
@FunctionalInterface
public interface SourceMap {

  /**
   * The place of the character at that offset; an offset at the end is just behind the last one.
   */
  Position at(int offset);

  /** All of the text at one place: for texts that do not stand in a file. */
  static SourceMap fixed(Position position) {
    return offset -> position;
  }

  /** A text that stands in one piece: line ends move to the next line, at column 1. */
  static SourceMap plain(String text, Position start) {
    Supplier<LineStarts> starts = Suppliers.memoize(() -> LineStarts.of(text));
    return offset -> {
      int line = starts.get().line(Math.max(0, Math.min(offset, text.length())));
      return line == 0
          ? new Position(start.file(), start.line(), start.column() + offset)
          : new Position(start.file(), start.line() + line, offset - starts.get().start(line) + 1);
    };
  }
}
