package dev.belay.problem;

import com.google.common.primitives.ImmutableIntArray;

/** Where the lines of a text begin, so that the place of a character is found without a walk. */
public final class LineStarts {
  private final ImmutableIntArray starts;

  private LineStarts(ImmutableIntArray starts) {
    this.starts = starts;
  }

  /** Those of a text. */
  public static LineStarts of(String text) {
    // Counted before: growing would take three times the memory.
    int count = 1;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      count++;
    }
    ImmutableIntArray.Builder starts = ImmutableIntArray.builder(count);
    starts.add(0);
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      starts.add(end + 1);
    }
    return new LineStarts(starts.build());
  }

  /** The line of the character at that offset, from 0. */
  public int line(int offset) {
    int low = 0;
    int high = starts.length() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts.get(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The offset of a line's first character; of the last line where there are not as many. */
  public int start(int line) {
    return starts.get(Math.min(line, starts.length() - 1));
  }
}
