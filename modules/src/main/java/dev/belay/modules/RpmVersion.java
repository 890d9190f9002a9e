package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of rpm packages in rpm's order: epoch, version, release. */
record RpmVersion(long epoch, String version, String release) {
  private static final Pattern SEGMENT = Pattern.compile("[0-9]+|[A-Za-z]+|~|\\^");

  static RpmVersion of(String text) {
    int colon = text.indexOf(':');
    String epoch = colon > 0 ? text.substring(0, colon) : "0";
    String rest = text.substring(colon + 1);
    int dash = rest.indexOf('-');
    return new RpmVersion(
        epoch.matches("[0-9]{1,9}") ? Long.parseLong(epoch) : 0,
        dash < 0 ? rest : rest.substring(0, dash),
        dash < 0 ? "" : rest.substring(dash + 1));
  }

  /** As {@code compareTo}; a side without a release fits every release. */
  int against(RpmVersion other) {
    int order = Long.compare(epoch, other.epoch);
    if (order == 0) {
      order = compare(version, other.version);
    }
    return order == 0 && !release.isEmpty() && !other.release.isEmpty()
        ? compare(release, other.release)
        : order;
  }

  private static int compare(String a, String b) {
    List<String> left = segments(a);
    List<String> right = segments(b);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order = compareSegments(at(left, i), at(right, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static ImmutableList<String> segments(String text) {
    ImmutableList.Builder<String> segments = ImmutableList.builder();
    Matcher segment = SEGMENT.matcher(text);
    while (segment.find()) {
      segments.add(segment.group());
    }
    return segments.build();
  }

  private static String at(List<String> segments, int i) {
    return i < segments.size() ? segments.get(i) : "";
  }

  private static int compareSegments(String a, String b) {
    int order = Integer.compare(rank(a), rank(b));
    if (order != 0 || rank(a) != rank("1")) {
      return order != 0 ? order : a.compareTo(b);
    }
    return DebVersion.compareNumbers(a, b);
  }

  /** A tilde is before the end, a caret just behind it; letters are before numbers. */
  private static int rank(String segment) {
    if (segment.isEmpty()) {
      return 1;
    } else if (segment.equals("~")) {
      return 0;
    } else if (segment.equals("^")) {
      return 2;
    }
    return Character.isDigit(segment.charAt(0)) ? 4 : 3;
  }
}
