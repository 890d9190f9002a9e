package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic. Wrong types are {@link IllegalArgumentException}s with Python's words. */
final class Operators {
  /** Bits; a number beyond it would only fill the memory. */
  private static final long POWER_LIMIT = 100_000;

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
      case "*" -> Python.integer(product(a, b));
      case "/" -> quotient(a, b);
      case "//" -> Python.integer(floorDivide(a, b)[0]);
      case "%" -> Python.integer(floorDivide(a, b)[1]);
      default -> power(a, b);
    };
  }

  private static BigInteger product(BigInteger a, BigInteger b) {
    if (a.bitLength() + b.bitLength() > POWER_LIMIT) {
      throw new IllegalArgumentException("the result of * is too large");
    }
    return a.multiply(b);
  }

  /** The float nearest to it, however large the two are. */
  private static double quotient(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      throw new IllegalArgumentException("division by zero");
    } else if (a.bitLength() < 53 && b.bitLength() < 53) {
      return a.doubleValue() / b.doubleValue();
    }
    double quotient =
        new BigDecimal(a).divide(new BigDecimal(b), MathContext.DECIMAL128).doubleValue();
    if (Double.isInfinite(quotient)) {
      throw new IllegalArgumentException("integer division result too large for a float");
    }
    return quotient;
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
      return realPower(a.doubleValue(), b.doubleValue());
    } else if (a.abs().compareTo(BigInteger.ONE) <= 0) {
      return a.signum() < 0 && !b.testBit(0) ? 1L : b.signum() == 0 ? 1L : a.longValue();
    } else if (b.bitLength() > 31 || a.bitLength() * b.longValue() > POWER_LIMIT) {
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
      case "//" -> floorDivided(a, b);
      case "%" -> modulo(a, b, "float modulo");
      default -> realPower(a, b);
    };
  }

  private static double modulo(double a, double b, String zero) {
    if (b == 0) {
      throw new IllegalArgumentException(zero);
    }
    double rest = a % b;
    return rest == 0 ? Math.copySign(0.0, b) : rest < 0 != b < 0 ? rest + b : rest;
  }

  private static double floorDivided(double a, double b) {
    double quotient = (a - modulo(a, b, "float floor division by zero")) / b;
    double floor = Math.floor(quotient);
    return quotient == 0 ? Math.copySign(0.0, a / b) : quotient - floor > 0.5 ? floor + 1 : floor;
  }

  private static double realPower(double a, double b) {
    if (a == 0 && b < 0) {
      throw new IllegalArgumentException("0.0 cannot be raised to a negative power");
    } else if (a < 0 && Double.isFinite(a) && Double.isFinite(b) && b != Math.rint(b)) {
      throw new IllegalArgumentException("complex numbers are not supported");
    }
    double power = Math.pow(a, b);
    if (Double.isInfinite(power) && Double.isFinite(a) && Double.isFinite(b)) {
      throw new IllegalArgumentException("Numerical result out of range");
    }
    return power;
  }

  private static double divide(double a, double b, String zero) {
    if (b == 0) {
      throw new IllegalArgumentException(zero);
    }
    return a / b;
  }

  private static Object others(String operator, Object left, Object right) {
    if (operator.equals("+") && left instanceof String a && right instanceof String b) {
      Sizes.text((long) a.length() + b.length());
      return a + b;
    } else if (operator.equals("+")
        && left instanceof List<?> a
        && right instanceof List<?> b
        && left instanceof Tuple == right instanceof Tuple) {
      return joined(a, b);
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

  private static Object joined(List<?> a, List<?> b) {
    Sizes.members((long) a.size() + b.size());
    if (a instanceof Tuple) {
      return new Tuple(ImmutableList.builder().addAll(a).addAll(b).build());
    }
    List<Object> joined = new ArrayList<>(a.size() + b.size());
    joined.addAll(a);
    joined.addAll(b);
    return joined;
  }

  private static Object repeated(Object value, Object times, String operator) {
    BigInteger wanted = Python.big(times).max(BigInteger.ZERO);
    if (wanted.bitLength() >= Long.SIZE) {
      throw new IllegalArgumentException("cannot fit 'int' into an index-sized integer");
    }
    long count = wanted.longValue();
    if (value instanceof String text) {
      return Sizes.repeat(text, count);
    } else if (value instanceof List<?> list) {
      return repeated(list, count);
    }
    throw unsupported(operator, value, times);
  }

  private static Object repeated(List<?> list, long times) {
    if (!list.isEmpty()) {
      Sizes.members(times > Sizes.MEMBER_LIMIT ? times : list.size() * times);
    }
    List<Object> repeated = new ArrayList<>();
    for (long i = 0; i < times && !list.isEmpty(); i++) {
      repeated.addAll(list);
    }
    return list instanceof Tuple ? new Tuple(ImmutableList.copyOf(repeated)) : repeated;
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
