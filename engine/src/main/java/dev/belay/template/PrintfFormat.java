package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code 'text %s' % values}. */
final class PrintfFormat {
  private static final Pattern HOLE =
      Pattern.compile("%(?:\\(([^)]*)\\))?([-+ 0#]*)(\\d+|\\*)?(?:\\.(\\d+))?([a-zA-Z%])");

  private final ImmutableList<Object> values;
  private int next;

  private PrintfFormat(ImmutableList<Object> values) {
    this.values = values;
  }

  static String format(String format, Object argument) {
    ImmutableList<Object> values =
        argument instanceof Tuple tuple ? ImmutableList.copyOf(tuple) : ImmutableList.of(argument);
    return new PrintfFormat(values).fill(format, argument);
  }

  private String fill(String format, Object argument) {
    Matcher hole = HOLE.matcher(format);
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (hole.find(from)) {
      text.append(format, from, hole.start()).append(filled(hole, argument));
      from = hole.end();
    }
    text.append(format.substring(from));
    if (next < values.size()
        && !(argument instanceof Map)
        && !(argument instanceof List && !(argument instanceof Tuple))) {
      throw new IllegalArgumentException("not all arguments converted during string formatting");
    }
    return text.toString();
  }

  private String filled(Matcher hole, Object argument) {
    String kind = hole.group(5);
    if (kind.equals("%")) {
      return "%";
    }
    Object value = hole.group(1) == null ? take() : ((Map<?, ?>) argument).get(hole.group(1));
    if (value == null) {
      throw new IllegalArgumentException("there is no value for '" + hole.group() + "'");
    }
    return padded(converted(kind, hole, value), hole.group(2), hole.group(3), kind);
  }

  private Object take() {
    if (next >= values.size()) {
      throw new IllegalArgumentException("not enough arguments for format string");
    }
    return values.get(next++);
  }

  private static String converted(String kind, Matcher hole, Object value) {
    return switch (kind) {
      case "s" -> cut(PythonText.str(value), hole.group(4));
      case "r" -> PythonText.repr(value);
      case "d", "i", "u" -> signed(whole(value).toString(), hole.group(2));
      case "x" -> whole(value).toString(16);
      case "X" -> whole(value).toString(16).toUpperCase(java.util.Locale.ROOT);
      case "o" -> whole(value).toString(8);
      case "f", "F" ->
          signed(String.format("%." + digits(hole) + "f", Python.real(value)), hole.group(2));
      case "e" -> String.format("%." + digits(hole) + "e", Python.real(value));
      case "g" -> PythonText.decimal(Python.real(value)).replaceFirst("\\.0$", "");
      case "c" ->
          value instanceof Long code ? Character.toString(code.intValue()) : PythonText.str(value);
      default -> throw new IllegalArgumentException("unsupported format character '" + kind + "'");
    };
  }

  private static java.math.BigInteger whole(Object value) {
    if (Python.isInteger(value)) {
      return Python.big(value);
    } else if (value instanceof Double number) {
      return new java.math.BigDecimal(number).toBigInteger();
    }
    throw new IllegalArgumentException(
        "%d format: a number is required, not " + Python.type(value));
  }

  private static String digits(Matcher hole) {
    return hole.group(4) == null ? "6" : hole.group(4);
  }

  private static String cut(String text, String length) {
    return length == null
        ? text
        : text.substring(0, Math.min(text.length(), Integer.parseInt(length)));
  }

  private static String signed(String number, String flags) {
    return number.startsWith("-")
        ? number
        : flags.contains("+") ? "+" + number : flags.contains(" ") ? " " + number : number;
  }

  private static String padded(String text, String flags, String width, String kind) {
    int missing = width == null ? 0 : Integer.parseInt(width) - text.length();
    if (missing <= 0) {
      return text;
    } else if (flags.contains("-")) {
      return text + " ".repeat(missing);
    } else if (flags.contains("0") && !kind.equals("s")) {
      int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
      return text.substring(0, sign) + "0".repeat(missing) + text.substring(sign);
    }
    return " ".repeat(missing) + text;
  }
}
