package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters about numbers. */
final class NumberFilters {
  private static final String UNITS = "YZEPTGMK";
  private static final Pattern HUMAN =
      Pattern.compile("^\\s*(\\d*\\.?\\d*)\\s*([A-Za-z]+)?", Pattern.UNICODE_CASE);

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\d[\\d_]*\\.?(?:\\d[\\d_]*)?|\\.\\d[\\d_]*)(?:e[-+]?\\d[\\d_]*)?");

  /** Python reads no longer ones either. */
  private static final int DIGIT_LIMIT = 4300;

  private NumberFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("int", NumberFilters::whole)
        .put("float", NumberFilters::real)
        .put("abs", NumberFilters::magnitude)
        .put("round", NumberFilters::round)
        .put("log", NumberFilters::log)
        .put("pow", call -> power(number(call), Python.real(call.need(0, "y"))))
        .put("root", NumberFilters::root)
        .put("human_readable", NumberFilters::humanReadable)
        .put("human_to_bytes", NumberFilters::humanToBytes)
        .put("filesizeformat", NumberFilters::fileSize)
        .buildOrThrow();
  }

  /** A number, or what a text says of one. */
  static Object number(Object value) {
    if (value instanceof String text && FLOAT.matcher(text.strip()).matches()) {
      return Double.valueOf(text.strip());
    }
    return value;
  }

  private static double number(Call call) {
    return number(call, "can only be used on numbers");
  }

  private static double number(Call call, String rule) {
    if (!Python.isNumber(call.value())) {
      throw new IllegalArgumentException(
          rule + ": must be real number, not " + Python.type(call.subject()));
    }
    return Python.real(call.subject());
  }

  private static Object whole(Call call) {
    Object byDefault = call.find(0, "default").orElse(0L);
    long base = call.number(1, "base", 10);
    if (base != 0 && (base < Character.MIN_RADIX || base > Character.MAX_RADIX)) {
      throw new IllegalArgumentException("int() base must be >= 2 and <= 36, or 0");
    }
    Object value = call.value();
    if (value instanceof String text) {
      return parsed(text.strip(), (int) base, byDefault);
    } else if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite()
          ? byDefault
          : Python.integer(new BigDecimal(number).toBigInteger());
    }
    return Python.isInteger(value) ? Python.integer(Python.big(value)) : byDefault;
  }

  private static Object parsed(String text, int base, Object byDefault) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (text.length() > DIGIT_LIMIT || !lower.matches("[-+]?[0-9a-z]+(_[0-9a-z]+)*")) {
      return fraction(lower, byDefault);
    }
    try {
      String sign = lower.startsWith("-") ? "-" : "";
      String digits = lower.replaceFirst("^[-+]", "").replace("_", "");
      return Python.integer(new BigInteger(sign + digits(digits, base), base == 0 ? 10 : base));
    } catch (NumberFormatException e) {
      return fraction(lower, byDefault);
    }
  }

  private static String digits(String text, int base) {
    String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : " ";
    return text.startsWith(prefix) ? text.substring(2) : text;
  }

  private static Object fraction(String text, Object byDefault) {
    if (!FLOAT.matcher(text).matches()) {
      return byDefault;
    }
    double number = Double.parseDouble(text.replace("_", ""));
    return Double.isInfinite(number)
        ? byDefault
        : Python.integer(new BigDecimal(number).toBigInteger());
  }

  private static Object real(Call call) {
    Object byDefault = call.find(0, "default").orElse(0.0);
    Object value = call.value();
    if (Python.isNumber(value)) {
      return Python.real(value);
    }
    if (!(value instanceof String written)) {
      return byDefault;
    }
    String text = written.strip().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          FLOAT.matcher(text).matches()
              ? (Object) Double.valueOf(text.replace("_", ""))
              : byDefault;
    };
  }

  private static Object magnitude(Call call) {
    return call.value() instanceof Double number
        ? (Object) Math.abs(number)
        : Python.integer(Python.integer(call.value(), "the value of abs").abs());
  }

  private static Object round(Call call) {
    int precision = (int) Math.max(-400, Math.min(400, call.number(0, "precision", 0)));
    double value = number(call);
    String method = call.text(1, "method", "common");
    if (!method.matches("common|ceil|floor")) {
      throw new IllegalArgumentException("method must be common, ceil or floor");
    } else if (method.equals("common")) {
      return rounded(call.value(), precision);
    }
    double scale = Math.pow(10, precision);
    return (method.equals("ceil") ? Math.ceil(value * scale) : Math.floor(value * scale)) / scale;
  }

  /** A whole number stays one. */
  private static Object rounded(Object value, int precision) {
    if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite()
          ? number
          : (Object)
              new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    }
    BigDecimal whole = new BigDecimal(Python.big(value));
    return Python.integer(
        precision >= 0
            ? whole.toBigInteger()
            : whole.setScale(precision, RoundingMode.HALF_EVEN).toBigInteger());
  }

  private static double power(double base, double exponent) {
    double power = Math.pow(base, exponent);
    boolean wrong = !Double.isNaN(base) && !Double.isNaN(exponent);
    if (wrong && Double.isNaN(power) || base == 0 && exponent < 0) {
      throw new IllegalArgumentException("math domain error");
    } else if (Double.isInfinite(power) && Double.isFinite(base) && Double.isFinite(exponent)) {
      throw new IllegalArgumentException("math range error");
    }
    return power;
  }

  private static Object log(Call call) {
    double base = call.find(0, "base").map(Python::real).orElse(Math.E);
    double value = number(call);
    if (value <= 0) {
      throw new IllegalArgumentException("math domain error");
    }
    return base == 10 ? Math.log10(value) : Math.log(value) / (base == Math.E ? 1 : Math.log(base));
  }

  private static Object root(Call call) {
    double base = call.find(0, "base").map(Python::real).orElse(2.0);
    if (number(call) < 0) {
      throw new IllegalArgumentException("root() can only be used on numbers: math domain error");
    }
    return base == 2 ? Math.sqrt(number(call)) : power(number(call), 1 / base);
  }

  private static Object humanReadable(Call call) {
    boolean bits = call.flag(0, "isbits", false);
    Object unit = call.find(1, "unit").orElse(None.NONE);
    double size = number(call, "human_readable() failed on bad input");
    String base = bits ? "bits" : "Bytes";
    for (int i = 0; i <= UNITS.length(); i++) {
      double limit = Math.pow(1024, UNITS.length() - i);
      String letter = i == UNITS.length() ? "" : UNITS.substring(i, i + 1);
      String wanted =
          unit == None.NONE ? "" : PythonText.str(unit).toUpperCase(Locale.ROOT).substring(0, 1);
      boolean fits =
          unit == None.NONE
              ? size >= limit || i == UNITS.length()
              : wanted.equals(i == UNITS.length() ? "B" : letter);
      if (fits) {
        String suffix = i == UNITS.length() ? base : letter + (bits ? "b" : "B");
        return FloatText.fixed(size / limit, 2) + " " + suffix;
      }
    }
    throw new IllegalArgumentException(
        "human_readable() can't interpret unit " + PythonText.str(unit));
  }

  private static Object humanToBytes(Call call) {
    String text = call.text();
    Matcher parts = HUMAN.matcher(text);
    if (!parts.find() || parts.group(1).isEmpty()) {
      throw new IllegalArgumentException(
          "human_to_bytes() can't interpret following string: " + text);
    }
    boolean bits = call.flag(1, "isbits", false);
    String given = call.text(0, "default_unit", "");
    String unit = parts.group(2) == null ? given : parts.group(2);
    double number = Double.parseDouble(parts.group(1));
    return Python.integer(
        new BigDecimal(number * factor(unit, bits, text))
            .setScale(0, RoundingMode.HALF_EVEN)
            .toBigInteger());
  }

  private static double factor(String unit, boolean bits, String text) {
    if (unit.isEmpty()) {
      return 1;
    }
    String letter = unit.substring(0, 1).toUpperCase(Locale.ROOT);
    int place = UNITS.indexOf(letter);
    if (place < 0 && !letter.equals("B")) {
      throw new IllegalArgumentException(
          "human_to_bytes() failed to convert " + text + " (unit = " + unit + ")");
    }
    String tail = unit.substring(place < 0 ? 0 : 1);
    boolean right =
        bits
            ? tail.equals("b") || tail.equalsIgnoreCase("bits") || tail.equalsIgnoreCase("bit")
            : tail.equals("B") || tail.equalsIgnoreCase("bytes") || tail.equalsIgnoreCase("byte");
    if (!tail.isEmpty() && !right) {
      throw new IllegalArgumentException(
          "human_to_bytes() failed to convert "
              + text
              + ". Value is not a valid string (expect "
              + (bits ? "b" : "B")
              + ")");
    }
    return Math.pow(1024, place < 0 ? 0 : UNITS.length() - place);
  }

  private static Object fileSize(Call call) {
    boolean binary = call.flag(0, "binary", false);
    double base = binary ? 1024 : 1000;
    double bytes = Python.real(number(call.value()));
    if (bytes == 1) {
      return "1 Byte";
    } else if (bytes < base) {
      return (long) bytes + " Bytes";
    }
    String letters = binary ? "KMGTPEZY" : "kMGTPEZY";
    int i = 0;
    while (i < letters.length() - 1 && bytes >= Math.pow(base, i + 2)) {
      i++;
    }
    return String.format(
        Locale.ROOT,
        "%.1f %s%s",
        bytes / Math.pow(base, i + 1),
        letters.charAt(i),
        binary ? "iB" : "B");
  }
}
