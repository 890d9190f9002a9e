package dev.belay.template;

import com.google.common.collect.ImmutableList;
import dev.belay.value.None;
import dev.belay.value.Unknown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What Python's values are to each other: true or not, equal, smaller, inside. */
final class Python {
  /** Below it every integer is a float. */
  private static final double EXACT_LIMIT = 1L << 53;

  private Python() {}

  /** A value that is going to be used. */
  static Object used(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.used();
    } else if (value instanceof Unknown unknown) {
      throw new UnknownValueException(unknown.why());
    }
    return value;
  }

  /** Python's truth. */
  static boolean truth(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    } else if (value instanceof String text) {
      return !text.isEmpty();
    } else if (value instanceof Number number) {
      return number instanceof Double d ? d != 0 : !number.equals(0L);
    } else if (value instanceof Collection<?> collection) {
      return !collection.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return used(value) != None.NONE;
  }

  /** Whether it counts in arithmetic: booleans do. */
  static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  static boolean isInteger(Object value) {
    return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
  }

  static BigInteger big(Object integer) {
    if (integer instanceof Boolean flag) {
      return flag ? BigInteger.ONE : BigInteger.ZERO;
    }
    return integer instanceof BigInteger big ? big : BigInteger.valueOf((Long) integer);
  }

  /** The same, where it may be something else. */
  static BigInteger integer(Object value, String what) {
    if (isInteger(value)) {
      return big(value);
    }
    throw new IllegalArgumentException(what + " must be an integer, not " + type(used(value)));
  }

  static double real(Object number) {
    if (number instanceof BigInteger big && Double.isInfinite(big.doubleValue())) {
      throw new IllegalArgumentException("int too large to convert to float");
    } else if (number instanceof Number real) {
      return real.doubleValue();
    } else if (number instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    throw new IllegalArgumentException("must be real number, not " + type(used(number)));
  }

  /** A Long where one holds it. */
  static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  static boolean equal(Object left, Object right) {
    if (isNumber(left) && isNumber(right)) {
      return isInteger(left) && isInteger(right)
          ? big(left).equals(big(right))
          : !isNan(left) && !isNan(right) && compareNumbers(left, right) == 0;
    } else if (left instanceof List<?> one && right instanceof List<?> other) {
      return left instanceof Tuple == right instanceof Tuple && equalLists(one, other);
    } else if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      return equalMaps(one, other);
    }
    return used(left).equals(used(right));
  }

  private static boolean isNan(Object number) {
    return number instanceof Double real && real.isNaN();
  }

  /** A large integer is not the float that is nearest to it. */
  private static int compareNumbers(Object left, Object right) {
    double one = nearest(left);
    double other = nearest(right);
    boolean exact = Math.abs(one) < EXACT_LIMIT || Math.abs(other) < EXACT_LIMIT;
    boolean infinite =
        left instanceof Double a && a.isInfinite() || right instanceof Double b && b.isInfinite();
    if (exact || infinite) {
      return one == other ? 0 : Double.compare(one, other);
    }
    return exactly(left).compareTo(exactly(right));
  }

  private static double nearest(Object number) {
    return number instanceof BigInteger big ? big.doubleValue() : real(number);
  }

  private static BigDecimal exactly(Object number) {
    return isInteger(number) ? new BigDecimal(big(number)) : new BigDecimal((Double) number);
  }

  private static boolean equalLists(List<?> one, List<?> other) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<?> others = other.iterator();
    for (Object member : one) {
      if (!equal(member, others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMaps(Map<?, ?> one, Map<?, ?> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      Object there = other.get(entry.getKey());
      if (there == null || !equal(entry.getValue(), there)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Python's order, negative where {@code left} is smaller.
   *
   * @throws IllegalArgumentException where there is none between the two
   */
  static int compare(Object left, Object right, String operator) {
    if (isInteger(left) && isInteger(right)) {
      return big(left).compareTo(big(right));
    } else if (isNumber(left) && isNumber(right)) {
      return compareNumbers(left, right);
    } else if (left instanceof String one && right instanceof String other) {
      return one.compareTo(other);
    } else if (left instanceof List<?> one
        && right instanceof List<?> other
        && left instanceof Tuple == right instanceof Tuple) {
      return compareLists(one, other, operator);
    }
    if (left instanceof LocalDateTime one && right instanceof LocalDateTime other) {
      return one.compareTo(other);
    }
    throw new IllegalArgumentException(
        "'"
            + operator
            + "' not supported between instances of '"
            + type(used(left))
            + "' and '"
            + type(used(right))
            + "'");
  }

  private static int compareLists(List<?> one, List<?> other, String operator) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!equal(one.get(i), other.get(i))) {
        return compare(one.get(i), other.get(i), operator);
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  /** Python's {@code in}. */
  static boolean contains(Object container, Object member) {
    if (container instanceof String text) {
      if (used(member) instanceof String part) {
        return text.contains(part);
      }
      throw new IllegalArgumentException(
          "'in <string>' requires string as left operand, not " + type(member));
    } else if (container instanceof Map<?, ?> map) {
      return map.containsKey(key(used(member)))
          || map.keySet().stream().anyMatch(key -> equal(key, member));
    } else if (container instanceof Collection<?> collection) {
      used(member);
      return collection.stream().anyMatch(each -> equal(each, member));
    }
    throw new IllegalArgumentException(
        "argument of type '" + type(used(container)) + "' is not iterable");
  }

  /** What a loop over it gives: members, keys, or characters. */
  static ImmutableList<Object> iterate(Object value) {
    if (value instanceof Collection<?> collection) {
      return ImmutableList.copyOf(collection);
    } else if (value instanceof Map<?, ?> map) {
      return ImmutableList.copyOf(map.keySet());
    } else if (value instanceof String text) {
      return text.codePoints()
          .mapToObj(Character::toString)
          .collect(ImmutableList.toImmutableList());
    }
    throw new IllegalArgumentException("'" + type(used(value)) + "' object is not iterable");
  }

  /**
   * A key of a dictionary.
   *
   * @throws IllegalArgumentException where it may still change
   */
  static Object key(Object value) {
    if (value instanceof Map || value instanceof List && !(value instanceof Tuple)) {
      throw new IllegalArgumentException("unhashable type: '" + type(value) + "'");
    }
    return value;
  }

  /** Python's name for its type. */
  static String type(Object value) {
    if (value instanceof String) {
      return "str";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof Double) {
      return "float";
    } else if (value instanceof Number) {
      return "int";
    } else if (value instanceof Tuple) {
      return "tuple";
    } else if (value instanceof List) {
      return "list";
    } else if (value instanceof Map) {
      return "dict";
    }
    return value == None.NONE ? "NoneType" : typeOfOther(value);
  }

  private static String typeOfOther(Object value) {
    if (value instanceof LocalDateTime) {
      return "datetime";
    } else if (value instanceof java.time.Duration) {
      return "timedelta";
    }
    return value instanceof Undefined ? "AnsibleUndefined" : value.getClass().getSimpleName();
  }
}
