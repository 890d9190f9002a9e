package dev.belay.template;

import com.google.common.collect.ImmutableSet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** The methods of Python's values that templates call. */
final class Methods {
  private static final ImmutableSet<String> OF_NUMBERS =
      ImmutableSet.of("real", "imag", "numerator", "denominator");

  private Methods() {}

  static Object call(Object owner, String name, Call call) {
    if (name.equals("__len__")) {
      return BasicFilters.size(owner);
    } else if (owner instanceof String text) {
      return TextMethods.call(text, name, call);
    } else if (owner instanceof Map<?, ?> map) {
      return MapMethods.call(map, name, call);
    } else if (owner instanceof List<?> list) {
      return ListMethods.call(list, name, call);
    } else if (Python.isNumber(owner)) {
      return number(owner, name);
    } else if (owner instanceof Duration span && name.equals("total_seconds")) {
      return span.toNanos() / 1e9;
    } else if (owner instanceof LocalDateTime time) {
      return Dates.method(time, name, call);
    }
    throw missing(owner, name);
  }

  static IllegalArgumentException missing(Object owner, String name) {
    return new IllegalArgumentException(
        "'" + Python.type(owner) + " object' has no attribute '" + name + "'");
  }

  private static Object number(Object owner, String name) {
    boolean whole = Python.isInteger(owner);
    return switch (name) {
      case "bit_length" ->
          whole ? (Object) (long) Python.big(owner).abs().bitLength() : no(owner, name);
      case "bit_count" ->
          whole ? (Object) (long) Python.big(owner).abs().bitCount() : no(owner, name);
      case "is_integer" -> whole ? no(owner, name) : isWhole((Double) owner);
      case "conjugate" -> whole ? Python.integer(Python.big(owner)) : owner;
      case "as_integer_ratio" -> ratio(owner);
      case "hex" -> whole ? no(owner, name) : hex((Double) owner);
      default -> no(owner, name);
    };
  }

  private static Object no(Object owner, String name) {
    throw missing(owner, name);
  }

  private static boolean isWhole(double number) {
    return !Double.isInfinite(number) && number == Math.floor(number);
  }

  private static Tuple ratio(Object owner) {
    if (Python.isInteger(owner)) {
      return Tuple.of(Python.integer(Python.big(owner)), 1L);
    }
    BigDecimal exact = new BigDecimal((Double) owner);
    BigInteger under = BigInteger.TEN.pow(Math.max(0, exact.scale()));
    BigInteger over = exact.multiply(new BigDecimal(under)).toBigIntegerExact();
    BigInteger common = over.gcd(under).max(BigInteger.ONE);
    return Tuple.of(Python.integer(over.divide(common)), Python.integer(under.divide(common)));
  }

  private static String hex(double number) {
    String java = Double.toHexString(number);
    int p = java.indexOf('p');
    if (p < 0) {
      return java;
    }
    int dot = java.indexOf('.');
    String digits = java.substring(dot + 1, p);
    String exponent = java.substring(p + 1);
    String zeros = number == 0 ? "" : "0".repeat(13 - digits.length());
    return java.substring(0, dot + 1)
        + digits
        + zeros
        + "p"
        + (exponent.startsWith("-") ? "" : "+")
        + exponent;
  }

  /** What a number has that is no method. */
  static boolean isOfNumbers(String name) {
    return OF_NUMBERS.contains(name);
  }

  static Object ofNumber(Object number, String name) {
    Object itself = Python.isInteger(number) ? Python.integer(Python.big(number)) : number;
    return switch (name) {
      case "imag" -> Python.isInteger(number) ? (Object) 0L : (Object) 0.0;
      case "denominator" -> Python.isInteger(number) ? 1L : no(number, name);
      case "numerator" -> Python.isInteger(number) ? itself : no(number, name);
      default -> itself;
    };
  }
}
