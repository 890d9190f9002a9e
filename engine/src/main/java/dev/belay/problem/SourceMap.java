package dev.belay.problem;

import java.util.Arrays;
import java.util.stream.IntStream;

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
    int[] ends = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').toArray();
    return offset -> {
      int found = Arrays.binarySearch(ends, Math.min(offset, text.length()));
      int lines = found >= 0 ? found : -found - 1;
      return lines == 0
          ? new Position(start.file(), start.line(), start.column() + offset)
          : new Position(start.file(), start.line() + lines, offset - ends[lines - 1]);
    };
  }
}
