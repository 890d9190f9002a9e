package dev.belay.template;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Python's regular expressions on Java's engine, with an end to how long one may look. */
public final class PythonRegex {
  /** Characters looked at: many times what an honest pattern needs for a megabyte. */
  private static final long STEP_LIMIT = 20_000_000;

  private PythonRegex() {}

  /**
   * A pattern of Python's.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Pattern compile(String pattern, int flags) {
    String translated =
        pattern
            .replace("(?P<", "(?<")
            .replaceAll("\\(\\?P=(\\w+)\\)", "\\\\k<$1>")
            .replace("\\Z", "\\z");
    try {
      return Pattern.compile(named(translated), flags | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  /** Java's group names have no underscore. */
  private static String named(String pattern) {
    return Pattern.compile("\\(\\?<([A-Za-z]\\w*)>|\\\\k<([A-Za-z]\\w*)>")
        .matcher(pattern)
        .replaceAll(
            found ->
                java.util.regex.Matcher.quoteReplacement(
                    found.group(1) != null
                        ? "(?<" + group(found.group(1)) + ">"
                        : "\\k<" + group(found.group(2)) + ">"));
  }

  /** What a group is called on Java's engine. */
  public static String group(String name) {
    return name.replace("_", "UNDERSCORE");
  }

  /** A replacement with the groups of what was found: {@code \1}, {@code \g<name>}. */
  public static String expand(String replacement, java.util.regex.Matcher found) {
    return RegexFilters.expanded(replacement, found);
  }

  /** A text that a pattern cannot look at for ever. */
  public static CharSequence bounded(String text) {
    return new Bounded(text, new long[1]);
  }

  private record Bounded(String text, long[] steps) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > STEP_LIMIT) {
        throw new IllegalArgumentException(
            "this regular expression takes too long on this text; make it more exact");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
