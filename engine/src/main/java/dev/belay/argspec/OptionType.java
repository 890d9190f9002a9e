package dev.belay.argspec;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Convert;
import dev.belay.template.Json;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The types that an option may have, and what values each takes. */
enum OptionType {
  STR(value -> value instanceof String ? value : PythonText.str(value)),
  PATH(value -> value instanceof String ? value : PythonText.str(value)),
  RAW(value -> value),
  LIST(OptionType::list),
  DICT(OptionType::dict),
  BOOL(OptionType::bool),
  INT(OptionType::integer),
  FLOAT(OptionType::number),
  JSON(OptionType::json),
  JSONARG(OptionType::json),
  BYTES(value -> size(value, "Byte")),
  BITS(value -> size(value, "Bit"));

  private final UnaryOperator<Object> converter;

  OptionType(UnaryOperator<Object> converter) {
    this.converter = converter;
  }

  static Optional<OptionType> of(String word) {
    return ImmutableList.copyOf(values()).stream()
        .filter(type -> type.word().equals(word))
        .findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The value as this type.
   *
   * @throws IllegalArgumentException with a phrase that says why it is none
   */
  Object convert(Object value) {
    return converter.apply(value);
  }

  /** As Python shows the class of a value. */
  static String classOf(Object value) {
    String name =
        value instanceof Boolean
            ? "bool"
            : value instanceof Long || value instanceof BigInteger
                ? "int"
                : value instanceof Double
                    ? "float"
                    : value instanceof List
                        ? "list"
                        : value instanceof Map ? "dict" : value == None.NONE ? "NoneType" : "str";
    return "<class '" + name + "'>";
  }

  private static IllegalArgumentException cannot(Object value, String what) {
    return new IllegalArgumentException(classOf(value) + " cannot be converted to " + what);
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static Object list(Object value) {
    if (value instanceof List) {
      return value;
    } else if (value instanceof String text) {
      return ImmutableList.copyOf(Splitter.on(',').split(text));
    } else if (isNumber(value)) {
      return ImmutableList.of(PythonText.str(value));
    }
    throw cannot(value, "a list");
  }

  private static Object dict(Object value) {
    if (value instanceof Map) {
      return value;
    } else if (!(value instanceof String text)) {
      throw cannot(value, "a dict");
    } else if (text.startsWith("{")) {
      return object(text);
    } else if (text.contains("=")) {
      return words(text);
    }
    throw new IllegalArgumentException("dictionary requested, could not parse JSON or key=value");
  }

  private static Object object(String text) {
    try {
      return Json.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("unable to evaluate string as dictionary");
    }
  }

  private static Object words(String text) {
    ImmutableMap.Builder<String, Object> words = ImmutableMap.builder();
    for (String word : Splitter.onPattern("[, ]+").omitEmptyStrings().split(text.strip())) {
      List<String> parts = Splitter.on('=').limit(2).splitToList(word);
      if (parts.size() < 2) {
        throw new IllegalArgumentException("'" + word + "' is no key=value");
      }
      words.put(parts.get(0), parts.get(1).replaceAll("^(['\"])(.*)\\1$", "$2"));
    }
    return words.buildKeepingLast();
  }

  private static Object bool(Object value) {
    if (!isNumber(value) && !(value instanceof String)) {
      throw cannot(value, "a bool");
    }
    try {
      return Convert.flag(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The value '"
              + PythonText.str(value)
              + "' is not a valid boolean.  Valid booleans include: yes, no, true, false, on, off, 1, 0");
    }
  }

  private static Object integer(Object value) {
    if (value instanceof Long || value instanceof BigInteger || value instanceof Boolean) {
      return value;
    } else if (value instanceof String text && text.strip().matches("[+-]?[0-9]{1,18}")) {
      return Long.valueOf(text.strip());
    } else if (value instanceof String text && text.strip().matches("[+-]?[0-9]+")) {
      return new BigInteger(text.strip());
    }
    throw cannot(value, "an int");
  }

  private static Object number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    } else if (value instanceof Boolean flag) {
      return flag ? 1.0 : 0.0;
    }
    if (value instanceof String text
        && text.strip().matches("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?")) {
      return Double.valueOf(text.strip());
    }
    throw cannot(value, "a float");
  }

  private static Object json(Object value) {
    if (value instanceof String text) {
      return text.strip();
    } else if (value instanceof List || value instanceof Map) {
      return Json.write(value);
    }
    throw cannot(value, "a json string");
  }

  private static Object size(Object value, String unit) {
    String units = unit.equals("Byte") ? "B|byte|bytes" : "b|bit|bits";
    if (PythonText.str(value)
        .matches("\\s*[0-9]+(\\.[0-9]*)?\\s*([KMGTPEZY]?(" + units + ")?)?\\s*")) {
      return value;
    }
    throw cannot(value, "a " + unit + " value");
  }
}
