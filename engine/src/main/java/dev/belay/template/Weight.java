package dev.belay.template;

import java.util.List;
import java.util.Map;

/**
 * How many values are inside of one, where one that stands in several places counts in each: what
 * compares or copies a value goes through them all.
 */
final class Weight {
  private static final long LIMIT = 2_000_000;

  /** Lists within lists: so many are a slip, or an attack. */
  static final int DEPTH_LIMIT = 200;

  private long left = LIMIT;

  /**
   * Counts one more that stands so deep.
   *
   * @throws IllegalArgumentException where it is too deep, or they are too many
   */
  void add(int level) {
    if (level > DEPTH_LIMIT) {
      throw new IllegalArgumentException("this value nests more than " + DEPTH_LIMIT + " deep");
    } else if (--left < 0) {
      throw new IllegalArgumentException("there are more than " + LIMIT + " values in this one");
    }
  }

  /** Refuses what is too heavy. */
  static Object checked(Object value) {
    new Weight().add(value, 0);
    return value;
  }

  private void add(Object value, int level) {
    add(level);
    if (value instanceof Map<?, ?> map && !(value instanceof LateMap)) {
      map.values().forEach(member -> add(member, level + 1));
    } else if (value instanceof List<?> list) {
      list.forEach(member -> add(member, level + 1));
    }
  }
}
