package dev.belay.template;

/** Python's escapes in a text in quotes. */
final class Escapes {
  private static final String LETTERS = "nrtabfv0\\'\"";
  private static final String MEANINGS = "\n\r\t\u0007\b\f\u000b\0\\'\"";

  private Escapes() {}

  /**
   * Reads the escape that begins at {@code at}, and gives the offset behind it. Unknown ones stay
   * as they are.
   */
  static int read(String text, int at, StringBuilder value) {
    char c = text.charAt(at + 1);
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0 && isHex(text, at + 2, digits)) {
      value.appendCodePoint(Integer.parseInt(text.substring(at + 2, at + 2 + digits), 16));
      return at + 2 + digits;
    }
    if (c >= '0' && c <= '7') {
      return octal(text, at, value);
    }
    int letter = LETTERS.indexOf(c);
    if (letter >= 0) {
      value.append(MEANINGS.charAt(letter));
    } else if (c != '\n') {
      value.append('\\').append(c);
    }
    return at + 2;
  }

  private static int octal(String text, int at, StringBuilder value) {
    int end = at + 1;
    while (end < text.length()
        && end < at + 4
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '7') {
      end++;
    }
    value.append((char) Integer.parseInt(text.substring(at + 1, end), 8));
    return end;
  }

  private static boolean isHex(String text, int from, int digits) {
    return from + digits <= text.length()
        && text.substring(from, from + digits).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }
}
