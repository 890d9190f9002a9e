package dev.belay.modules;

import java.util.regex.Pattern;

/** Patterns as the shell and Python's fnmatch have them: {@code *}, {@code ?} and {@code [...]}. */
final class Glob {
  private Glob() {}

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  static Pattern of(String glob) {
    return Pattern.compile(expression(glob), Pattern.DOTALL);
  }

  /** The same as an expression that {@code grep -E} and Java read alike. */
  static String expression(String glob) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
      if (c == '*') {
        expression.append(".*");
      } else if (c == '?') {
        expression.append('.');
      } else if (close > 0) {
        String set = glob.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        expression
            .append('[')
            .append(set.startsWith("!") ? "^" + set.substring(1) : set)
            .append(']');
        i = close;
      } else {
        expression.append("\\^$.|?*+()[]{}".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return expression.toString();
  }
}
