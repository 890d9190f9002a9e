package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/** Python's arithmetic. Wrong types are {@link IllegalArgumentException}s with Python's words. */
final class Operators {
  /** Bits; a power beyond it would only fill the memory. */
  private static final long POWER_LIMIT = 1_000_000;

  /** Characters or members that {@code *} may make. */
  private static final long REPEAT_LIMIT = 50_000_000;

  private Operators() {}

  static Object apply(String operator, Object left, Object right) {
    Python.used(left);
    Python.used(right);
    if (Python.isNumber(left) && Python.isNumber(right)) {
      return Python.isInteger(left) && Python.isInteger(right)
          ? integers(operator, left, right)
          : reals(operator, Python.real(left), Python.real(right));
    }
    return others(operator, left, right);
  }

  private static Object integers(String operator, Object left, Object right) {
    BigInteger a = Python.big(left);
    BigInteger b = Python.big(right);
    return switch (operator) {
      case "+" -> Python.integer(a.add(b));
      case "-" -> Python.integer(a.subtract(b));
      case "*" -> Python.integer(a.multiply(b));
      case "/" -> divide(a.doubleValue(), b.doubleValue(), "division by zero");
      case "//" -> Python.integer(floorDivide(a, b)[0]);
      case "%" -> Python.integer(floorDivide(a, b)[1]);
      default -> power(a, b);
    };
  }

  private static BigInteger[] floorDivide(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw new IllegalArgumentException("integer division or modulo by zero");
    }
    BigInteger[] parts = a.divideAndRemainder(b);
    if (parts[1].signum() != 0 && parts[1].signum() != b.signum()) {
      return new BigInteger[] {parts[0].subtract(BigInteger.ONE), parts[1].add(b)};
    }
    return parts;
  }

  private static Object power(BigInteger a, BigInteger b) {
    if (b.signum() < 0) {
      return Math.pow(a.doubleValue(), b.doubleValue());
    }
    if (b.bitLength() > 31 || a.bitLength() * b.longValue() > POWER_LIMIT) {
      throw new IllegalArgumentException("the result of ** is too large");
    }
    return Python.integer(a.pow(b.intValue()));
  }

  private static Object reals(String operator, double a, double b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> divide(a, b, "float division by zero");
      case "//" -> Math.floor(divide(a, b, "float floor division by zero"));
      case "%" -> divide(a, b, "float modulo") * 0 + a - b * Math.floor(a / b);
      default -> Math.pow(a, b);
    };
  }

  private static double divide(double a, double b, String zero) {
    if (b == 0) {
      throw new IllegalArgumentException(zero);
    }
    return a / b;
  }

  private static Object others(String operator, Object left, Object right) {
    if (operator.equals("+") && left instanceof String a && right instanceof String b) {
      return a + b;
    } else if (operator.equals("+")
        && left instanceof List<?> a
        && right instanceof List<?> b
        && left instanceof Tuple == right instanceof Tuple) {
      ImmutableList<Object> joined = ImmutableList.builder().addAll(a).addAll(b).build();
      return left instanceof Tuple ? new Tuple(joined) : joined;
    } else if (operator.equals("*") && Python.isInteger(right)) {
      return repeated(left, right, operator);
    } else if (operator.equals("*") && Python.isInteger(left)) {
      return repeated(right, left, operator);
    } else if (operator.equals("%") && left instanceof String format) {
      return PrintfFormat.format(format, right);
    }
    if (operator.equals("-")
        && left instanceof LocalDateTime end
        && right instanceof LocalDateTime start) {
      return Duration.between(start, end);
    }
    throw unsupported(operator, left, right);
  }

  private static Object repeated(Object value, Object times, String operator) {
    long count = Math.max(0, Python.big(times).min(BigInteger.valueOf(REPEAT_LIMIT)).longValue());
    if (value instanceof String text && text.length() * count <= REPEAT_LIMIT) {
      return text.repeat((int) count);
    } else if (value instanceof List<?> list && list.size() * count <= REPEAT_LIMIT) {
      ImmutableList.Builder<Object> repeated = ImmutableList.builder();
      for (long i = 0; i < count; i++) {
        repeated.addAll(list);
      }
      return repeated.build();
    }
    throw unsupported(operator, value, times);
  }

  private static IllegalArgumentException unsupported(String operator, Object left, Object right) {
    boolean joins = operator.equals("+") && left instanceof String;
    return new IllegalArgumentException(
        joins
            ? "can only concatenate str (not \"" + Python.type(right) + "\") to str"
            : "unsupported operand type(s) for "
                + operator
                + ": '"
                + Python.type(left)
                + "' and '"
                + Python.type(right)
                + "'");
  }

  static Object negative(Object value) {
    if (Python.isInteger(Python.used(value))) {
      return Python.integer(Python.big(value).negate());
    } else if (value instanceof Double number) {
      return -number;
    }
    throw new IllegalArgumentException(
        "bad operand type for unary -: '" + Python.type(value) + "'");
  }
}
