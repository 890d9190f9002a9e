package dev.belay.template;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as Python's source writes them. */
final class PythonNumber {
  /** Python refuses longer ones. */
  private static final int DIGIT_LIMIT = 4300;

  private static final String DIGITS = "[0-9](?:_?[0-9])*+";
  private static final Pattern WHOLE = Pattern.compile("0(?:_?0)*+|[1-9](?:_?[0-9])*+");
  private static final Pattern BASED =
      Pattern.compile(
          "0[xX](?:_?[0-9a-fA-F])++|0[oO](?:_?[0-7])++|0[bB](?:_?[01])++", Pattern.DOTALL);
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?:(?:"
              + DIGITS
              + ")?\\."
              + DIGITS
              + "|"
              + DIGITS
              + "\\.?)(?:[eE][-+]?"
              + DIGITS
              + ")?");

  private PythonNumber() {}

  static boolean starts(String text, int at) {
    char c = text.charAt(at);
    return isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Behind everything that could belong to the number that begins there. */
  static int end(String text, int start) {
    int at = start;
    while (at < text.length() && belongs(text, at)) {
      at++;
    }
    return at;
  }

  private static boolean belongs(String text, int at) {
    char c = text.charAt(at);
    boolean signOfExponent =
        (c == '+' || c == '-') && "eE".indexOf(text.charAt(at - 1 < 0 ? 0 : at - 1)) >= 0;
    return c == '.' || Character.isJavaIdentifierPart(c) || signOfExponent;
  }

  /**
   * The number.
   *
   * @throws PythonLiteral.NoLiteralException where it is none
   */
  static Object of(String written) {
    if (written.length() > DIGIT_LIMIT) {
      throw new PythonLiteral.NoLiteralException();
    } else if (WHOLE.matcher(written).matches()) {
      return Python.integer(new BigInteger(written.replace("_", "")));
    } else if (BASED.matcher(written).matches()) {
      return Python.integer(
          new BigInteger(written.substring(2).replace("_", ""), base(written.charAt(1))));
    } else if (DECIMAL.matcher(written).matches() && !isWhole(written)) {
      return Double.valueOf(written.replace("_", ""));
    }
    throw new PythonLiteral.NoLiteralException();
  }

  /** 0644 is no number to Python. */
  private static boolean isWhole(String written) {
    return written.chars().allMatch(c -> isDigit((char) c) || c == '_');
  }

  private static int base(char letter) {
    return switch (letter) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      default -> 2;
    };
  }
}
