package dev.belay.template;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Python's regular expressions on Java's engine, with an end to how long one may look. */
public final class PythonRegex {
  /** Characters looked at: many times what an honest pattern needs for a megabyte. */
  private static final long STEP_LIMIT = 20_000_000;

  private PythonRegex() {}

  /**
   * A pattern of Python's for text: its classes are those of Unicode.
   *
   * @param flags of Java's: CASE_INSENSITIVE, MULTILINE, DOTALL
   * @throws IllegalArgumentException where it is none
   */
  public static Pattern compile(String pattern, int flags) {
    return compiled(pattern, flags | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  }

  /**
   * A pattern of Python's for bytes, each a character of ISO-8859-1: its classes are those of
   * ASCII.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Pattern ofBytes(String pattern) {
    String bytes = new String(pattern.getBytes(UTF_8), ISO_8859_1);
    return compiled(bytes, 0);
  }

  private static Pattern compiled(String pattern, int flags) {
    try {
      return Pattern.compile(
          new PythonPattern(pattern, flags).translated(), flags | Pattern.UNIX_LINES);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is no regular expression: " + inPythonsWords(e.getDescription()), e);
    }
  }

  private static String inPythonsWords(String description) {
    return description.startsWith("Dangling meta character") ? "nothing to repeat" : description;
  }

  /** What a group is called on Java's engine. */
  public static String group(String name) {
    return name.replace("_", "UNDERSCORE");
  }

  /** A replacement with the groups of what was found: {@code \1}, {@code \g<name>}. */
  public static String expand(String replacement, java.util.regex.Matcher found) {
    return RegexFilters.expanded(replacement, found);
  }

  /**
   * Looks at a replacement before there is anything to replace.
   *
   * @throws IllegalArgumentException where it names a group that the pattern lacks
   */
  public static void check(String replacement, Pattern pattern) {
    java.util.regex.Matcher anything =
        Pattern.compile(pattern.pattern() + "|", pattern.flags()).matcher("");
    if (anything.find()) {
      expand(replacement, anything);
    }
  }

  /** A text that a pattern cannot look at for ever. */
  public static CharSequence bounded(String text) {
    return bounded(text, new long[] {STEP_LIMIT});
  }

  /** The same for several looks, which together may look at so many characters. */
  static CharSequence bounded(String text, long[] left) {
    return new Bounded(text, left);
  }

  private record Bounded(String text, long[] left) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left[0] < 0) {
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
