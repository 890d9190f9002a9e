package dev.belay.cli;

/**
 * Makes text of hosts and users fit to be shown: nothing in it can steer a terminal or forge a
 * line.
 */
final class Visible {
  private Visible() {}

  /** On one line: line ends are shown as escapes. */
  static String line(String text) {
    return escaped(text, false);
  }

  /** On several lines: line ends and tabs stay. */
  static String block(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean lines) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (lines && (c == '\n' || c == '\t') || !isDangerous(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(
                    c == '\n'
                        ? "\\n"
                        : c == '\t'
                            ? "\\t"
                            : c == '\r'
                                ? "\\r"
                                : String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              }
            });
    return shown.toString();
  }

  private static boolean isDangerous(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED;
  }
}
