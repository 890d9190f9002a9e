package dev.belay.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a line into words as Ansible does: at spaces that are in neither quotes nor template
 * braces.
 */
final class LineWords {
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[{][{][^{}]*[}][}]");

  /**
   * A word of the line.
   *
   * @param key what stands before the first {@code =} where that is a name, or a template alone;
   *     else empty
   * @param value what stands behind it, without quotes around; the whole word where there is no key
   */
  record Word(String key, String value, int start, int valueStart, int end) {}

  private final String line;
  private int at;

  private LineWords(String line) {
    this.line = line;
  }

  static List<Word> split(String line) {
    LineWords words = new LineWords(line);
    List<Word> found = new ArrayList<>();
    words.skipSpaces();
    while (words.at < line.length()) {
      found.add(words.next());
      words.skipSpaces();
    }
    return found;
  }

  private void skipSpaces() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  private Word next() {
    int start = at;
    char quote = 0;
    int depth = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (quote == 0 && depth == 0 && Character.isWhitespace(c)) {
        break;
      }
      depth += braces();
      quote = quoteAfter(quote, depth, c);
      at += c == '\\' && quote != 0 && at + 1 < line.length() ? 2 : 1;
    }
    at = Math.min(at, line.length());
    return word(start, line.substring(start, at));
  }

  private int braces() {
    if (line.startsWith("{{", at) || line.startsWith("{%", at)) {
      return 1;
    }
    boolean closes = line.startsWith("}}", at) || line.startsWith("%}", at);
    return closes ? -1 : 0;
  }

  private static char quoteAfter(char quote, int depth, char c) {
    if (quote != 0) {
      return c == quote ? 0 : quote;
    }
    return depth == 0 && (c == '"' || c == '\'') ? c : 0;
  }

  private Word word(int start, String text) {
    int equals = text.indexOf('=', text.startsWith("{{") ? text.indexOf("}}") + 1 : 0);
    boolean hasKey = equals > 0 && KEY.matcher(text).region(0, equals).matches();
    int valueAt = hasKey ? equals + 1 : 0;
    String value = text.substring(valueAt);
    boolean quoted = isQuoted(value);
    return new Word(
        hasKey ? text.substring(0, equals) : "",
        quoted ? value.substring(1, value.length() - 1) : value,
        start,
        start + valueAt + (quoted ? 1 : 0),
        at);
  }

  private static boolean isQuoted(String value) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    return value.length() >= 2
        && (first == '"' || first == '\'')
        && value.indexOf(first, 1) == value.length() - 1;
  }
}
