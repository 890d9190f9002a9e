package dev.belay.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's {@code '{} {name:>8}'.format(…)}: fields by place or name, with fill, alignment, width
 * and kind.
 */
final class FormatMethod {
  private static final Pattern FIELD =
      Pattern.compile("\\{\\{|\\}\\}|\\{([^{}:!]*)(?:!([rs]))?(?::([^{}]*))?\\}");
  private static final Pattern SPEC =
      Pattern.compile("(?:(.)?([<>^]))?([+ ])?(0)?(\\d+)?(,)?(?:\\.(\\d+))?([a-zA-Z%])?");

  private FormatMethod() {}

  static String format(String text, Call call) {
    Matcher field = FIELD.matcher(text);
    StringBuilder filled = new StringBuilder();
    int from = 0;
    int next = 0;
    while (field.find()) {
      filled.append(text, from, field.start());
      from = field.end();
      if (field.group().equals("{{") || field.group().equals("}}")) {
        filled.append(field.group().charAt(0));
      } else {
        String name = field.group(1).isEmpty() ? String.valueOf(next++) : field.group(1);
        filled.append(field(name, field.group(2), field.group(3), call));
      }
    }
    return filled.append(text.substring(from)).toString();
  }

  private static String field(String name, String conversion, String spec, Call call) {
    Object value = value(name, call);
    if ("r".equals(conversion)) {
      return spec(PythonText.repr(value), spec);
    }
    return spec(value, spec);
  }

  private static Object value(String name, Call call) {
    if (name.chars().allMatch(Character::isDigit)) {
      int place = Integer.parseInt(name);
      if (place >= call.positional().size()) {
        throw new IllegalArgumentException(
            "Replacement index " + place + " out of range for positional args tuple");
      }
      return Python.used(call.positional().get(place));
    }
    Object value = call.named().get(name);
    if (value == null) {
      throw new IllegalArgumentException("there is no argument '" + name + "'");
    }
    return Python.used(value);
  }

  private static String spec(Object value, String written) {
    if (written == null || written.isEmpty()) {
      return PythonText.str(value);
    }
    Matcher spec = SPEC.matcher(written);
    if (!spec.matches()) {
      throw new IllegalArgumentException("Invalid format specifier '" + written + "'");
    }
    String text = signed(converted(value, spec), spec.group(3));
    int missing = spec.group(5) == null ? 0 : Integer.parseInt(spec.group(5)) - text.length();
    String side = spec.group(2) != null ? spec.group(2) : Python.isNumber(value) ? ">" : "<";
    String fill = spec.group(1) != null ? spec.group(1) : spec.group(4) != null ? "0" : " ";
    return aligned(text, fill, side, Math.max(0, missing));
  }

  private static String signed(String text, String sign) {
    return sign == null || text.startsWith("-") ? text : sign + text;
  }

  private static String converted(Object value, Matcher spec) {
    String kind = spec.group(8) == null ? "" : spec.group(8);
    String digits = spec.group(7);
    boolean real =
        "fFeE%".contains(kind) && !kind.isEmpty() || value instanceof Double && digits != null;
    if (real) {
      double number = Python.real(value) * (kind.equals("%") ? 100 : 1);
      String form =
          "%" + (spec.group(6) != null ? "," : "") + "." + (digits == null ? "6" : digits) + "f";
      return String.format(form, number) + (kind.equals("%") ? "%" : "");
    }
    return switch (kind) {
      case "d" -> String.format(spec.group(6) != null ? "%,d" : "%d", Python.big(value));
      case "x" -> Python.big(value).toString(16);
      case "X" -> Python.big(value).toString(16).toUpperCase(java.util.Locale.ROOT);
      case "o" -> Python.big(value).toString(8);
      case "b" -> Python.big(value).toString(2);
      default ->
          digits == null
              ? PythonText.str(value)
              : cut(PythonText.str(value), Integer.parseInt(digits));
    };
  }

  private static String cut(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }

  private static String aligned(String text, String fill, String side, int missing) {
    return switch (side) {
      case "<" -> text + fill.repeat(missing);
      case "^" -> fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
      default -> fill.repeat(missing) + text;
    };
  }
}
