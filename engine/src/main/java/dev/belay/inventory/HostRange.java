package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names with ranges: {@code npu[01:16]}, {@code rack-[a:d]}, {@code h[0:10:2]}. */
final class HostRange {
  /** Hosts that one line may stand for. */
  private static final int LIMIT = 100_000;

  private static final Pattern RANGE =
      Pattern.compile("\\[([0-9]+|[A-Za-z]):([0-9]+|[A-Za-z])(?::([0-9]+))?\\]");

  private HostRange() {}

  /**
   * All names, in order; the name itself where there is no range in it.
   *
   * @throws IllegalArgumentException where the range makes no sense
   */
  static ImmutableList<String> expand(String name) {
    Matcher range = RANGE.matcher(name);
    if (!range.find()) {
      return ImmutableList.of(name);
    }
    ImmutableList.Builder<String> names = ImmutableList.builder();
    String head = name.substring(0, range.start());
    ImmutableList<String> tails = expand(name.substring(range.end()));
    for (String value : values(range.group(1), range.group(2), range.group(3))) {
      tails.forEach(tail -> names.add(head + value + tail));
    }
    return names.build();
  }

  private static ImmutableList<String> values(String from, String to, String step) {
    int stride = step == null ? 1 : Integer.parseInt(step);
    boolean letters = Character.isLetter(from.charAt(0));
    int first = letters ? from.charAt(0) : Integer.parseInt(from);
    int last = letters ? to.charAt(0) : Integer.parseInt(to);
    if (letters != Character.isLetter(to.charAt(0))
        || last < first
        || stride < 1
        || last - first > LIMIT) {
      throw new IllegalArgumentException("the range [" + from + ":" + to + "] makes no sense");
    }
    ImmutableList.Builder<String> values = ImmutableList.builder();
    for (int i = first; i <= last; i += stride) {
      values.add(letters ? String.valueOf((char) i) : number(i, from));
    }
    return values.build();
  }

  private static String number(int value, String like) {
    return like.startsWith("0") && like.length() > 1
        ? String.format("%0" + like.length() + "d", value)
        : String.valueOf(value);
  }
}
