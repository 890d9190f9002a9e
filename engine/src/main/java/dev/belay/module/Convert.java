package dev.belay.module;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.value.None;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes of a value what a parameter takes, or says in a sentence why it cannot. */
public final class Convert {
  private static final ImmutableSet<String> TRUE =
      ImmutableSet.of("yes", "on", "1", "true", "t", "y", "1.0");
  private static final ImmutableSet<String> FALSE =
      ImmutableSet.of("no", "off", "0", "false", "f", "n", "0.0");
  private static final int LARGEST_MODE = 07777;

  private static final Pattern MODE =
      Pattern.compile("[0-7]{1,5}|([ugoa]*([-+=]([rwxXst]*|[ugo]))+,?)+|preserve");

  /** In characters: longer ones only fill the stack of the pattern. */
  private static final int LONGEST_MODE = 200;

  private Convert() {}

  /**
   * The value in the type of the parameter.
   *
   * @throws IllegalArgumentException whose message follows on the parameter's name: {@code "must be
   *     …"}
   */
  public static Object to(Parameter parameter, Object value) {
    Object converted =
        switch (parameter.type()) {
          case TEXT -> strictText(value);
          case SCALAR -> text(value);
          case PATH -> path(strictText(value));
          case INTEGER -> integer(value);
          case NUMBER -> number(value);
          case FLAG -> flag(value);
          case LIST, CONDITIONS -> list(value);
          case DICT -> dict(value);
          case MODE -> mode(value);
          case ANY, EXPRESSION -> value;
          case CONTENT -> content(value);
          case SOURCE -> value instanceof Content ? value : path(strictText(value));
          case CONTROL -> control(value);
          case PLACE -> place(value);
          case VERBOSITY -> verbosity(value);
        };
    checkChoice(parameter, converted);
    return converted;
  }

  private static Object place(Object value) {
    checkArgument(value instanceof ControlPlace, "names a place of the control side");
    return value;
  }

  /** Without an engine that knows better, nobody asked for more words. */
  private static Object verbosity(Object value) {
    return value instanceof Condition
        ? value
        : new Condition("verbosity " + value, integer(value) <= 0);
  }

  private static void checkChoice(Parameter parameter, Object value) {
    if (parameter.choices().isEmpty()) {
      return;
    }
    List<?> members = value instanceof List<?> list ? list : ImmutableList.of(value);
    for (Object member : members) {
      checkArgument(
          parameter.choices().contains(text(member)),
          "must be one of %s, not '%s'",
          String.join(", ", parameter.choices()),
          text(member));
    }
  }

  /** A scalar as text, as Python writes it. */
  public static String text(Object value) {
    checkArgument(isScalar(value), "must be text, not a %s", kind(value));
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    return value instanceof Double number ? text(number.doubleValue()) : value.toString();
  }

  /** Digits alone where Java would write an exponent and Python none. */
  private static String text(double number) {
    boolean plain = Math.abs(number) >= 1e-4 && Math.abs(number) < 1e16;
    String digits = plain ? new BigDecimal(Double.toString(number)).toPlainString() : "";
    return digits.isEmpty()
        ? Double.toString(number)
        : digits.indexOf('.') < 0 ? digits + ".0" : digits;
  }

  private static String strictText(Object value) {
    checkArgument(
        !(value instanceof Boolean),
        "must be text, and this is the boolean %s; put the word in quotes",
        value);
    return text(value);
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static String path(String text) {
    checkArgument(!text.isEmpty(), "must be a path, not an empty text");
    return text;
  }

  /**
   * A whole number, or a text that is one.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Long integer(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof String text && text.strip().matches("[+-]?[0-9]{1,18}")) {
      return Long.valueOf(text.strip());
    }
    if (value instanceof Double number && number == Math.rint(number)) {
      return number.longValue();
    }
    throw new IllegalArgumentException("must be a whole number, not " + shown(value));
  }

  private static Double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text && text.strip().matches("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)")) {
      return Double.valueOf(text.strip());
    }
    throw new IllegalArgumentException("must be a number, not " + shown(value));
  }

  /**
   * A boolean, or one of the words that stand for one.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Boolean flag(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    String word = isScalar(value) ? value.toString().strip().toLowerCase(Locale.ROOT) : "";
    checkArgument(
        TRUE.contains(word) || FALSE.contains(word), "must be true or false, not %s", shown(value));
    return TRUE.contains(word);
  }

  private static ImmutableList<Object> list(Object value) {
    if (value instanceof List<?> list) {
      return ImmutableList.copyOf(list);
    }
    if (value instanceof String text) {
      return Splitter.on(',').trimResults().splitToStream(text).collect(toImmutableList());
    }
    checkArgument(isScalar(value), "must be a list, not a %s", kind(value));
    return ImmutableList.of(value);
  }

  private static Map<?, ?> dict(Object value) {
    checkArgument(
        value instanceof Map, "must be a mapping of names to values, not %s", shown(value));
    return (Map<?, ?>) value;
  }

  private static String mode(Object value) {
    if (value instanceof Long number) {
      checkArgument(
          number >= 0 && number <= LARGEST_MODE,
          "is the number %s, which is no file mode; write it as text with a leading zero: '0644'",
          number);
      return String.format("%04o", number);
    }
    checkArgument(
        value instanceof String, "must be a file mode such as '0644', not %s", shown(value));
    String text = (String) value;
    checkArgument(
        text.length() <= LONGEST_MODE && MODE.matcher(text).matches(),
        "must be a file mode such as '0644' or 'u=rw,go=r', not '%s'",
        text.length() <= LONGEST_MODE ? text : text.substring(0, LONGEST_MODE) + "…");
    return text;
  }

  private static Content content(Object value) {
    checkArgument(
        value instanceof Content, "must be a path on the control side, not %s", shown(value));
    return (Content) value;
  }

  private static ControlFile control(Object value) {
    checkArgument(
        value instanceof ControlFile, "must be a path on the control side, not %s", shown(value));
    return (ControlFile) value;
  }

  private static String shown(Object value) {
    return isScalar(value) ? "'" + text(value) + "'" : "a " + kind(value);
  }

  private static String kind(Object value) {
    if (value instanceof Map) {
      return "mapping";
    } else if (value instanceof List) {
      return "list";
    } else if (value == None.NONE) {
      return "null";
    }
    return value instanceof BigInteger ? "huge number" : value.getClass().getSimpleName();
  }
}
