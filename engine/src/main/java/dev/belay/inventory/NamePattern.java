package dev.belay.inventory;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.template.PythonRegex;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that are not written out: by wildcards, or by a regular expression that begins a name. */
record NamePattern(Pattern pattern, boolean whole, Position at) {
  private static final String WILD = "*?[";

  static boolean isGlob(String name) {
    return name.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
  }

  /** A regular expression of Python's; the name may go on behind what it finds. */
  static NamePattern regex(String text, Position at) {
    try {
      return new NamePattern(PythonRegex.compile(text, 0), false, at);
    } catch (IllegalArgumentException e) {
      throw new ProblemsException(at, String.valueOf(e.getMessage()), "mend what follows ~");
    }
  }

  /** {@code *} any text, {@code ?} any character, {@code [a-c]} and {@code [!a-c]} one of some. */
  static NamePattern glob(String text, Position at) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int close = c == '[' ? classEnd(text, i) : -1;
      if (c == '*') {
        // Several in a row say no more than one, and cost much.
        regex.append(i > 0 && text.charAt(i - 1) == '*' ? "" : ".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (close > 0) {
        regex.append(characters(text.substring(i + 1, close)));
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
      i++;
    }
    try {
      return new NamePattern(Pattern.compile(regex.toString(), Pattern.DOTALL), true, at);
    } catch (java.util.regex.PatternSyntaxException e) {
      throw new ProblemsException(at, "'" + text + "' is no pattern for hosts", "");
    }
  }

  private static int classEnd(String text, int open) {
    int first = open + 1;
    first += first < text.length() && text.charAt(first) == '!' ? 1 : 0;
    return text.indexOf(']', first + 1);
  }

  private static String characters(String inside) {
    boolean not = inside.startsWith("!");
    String set = not ? inside.substring(1) : inside;
    StringBuilder regex = new StringBuilder(not ? "[^" : "[");
    set.chars()
        .forEach(
            c -> {
              if ("\\[]^&".indexOf(c) >= 0) {
                regex.append('\\');
              }
              regex.append((char) c);
            });
    return regex.append(']').toString();
  }

  boolean fits(String name) {
    try {
      Matcher matcher = pattern.matcher(PythonRegex.bounded(name));
      return whole ? matcher.matches() : matcher.lookingAt();
    } catch (IllegalArgumentException e) {
      throw new ProblemsException(at, "this pattern takes too long; make it more exact", "");
    }
  }
}
