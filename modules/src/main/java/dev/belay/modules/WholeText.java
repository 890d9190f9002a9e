package dev.belay.modules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Regular expressions of Python for texts of several lines, as the host's {@code grep -Pz} has
 * them.
 */
final class WholeText {
  private static final Pattern PART =
      Pattern.compile("\\\\.|\\[\\^?]?(?:\\\\.|[^]\\\\])*+]|\\$", Pattern.DOTALL);

  private WholeText() {}

  /** For grep {@code $} is never before a line's end that ends the text. */
  static String pattern(String python) {
    return PART.matcher(python)
        .replaceAll(
            part ->
                Matcher.quoteReplacement(part.group().equals("$") ? "(?=\\n?\\z)" : part.group()));
  }
}
