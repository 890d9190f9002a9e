package dev.belay.modules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranges of versions as a driver writes them: {@code [7.0.0,7.7.99],[8.0.0,8.1.99]}, ends included.
 */
final class VersionRange {
  private static final Pattern RANGE = Pattern.compile("\\[([0-9.]+),([0-9.]+)\\]");
  private static final String NUMBERS = "[0-9]{1,9}([.][0-9]{1,9})*";

  private VersionRange() {}

  /** Whether a version is in one of the ranges; empty where one of them cannot be compared. */
  static Optional<Boolean> fits(String ranges, String version) {
    Matcher range = RANGE.matcher(ranges.replace(" ", ""));
    boolean any = false;
    boolean fits = false;
    while (range.find()) {
      any = true;
      fits |= compare(range.group(1), version) <= 0 && compare(version, range.group(2)) <= 0;
    }
    return any && version.matches(NUMBERS) ? Optional.of(fits) : Optional.empty();
  }

  private static int compare(String one, String other) {
    List<Long> a = numbers(one);
    List<Long> b = numbers(other);
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int difference = Long.compare(i < a.size() ? a.get(i) : 0, i < b.size() ? b.get(i) : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static List<Long> numbers(String version) {
    return Arrays.stream(version.split("\\."))
        .filter(part -> part.matches("[0-9]{1,9}"))
        .map(Long::valueOf)
        .toList();
  }
}
