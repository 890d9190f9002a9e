package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code 'text %s' % values}. */
final class PrintfFormat {
  private static final Pattern HOLE =
      Pattern.compile(
          "%(?:\\((?<name>[^)]*)\\))?(?<flags>[-+ 0#]*)(?<width>\\d+|\\*)?"
              + "(?:\\.(?<digits>\\d+|\\*)?(?<dot>))?[hlL]?(?<kind>.)",
          Pattern.DOTALL);

  private final String format;
  private final Object argument;
  private final ImmutableList<Object> values;
  private int next;

  private PrintfFormat(String format, Object argument) {
    this.format = format;
    this.argument = argument;
    values =
        argument instanceof Tuple tuple ? ImmutableList.copyOf(tuple) : ImmutableList.of(argument);
  }

  static String format(String format, Object argument) {
    return new PrintfFormat(format, argument).filled();
  }

  private String filled() {
    Matcher hole = HOLE.matcher(format);
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
      if (!hole.region(at, format.length()).lookingAt()) {
        throw new IllegalArgumentException("incomplete format");
      }
      text.append(format, from, at).append(filled(hole));
      Sizes.text(text.length());
      from = hole.end();
    }
    text.append(format.substring(from));
    boolean named = argument instanceof Map || argument instanceof List && !isTuple();
    if (next < values.size() && !named) {
      throw new IllegalArgumentException("not all arguments converted during string formatting");
    }
    return text.toString();
  }

  private boolean isTuple() {
    return argument instanceof Tuple;
  }

  private String filled(Matcher hole) {
    String kind = hole.group("kind");
    if (kind.equals("%")) {
      return "%";
    }
    String flags = hole.group("flags");
    String width = star(hole.group("width"), "0");
    if (width.startsWith("-")) {
      flags += "-";
      width = width.substring(1);
    }
    String digits = hole.group("dot") == null ? "" : star(hole.group("digits"), "0");
    Object given = hole.group("name") == null ? take() : named(hole.group("name"));
    return padded(text(kind, flags, digits, given), flags, width, kind);
  }

  /** What is undefined can be shown, as in Python. */
  private static String text(String kind, String flags, String digits, Object given) {
    return given instanceof Undefined undefined && kind.equals("r")
        ? "AnsibleUndefined(" + undefined.why() + ")"
        : converted(kind, flags, digits, Python.used(given));
  }

  private String star(String written, String byDefault) {
    if (written == null) {
      return byDefault;
    }
    return written.equals("*") ? PythonText.str(take()) : written;
  }

  private Object named(String name) {
    if (!(argument instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("format requires a mapping");
    } else if (map.get(name) == null) {
      throw new IllegalArgumentException("there is no value for '" + name + "'");
    }
    return map.get(name);
  }

  private Object take() {
    if (next >= values.size()) {
      throw new IllegalArgumentException("not enough arguments for format string");
    }
    return values.get(next++);
  }

  private static String converted(String kind, String flags, String digits, Object value) {
    return switch (kind) {
      case "s" -> cut(PythonText.str(value), digits);
      case "r", "a" -> cut(PythonText.repr(value), digits);
      case "d", "i", "u" -> signed(zeros(whole(value, kind).toString(), digits), flags);
      case "x" -> signed(based(whole(value, kind), 16, flags, "0x", digits), flags);
      case "X" ->
          signed(based(whole(value, kind), 16, flags, "0x", digits), flags)
              .toUpperCase(Locale.ROOT);
      case "o" -> signed(based(whole(value, kind), 8, flags, "0o", digits), flags);
      case "f", "F", "e", "g" -> signed(real(kind, flags, digits, value), flags);
      case "E", "G" ->
          signed(real(kind.toLowerCase(Locale.ROOT), flags, digits, value), flags)
              .toUpperCase(Locale.ROOT);
      case "c" -> character(value);
      default -> throw new IllegalArgumentException("unsupported format character '" + kind + "'");
    };
  }

  private static String real(String kind, String flags, String written, Object value) {
    if (!Python.isNumber(value)) {
      throw new IllegalArgumentException("must be real number, not " + Python.type(value));
    }
    int digits = written.isEmpty() ? 6 : FloatText.precision(written);
    double number = Python.real(value);
    return switch (kind) {
      case "e" -> FloatText.exponential(number, digits);
      case "g" -> FloatText.general(number, digits, flags.contains("#"));
      default -> FloatText.fixed(number, digits);
    };
  }

  private static BigInteger whole(Object value, String kind) {
    if (Python.isInteger(value)) {
      return Python.big(value);
    } else if (value instanceof Double number && "diu".contains(kind)) {
      if (number.isNaN() || number.isInfinite()) {
        throw new IllegalArgumentException("cannot convert float infinity to integer");
      }
      return new BigDecimal(number).toBigInteger();
    }
    throw new IllegalArgumentException(
        "%" + kind + " format: a number is required, not " + Python.type(value));
  }

  private static String based(
      BigInteger number, int base, String flags, String prefix, String digits) {
    String text = zeros(number.abs().toString(base), digits);
    String marked = flags.contains("#") ? prefix + text : text;
    return number.signum() < 0 ? "-" + marked : marked;
  }

  /** A precision is, to whole numbers, how many digits there are at least. */
  private static String zeros(String number, String digits) {
    if (digits.isEmpty()) {
      return number;
    }
    int sign = number.startsWith("-") ? 1 : 0;
    String body = number.substring(sign);
    return number.substring(0, sign) + Sizes.fill("0", FloatText.precision(digits), body) + body;
  }

  private static String character(Object value) {
    if (value instanceof Long code && Character.isValidCodePoint(code.intValue())) {
      return Character.toString(code.intValue());
    } else if (value instanceof String text && text.codePointCount(0, text.length()) == 1) {
      return text;
    }
    throw new IllegalArgumentException("%c requires int or char");
  }

  private static String cut(String text, String digits) {
    if (digits.isEmpty() || digits.length() > 8) {
      return text;
    }
    int length = Math.min(text.codePointCount(0, text.length()), Integer.parseInt(digits));
    return text.substring(0, text.offsetByCodePoints(0, length));
  }

  private static String signed(String number, String flags) {
    return number.startsWith("-")
        ? number
        : flags.contains("+") ? "+" + number : flags.contains(" ") ? " " + number : number;
  }

  private static String padded(String text, String flags, String width, String kind) {
    long wide = width.length() > 10 ? Long.MAX_VALUE : Long.parseLong(width);
    if (flags.contains("-")) {
      return text + Sizes.fill(" ", wide, text);
    } else if (flags.contains("0") && !"sracC".contains(kind)) {
      int sign = !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
      sign += text.startsWith("0x", sign) || text.startsWith("0X", sign) ? 2 : 0;
      return text.substring(0, sign) + Sizes.fill("0", wide, text) + text.substring(sign);
    }
    return Sizes.fill(" ", wide, text) + text;
  }
}
