package dev.belay.template;

import dev.belay.value.None;
import dev.belay.value.Unknown;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How Python writes values: {@code str} and {@code repr}. */
public final class PythonText {
  /** Python writes floats without exponent from here … */
  private static final double SMALLEST_PLAIN = 1e-4;

  /** … up to here. */
  private static final double LARGEST_PLAIN = 1e16;

  private PythonText() {}

  /** Python's {@code str}. */
  public static String str(Object value) {
    return value instanceof String text ? text : repr(value);
  }

  /** Python's {@code repr}. */
  public static String repr(Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(Object value, StringBuilder text) {
    Sizes.text(text.length());
    if (value instanceof String string) {
      quote(string, text);
    } else if (value instanceof Boolean flag) {
      text.append(flag ? "True" : "False");
    } else if (value instanceof Double number) {
      text.append(decimal(number));
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, text);
    } else if (value instanceof Tuple tuple) {
      writeAll(tuple, "(", tuple.size() == 1 ? ",)" : ")", text);
    } else if (value instanceof List<?> list) {
      writeAll(list, "[", "]", text);
    } else if (value instanceof Set<?> set) {
      writeAll(set, "{", "}", text);
    } else {
      writeOther(value, text);
    }
  }

  private static void writeOther(Object value, StringBuilder text) {
    if (value instanceof Undefined undefined) {
      throw undefined.used();
    } else if (value instanceof Unknown unknown) {
      throw new UnknownValueException(unknown.why());
    }
    if (value instanceof LocalDateTime time) {
      text.append(Dates.written(time, ' '));
    } else if (value instanceof Duration span) {
      text.append(Dates.written(span));
    } else {
      text.append(value == None.NONE ? "None" : value.toString());
    }
  }

  private static void writeAll(
      Collection<?> members, String open, String close, StringBuilder text) {
    text.append(open);
    String separator = "";
    for (Object member : members) {
      text.append(separator);
      write(member, text);
      separator = ", ";
    }
    text.append(close);
  }

  private static void writeMap(Map<?, ?> map, StringBuilder text) {
    text.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      write(entry.getKey(), text);
      text.append(": ");
      write(entry.getValue(), text);
      text.append(entries.hasNext() ? ", " : "");
    }
    text.append('}');
  }

  /** The shortest digits that read back as the same number, in Python's layout. */
  static String decimal(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    } else if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    double size = Math.abs(number);
    if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) {
      String plain = new BigDecimal(Double.toString(number)).toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    return exponential(Double.toString(number));
  }

  private static String exponential(String java) {
    int e = java.indexOf('E');
    String digits = java.substring(0, e);
    int exponent = Integer.parseInt(java.substring(e + 1));
    String shortDigits = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
    return shortDigits + (exponent < 0 ? "e-" : "e+") + String.format("%02d", Math.abs(exponent));
  }

  private static void quote(String string, StringBuilder text) {
    char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
    text.append(quote);
    string.codePoints().forEach(c -> escape(c, quote, text));
    text.append(quote);
  }

  private static void escape(int c, char quote, StringBuilder text) {
    switch (c) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '\\' -> text.append("\\\\");
      default -> {
        if (c == quote) {
          text.append('\\').append(quote);
        } else if (c < ' ' || c >= 0x7f && c < 0xa1 || c == 0xad) {
          text.append(String.format("\\x%02x", c));
        } else if (isUnprintable(c)) {
          text.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        } else {
          text.appendCodePoint(c);
        }
      }
    }
  }

  /** Whether {@code repr} would write every character as itself. */
  static boolean isPrintable(String text) {
    return text.codePoints()
        .noneMatch(c -> c < ' ' || c >= 0x7f && c < 0xa1 || c == 0xad || isUnprintable(c));
  }

  private static boolean isUnprintable(int c) {
    int type = Character.getType(c);
    return c > 0xff
        && (type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.PRIVATE_USE
            || type == Character.UNASSIGNED
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR
            || type == Character.SPACE_SEPARATOR);
  }

  /** How Python shows the type of a value. */
  static String ofClass(Object value) {
    return "<class '" + Python.type(value) + "'>";
  }

  /** Python's {@code bool}. */
  public static boolean isTrue(Object value) {
    return Python.truth(value);
  }

  /** The value as what takes only lists gets it. */
  public static Object withoutTuples(Object value) {
    if (value instanceof LateMap) {
      return value;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> lists = new LinkedHashMap<>();
      map.forEach((key, member) -> lists.put(key, withoutTuples(member)));
      return lists;
    } else if (value instanceof List<?> list) {
      List<Object> lists = new ArrayList<>(list.size());
      list.forEach(member -> lists.add(withoutTuples(member)));
      return lists;
    }
    return value;
  }
}
