package dev.belay.inventory;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;

/** Names with ranges: {@code npu[01:16]}, {@code rack-[a:d]}, {@code h[0:10:2]}. */
final class HostRange {
  /** Hosts that one line may stand for. */
  private static final int LIMIT = 100_000;

  /** Ranges in one name. */
  private static final int RANGES = 16;

  /** A counter of more digits is none. */
  private static final int DIGITS = 9;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private HostRange() {}

  /**
   * All names, in order; the name itself where there is no range in it. The first range counts
   * slowest.
   *
   * @throws IllegalArgumentException where a range makes no sense, or they are too many
   */
  static ImmutableList<String> expand(String name) {
    if (name.chars().filter(c -> c == '[').count() > RANGES) {
      throw new IllegalArgumentException("a name has at most " + RANGES + " ranges");
    }
    return expanded(name);
  }

  private static ImmutableList<String> expanded(String name) {
    int open = name.indexOf('[');
    if (open < 0) {
      return ImmutableList.of(name);
    }
    int close = name.indexOf(']', open);
    if (close < 0) {
      throw new IllegalArgumentException("the range in '" + name + "' has no end; add ']'");
    }
    ImmutableList<String> values = values(name.substring(open + 1, close));
    ImmutableList<String> tails = expanded(name.substring(close + 1));
    if ((long) values.size() * tails.size() > LIMIT) {
      throw new IllegalArgumentException(
          "'" + name + "' stands for more than " + LIMIT + " hosts; split it");
    }
    ImmutableList.Builder<String> names = ImmutableList.builder();
    String head = name.substring(0, open);
    values.forEach(value -> tails.forEach(tail -> names.add(head + value + tail)));
    return names.build();
  }

  private static ImmutableList<String> values(String range) {
    List<String> sides = Splitter.on(':').splitToList(range);
    if (sides.size() < 2 || sides.size() > 3) {
      throw senseless(range, "write [begin:end] or [begin:end:step]");
    }
    String from = sides.get(0).isEmpty() ? "0" : sides.get(0);
    String to = sides.get(1);
    int step = sides.size() == 3 ? number(sides.get(2), range) : 1;
    if (step < 1) {
      throw senseless(range, "the step is at least 1");
    }
    boolean letters = from.length() == 1 && to.length() == 1 && isLetter(from) && isLetter(to);
    return letters
        ? letters(LETTERS.indexOf(from), LETTERS.indexOf(to), step, range)
        : numbers(from, to, step, range);
  }

  private static boolean isLetter(String text) {
    return LETTERS.contains(text);
  }

  private static ImmutableList<String> letters(int first, int last, int step, String range) {
    refuseBackwards(first, last, range);
    ImmutableList.Builder<String> letters = ImmutableList.builder();
    for (int i = first; i <= last; i += step) {
      letters.add(LETTERS.substring(i, i + 1));
    }
    return letters.build();
  }

  private static ImmutableList<String> numbers(String from, String to, int step, String range) {
    boolean padded = from.startsWith("0") && from.length() > 1;
    if (padded && from.length() != to.length()) {
      throw senseless(range, "where zeros lead, begin and end are equally long");
    }
    int first = number(from, range);
    int last = number(to, range);
    refuseBackwards(first, last, range);
    if ((last - first) / step >= LIMIT) {
      throw senseless(range, "it stands for more than " + LIMIT + " hosts");
    }
    ImmutableList.Builder<String> numbers = ImmutableList.builder();
    for (long i = first; i <= last; i += step) {
      String plain = Long.toString(i);
      numbers.add(padded ? "0".repeat(Math.max(0, from.length() - plain.length())) + plain : plain);
    }
    return numbers.build();
  }

  private static void refuseBackwards(int first, int last, String range) {
    if (first > last) {
      throw senseless(range, "it ends before it begins");
    }
  }

  private static int number(String digits, String range) {
    boolean number =
        !digits.isEmpty()
            && digits.length() <= DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number) {
      throw senseless(range, "use numbers of up to " + DIGITS + " digits, or single letters");
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException senseless(String range, String remedy) {
    return new IllegalArgumentException("the range [" + range + "] makes no sense; " + remedy);
  }
}
