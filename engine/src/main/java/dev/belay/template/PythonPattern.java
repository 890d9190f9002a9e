package dev.belay.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of Python's in Java's words. The two differ in what has a meaning inside of
 * brackets, in braces that repeat nothing, in names of groups, and in where {@code ^} holds.
 */
final class PythonPattern {
  private static final Pattern REPEAT = Pattern.compile("\\{(\\d*)(,?)(\\d*)\\}");
  private static final Pattern INLINE_MULTILINE = Pattern.compile("\\(\\?[a-zA-Z]*m[a-zA-Z]*\\)");
  private static final Pattern NAMED = Pattern.compile("\\(\\?P([<=])(\\w+)([>)])");

  private final String pattern;
  private final boolean multiline;
  private final StringBuilder java = new StringBuilder();
  private int at;

  PythonPattern(String pattern, int flags) {
    this.pattern = pattern;
    multiline = (flags & Pattern.MULTILINE) != 0 || INLINE_MULTILINE.matcher(pattern).lookingAt();
  }

  String translated() {
    while (at < pattern.length()) {
      next(pattern.charAt(at));
    }
    return java.toString();
  }

  private void next(char c) {
    switch (c) {
      case '\\' -> escape();
      case '[' -> brackets();
      case '{' -> brace();
      case '(' -> bracket();
      // Java has no line begin behind the last line end; Python has.
      case '^' -> put(1, multiline ? "(?:\\A|(?<=\\n))" : "^");
      default -> put(1, String.valueOf(c));
    }
  }

  private void put(int taken, String words) {
    java.append(words);
    at += taken;
  }

  private void escape() {
    char next = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    if (next == 'Z') {
      put(2, "\\z");
    } else if (next == '0') {
      int end = at + 2;
      while (end < Math.min(at + 4, pattern.length()) && isOctal(pattern.charAt(end))) {
        end++;
      }
      put(end - at, "\\0" + pattern.substring(at + 1, end));
    } else {
      put(
          Math.min(2, pattern.length() - at),
          pattern.substring(at, Math.min(at + 2, pattern.length())));
    }
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  /** Inside of brackets Java gives {@code [} and {@code &&} a meaning. */
  private void brackets() {
    put(1, "[");
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      put(1, "^");
    }
    if (at < pattern.length() && pattern.charAt(at) == ']') {
      put(1, "\\]");
    }
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      char c = pattern.charAt(at);
      if (c == '\\' && at + 1 < pattern.length()) {
        put(2, pattern.charAt(at + 1) == 'b' ? "\\x08" : pattern.substring(at, at + 2));
      } else {
        put(1, "[&^".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
      }
    }
    if (at < pattern.length()) {
      put(1, "]");
    }
  }

  /** Braces that repeat nothing are text. */
  private void brace() {
    Matcher repeat = REPEAT.matcher(pattern).region(at, pattern.length());
    boolean repeats =
        repeat.lookingAt() && !(repeat.group(1).isEmpty() && repeat.group(2).isEmpty());
    if (!repeats) {
      put(1, "\\{");
      return;
    }
    String least = repeat.group(1).isEmpty() ? "0" : repeat.group(1);
    put(repeat.end() - at, "{" + least + repeat.group(2) + repeat.group(3) + "}");
  }

  private void bracket() {
    Matcher named = NAMED.matcher(pattern).region(at, pattern.length());
    if (pattern.startsWith("(?#", at)) {
      int end = pattern.indexOf(')', at);
      put((end < 0 ? pattern.length() : end + 1) - at, "");
    } else if (named.lookingAt()) {
      String group = PythonRegex.group(named.group(2));
      put(
          named.end() - at,
          named.group(1).equals("<") ? "(?<" + group + ">" : "\\k<" + group + ">");
    } else {
      put(1, "(");
    }
  }
}
