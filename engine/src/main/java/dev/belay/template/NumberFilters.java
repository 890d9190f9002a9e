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

  private NumberFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("int", NumberFilters::whole)
        .put("float", NumberFilters::real)
        .put("abs", NumberFilters::magnitude)
        .put("round", NumberFilters::round)
        .put("log", NumberFilters::log)
        .put("pow", call -> Math.pow(number(call), Python.real(call.need(0, "y"))))
        .put("root", NumberFilters::root)
        .put("human_readable", NumberFilters::humanReadable)
        .put("human_to_bytes", NumberFilters::humanToBytes)
        .put("filesizeformat", NumberFilters::fileSize)
        .buildOrThrow();
  }

  private static double number(Call call) {
    if (!Python.isNumber(call.value())) {
      throw new IllegalArgumentException("must be real number, not " + Python.type(call.subject()));
    }
    return Python.real(call.subject());
  }

  private static Object whole(Call call) {
    Object byDefault = call.find(0, "default").orElse(0L);
    int base = (int) call.number(1, "base", 10);
    Object value = call.value();
    if (value instanceof String text) {
      return parsed(text.strip().replace("_", ""), base, byDefault);
    } else if (value instanceof Double number) {
      return number.isNaN() || number.isInfinite()
          ? byDefault
          : Python.integer(new BigDecimal(number).toBigInteger());
    }
    return Python.isInteger(value) ? Python.integer(Python.big(value)) : byDefault;
  }

  private static Object parsed(String text, int base, Object byDefault) {
    try {
      return Python.integer(new BigInteger(digits(text.toLowerCase(Locale.ROOT), base), base));
    } catch (NumberFormatException e) {
      return fraction(text, byDefault);
    }
  }

  private static String digits(String text, int base) {
    String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : " ";
    return text.startsWith(prefix) ? text.substring(2) : text;
  }

  private static Object fraction(String text, Object byDefault) {
    try {
      return Python.integer(new BigDecimal(text).toBigInteger());
    } catch (NumberFormatException e) {
      return byDefault;
    }
  }

  private static Object real(Call call) {
    Object byDefault = call.find(0, "default").orElse(0.0);
    Object value = call.value();
    if (Python.isNumber(value)) {
      return Python.real(value);
    }
    String text = PythonText.str(value).strip().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?")
              ? (Object) Double.valueOf(text)
              : byDefault;
    };
  }

  private static Object magnitude(Call call) {
    return call.value() instanceof Double number
        ? (Object) Math.abs(number)
        : Python.integer(Python.big(call.value()).abs());
  }

  private static Object round(Call call) {
    int precision = (int) call.number(0, "precision", 0);
    double value = number(call);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    RoundingMode mode =
        switch (call.text(1, "method", "common")) {
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> RoundingMode.HALF_EVEN;
        };
    return new BigDecimal(value).setScale(precision, mode).doubleValue();
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
    return base == 2 ? Math.sqrt(number(call)) : Math.pow(number(call), 1 / base);
  }

  private static Object humanReadable(Call call) {
    boolean bits = call.flag(0, "isbits", false);
    Object unit = call.find(1, "unit").orElse(None.NONE);
    double size = numberOf(call);
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
        return String.format(Locale.ROOT, "%.2f %s", size / limit, suffix);
      }
    }
    throw new IllegalArgumentException(
        "human_readable() can't interpret unit " + PythonText.str(unit));
  }

  private static double numberOf(Call call) {
    if (call.value() instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "human_readable() can't interpret following string: " + text);
      }
    }
    return number(call);
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
    return Math.round(number * factor(unit, bits, text));
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
    double bytes = number(call);
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
