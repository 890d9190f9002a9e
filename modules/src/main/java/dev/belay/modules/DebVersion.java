package dev.belay.modules;

import java.util.Comparator;

/**
 * Versions of Debian packages in their order: epoch, upstream version, revision; in each part runs
 * of non-digits and of digits in turn, and {@code ~} before everything, even the end.
 */
record DebVersion(long epoch, String upstream, String revision) implements Comparable<DebVersion> {

  static DebVersion of(String text) {
    int colon = text.indexOf(':');
    String epoch = colon > 0 ? text.substring(0, colon) : "0";
    String rest = text.substring(colon + 1);
    int dash = rest.lastIndexOf('-');
    return new DebVersion(
        epoch.matches("[0-9]{1,9}") ? Long.parseLong(epoch) : 0,
        dash < 0 ? rest : rest.substring(0, dash),
        dash < 0 ? "" : rest.substring(dash + 1));
  }

  @Override
  public int compareTo(DebVersion other) {
    return Comparator.comparingLong(DebVersion::epoch)
        .thenComparing(DebVersion::upstream, DebVersion::compareParts)
        .thenComparing(DebVersion::revision, DebVersion::compareParts)
        .compare(this, other);
  }

  private static int compareParts(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      while (isText(a, i) || isText(b, j)) {
        int order = Integer.compare(weight(a, i), weight(b, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int endA = digitsEnd(a, i);
      int endB = digitsEnd(b, j);
      int order =
          compareNumbers(
              a.substring(Math.min(i, endA), endA), b.substring(Math.min(j, endB), endB));
      if (order != 0) {
        return order;
      }
      i = endA;
      j = endB;
    }
    return 0;
  }

  private static boolean isText(String text, int at) {
    return at < text.length() && !isDigit(text, at);
  }

  private static boolean isDigit(String text, int at) {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /**
   * The end of a text is less than a letter, a letter less than a sign, and a tilde less than all.
   */
  private static int weight(String text, int at) {
    if (at >= text.length() || isDigit(text, at)) {
      return 0;
    }
    char c = text.charAt(at);
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return c == '~' ? -1 : letter ? c : c + 256;
  }

  private static int digitsEnd(String text, int from) {
    int end = Math.min(from, text.length());
    while (isDigit(text, end)) {
      end++;
    }
    return end;
  }

  /** Digits without limit, so without a number type. */
  static int compareNumbers(String a, String b) {
    String left = a.replaceFirst("^0+", "");
    String right = b.replaceFirst("^0+", "");
    int order = Integer.compare(left.length(), right.length());
    return order != 0 ? order : left.compareTo(right);
  }
}
