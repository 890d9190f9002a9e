package dev.belay.cli;

import java.util.regex.Pattern;

/**
 * A scalar of YAML, quoted where PyYAML quotes and broken into lines where it breaks.
 *
 * @param isText whether it is a text, which must not look like anything else
 */
record YamlScalar(String text, boolean isText) {
  /** A line that has come so far ends at the next space. */
  private static final int WIDTH = 80;

  private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

  /** What plain words mean other than text, by YAML 1.1. */
  private static final Pattern MEANT =
      Pattern.compile(
          "|~|null|Null|NULL|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
              + "|<<|="
              + "|[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
              + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
              + "|[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)"
              + "|[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  /** A key stays on one line. */
  static String key(YamlScalar key) {
    return key.isText ? key.quoted(Integer.MIN_VALUE, 0) : key.text;
  }

  /**
   * A text as a value.
   *
   * @param column where it begins, counted from 1
   * @param indent of the lines that follow its first
   */
  static String value(String text, int column, int indent) {
    return new YamlScalar(text, true).quoted(column, indent);
  }

  private String quoted(int column, int indent) {
    boolean key = column < 0;
    boolean lines = text.indexOf('\n') >= 0;
    if (isPlain() && !lines && !MEANT.matcher(text).matches()) {
      return broken(text, column, indent);
    } else if (!isSpecial() && !(key && lines)) {
      return "'" + broken(text.replace("'", "''"), column, indent) + "'";
    }
    return escaped();
  }

  private boolean isPlain() {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    boolean aloneFirst =
        "-?:".indexOf(first) >= 0 && (text.length() == 1 || Character.isWhitespace(text.charAt(1)));
    return first != ' '
        && !text.endsWith(" ")
        && INDICATORS.indexOf(first) < 0
        && !aloneFirst
        && !text.startsWith("---")
        && !text.startsWith("...")
        && !text.contains(": ")
        && !text.endsWith(":")
        && !text.contains(" #")
        && !isSpecial();
  }

  /** What only double quotes can hold. */
  private boolean isSpecial() {
    return text.contains(" \n")
        || text.contains("\n ")
        || !text.codePoints().allMatch(YamlScalar::isPrintable);
  }

  private static boolean isPrintable(int c) {
    return c == '\n'
        || c >= ' ' && c <= '~'
        || c >= 0xa0 && c != 0x2028 && c != 0x2029 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd && c != 0xfeff;
  }

  private static String broken(String text, int column, int indent) {
    StringBuilder written = new StringBuilder();
    int start = column;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean single =
          c == ' '
              && i > 0
              && i + 1 < text.length()
              && text.charAt(i - 1) != ' '
              && text.charAt(i + 1) != ' ';
      if (single && start + written.length() - lineStart(written) > WIDTH) {
        written.append('\n').append(" ".repeat(indent));
        start = 0;
      } else if (c == '\n') {
        lineEnd(text, i, indent, written);
        start = 0;
      } else {
        written.append(c);
      }
    }
    return written.toString();
  }

  private static int lineStart(StringBuilder written) {
    return written.lastIndexOf("\n") + 1;
  }

  /** One line end of the text is two in quotes; several are one more. */
  private static void lineEnd(String text, int at, int indent, StringBuilder written) {
    boolean first = at == 0 || text.charAt(at - 1) != '\n';
    boolean last = at + 1 == text.length() || text.charAt(at + 1) != '\n';
    written.append(first ? "\n\n" : "\n").append(last ? " ".repeat(indent) : "");
  }

  private String escaped() {
    StringBuilder written = new StringBuilder("\"");
    text.codePoints().forEach(c -> escape(c, written));
    return written.append('"').toString();
  }

  private static void escape(int c, StringBuilder written) {
    int letter = "\0\u0007\b\t\n\u000b\f\r\u001b\"\\\u0085\u00a0\u2028\u2029".indexOf(c);
    if (letter >= 0 && c != 0xa0) {
      written.append('\\').append("0abtnvfre\"\\N_LP".charAt(letter));
    } else if (isPrintable(c)) {
      written.appendCodePoint(c);
    } else {
      written.append(String.format(c <= 0xff ? "\\x%02X" : c <= 0xffff ? "\\u%04X" : "\\U%08X", c));
    }
  }
}
