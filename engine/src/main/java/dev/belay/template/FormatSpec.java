package dev.belay.template;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands behind the colon of a field of Python's formats: {@code >+08,.2f}. */
final class FormatSpec {
  private static final Pattern SPEC =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?z?(?<alternate>#)?(?<zero>0)?"
              + "(?<width>\\d+)?(?<group>[,_])?(?:\\.(?<digits>\\d+))?(?<kind>[a-zA-Z%])?",
          Pattern.DOTALL);
  private static final String INTEGER_KINDS = "bcdoxXn";
  private static final String FLOAT_KINDS = "eEfFgG%n";

  private final Object value;
  private final Matcher spec;

  private FormatSpec(Object value, Matcher spec) {
    this.value = value;
    this.spec = spec;
  }

  static String apply(Object value, String written) {
    if (written.isEmpty()) {
      return PythonText.str(value);
    }
    Matcher spec = SPEC.matcher(written);
    if (!spec.matches()) {
      throw new IllegalArgumentException("Invalid format specifier '" + written + "'");
    }
    return new FormatSpec(value, spec).text();
  }

  private String text() {
    String kind = part("kind");
    if (value instanceof String string) {
      return of(string, kind);
    } else if (!Python.isNumber(value)) {
      throw new IllegalArgumentException(
          "unsupported format string passed to " + Python.type(value) + ".__format__");
    } else if (kind.equals("c") && value instanceof Long code) {
      return aligned("", Character.toString(Math.toIntExact(code)), ">");
    }
    boolean whole = Python.isInteger(value) && (kind.isEmpty() || INTEGER_KINDS.contains(kind));
    if (!whole && !kind.isEmpty() && !FLOAT_KINDS.contains(kind)) {
      throw unknown(kind);
    }
    return number(whole ? integer(kind) : real(kind));
  }

  private String part(String name) {
    String part = spec.group(name);
    return part == null ? "" : part;
  }

  private IllegalArgumentException unknown(String kind) {
    return new IllegalArgumentException(
        "Unknown format code '" + kind + "' for object of type '" + Python.type(value) + "'");
  }

  private String of(String string, String kind) {
    if (!kind.isEmpty() && !kind.equals("s")) {
      throw unknown(kind);
    } else if (!part("sign").isEmpty() || part("align").equals("=") || !part("group").isEmpty()) {
      throw new IllegalArgumentException("this format is not allowed for a text");
    }
    int length = string.codePointCount(0, string.length());
    String digits = part("digits");
    if (!digits.isEmpty() && digits.length() < 9 && Integer.parseInt(digits) < length) {
      return aligned(
          "", string.substring(0, string.offsetByCodePoints(0, Integer.parseInt(digits))), "<");
    }
    return aligned("", string, "<");
  }

  /** Sign, prefix and digits. */
  private String integer(String kind) {
    if (!part("digits").isEmpty()) {
      throw new IllegalArgumentException("Precision not allowed in integer format specifier");
    }
    BigInteger number = Python.big(value);
    int base = kind.equals("b") ? 2 : kind.equals("o") ? 8 : kind.matches("[xX]") ? 16 : 10;
    String digits = number.abs().toString(base);
    String shown = kind.equals("X") ? digits.toUpperCase(Locale.ROOT) : digits;
    boolean marked = !part("alternate").isEmpty() && base != 10;
    return (number.signum() < 0 ? "-" : "") + (marked ? "0" + kind : "") + shown;
  }

  private String real(String kind) {
    double number = Python.real(value) * (kind.equals("%") ? 100 : 1);
    int digits = part("digits").isEmpty() ? 6 : FloatText.precision(part("digits"));
    boolean keeps = !part("alternate").isEmpty();
    return switch (kind) {
      case "e" -> FloatText.exponential(number, digits);
      case "E" -> FloatText.exponential(number, digits).toUpperCase(Locale.ROOT);
      case "f" -> FloatText.fixed(number, digits);
      case "F" -> FloatText.fixed(number, digits).toUpperCase(Locale.ROOT);
      case "%" -> FloatText.fixed(number, digits) + "%";
      case "g", "n" -> FloatText.general(number, digits, keeps);
      case "G" -> FloatText.general(number, digits, keeps).toUpperCase(Locale.ROOT);
      default -> part("digits").isEmpty() ? PythonText.decimal(number) : shortest(number, digits);
    };
  }

  /** Without a kind a precision is as with {@code g}, and a whole number keeps its {@code .0}. */
  private static String shortest(double number, int digits) {
    String general = FloatText.general(number, digits, false);
    int exponent = (int) Math.floor(Math.log10(Math.abs(number)));
    if (number != 0 && !general.contains("e") && exponent >= digits - 1) {
      String scientific = FloatText.exponential(number, Math.max(0, digits - 1));
      int e = scientific.indexOf('e');
      return scientific.substring(0, e).replaceFirst("\\.?0+$", "") + scientific.substring(e);
    }
    return general.matches("-?\\d+") ? general + ".0" : general;
  }

  private String number(String written) {
    boolean negative = written.startsWith("-");
    String body = negative ? written.substring(1) : written;
    String sign = negative ? "-" : part("sign").equals("-") ? "" : part("sign");
    int prefix = body.matches("0[box].*") && !part("alternate").isEmpty() ? 2 : 0;
    return aligned(sign + body.substring(0, prefix), grouped(body.substring(prefix)), ">");
  }

  private String grouped(String digits) {
    String group = part("group");
    if (group.isEmpty() || !digits.matches("[0-9a-fA-F]+([^0-9].*)?")) {
      return digits;
    }
    int whole = 0;
    while (whole < digits.length() && Character.digit(digits.charAt(whole), 16) >= 0) {
      if (Character.isLetter(digits.charAt(whole)) && !part("kind").matches("[xX]")) {
        break;
      }
      whole++;
    }
    int size = part("kind").matches("[box]|X") ? 4 : 3;
    StringBuilder text = new StringBuilder(digits.substring(0, whole));
    for (int i = whole - size; i > 0; i -= size) {
      text.insert(i, group);
    }
    return text + digits.substring(whole);
  }

  private String aligned(String sign, String body, String byDefault) {
    boolean zero = !part("zero").isEmpty() && part("align").isEmpty();
    boolean number = byDefault.equals(">");
    String align = !part("align").isEmpty() ? part("align") : zero && number ? "=" : byDefault;
    String fill = spec.group("fill") != null ? part("fill") : part("zero").isEmpty() ? " " : "0";
    String width = part("width");
    long wide = width.isEmpty() ? 0 : width.length() > 10 ? Long.MAX_VALUE : Long.parseLong(width);
    String missing = Sizes.fill(fill, wide, sign + body);
    return switch (align) {
      case "<" -> sign + body + missing;
      case "^" ->
          missing.substring(0, missing.length() / 2)
              + sign
              + body
              + missing.substring(missing.length() / 2);
      case "=" -> sign + missing + body;
      default -> missing + sign + body;
    };
  }
}
