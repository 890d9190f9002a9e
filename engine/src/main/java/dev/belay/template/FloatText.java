package dev.belay.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floats as C's {@code printf} writes them, which Python's formats do too. */
final class FloatText {
  /** Digits; a double has none behind the thousandth. */
  private static final int PRECISION_LIMIT = 2000;

  private FloatText() {}

  /** The number of digits that a format asks for. */
  static int precision(String digits) {
    if (digits.length() > 4 || Integer.parseInt(digits) > PRECISION_LIMIT) {
      throw new IllegalArgumentException("precision too big");
    }
    return Integer.parseInt(digits);
  }

  /** As {@code %f}. */
  static String fixed(double number, int digits) {
    if (isSpecial(number)) {
      return PythonText.decimal(number);
    }
    String text = new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    return 1 / number < 0 && !text.startsWith("-") || number < 0 && !text.startsWith("-")
        ? "-" + text
        : text;
  }

  private static boolean isSpecial(double number) {
    return Double.isNaN(number) || Double.isInfinite(number);
  }

  /** As {@code %e}. */
  static String exponential(double number, int digits) {
    if (isSpecial(number)) {
      return PythonText.decimal(number);
    }
    String sign = number < 0 || 1 / number < 0 ? "-" : "";
    if (number == 0) {
      return sign + "0" + (digits > 0 ? "." + "0".repeat(digits) : "") + "e+00";
    }
    BigDecimal rounded =
        new BigDecimal(Math.abs(number)).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
    String unscaled = rounded.unscaledValue().toString();
    String padded = unscaled + "0".repeat(Math.max(0, digits + 1 - unscaled.length()));
    String mantissa = padded.charAt(0) + (digits > 0 ? "." + padded.substring(1, digits + 1) : "");
    return sign + mantissa + exponent(rounded.precision() - rounded.scale() - 1);
  }

  private static String exponent(int exponent) {
    return (exponent < 0 ? "e-" : "e+") + String.format("%02d", Math.abs(exponent));
  }

  /** As {@code %g}: the shorter of the two, without zeros behind. */
  static String general(double number, int wanted, boolean keepsZeros) {
    if (isSpecial(number)) {
      return PythonText.decimal(number);
    }
    int digits = Math.max(1, wanted);
    String scientific = exponential(number, digits - 1);
    int e = scientific.indexOf('e');
    int exponent = Integer.parseInt(scientific.substring(e + 1).replace("+", ""));
    if (exponent < -4 || exponent >= digits) {
      String mantissa = scientific.substring(0, e);
      return (keepsZeros ? mantissa : withoutZeros(mantissa)) + scientific.substring(e);
    }
    String plain = fixed(number, digits - 1 - exponent);
    return keepsZeros ? plain : withoutZeros(plain);
  }

  private static String withoutZeros(String plain) {
    return plain.contains(".") ? plain.replaceFirst("\\.?0+$", "") : plain;
  }
}
