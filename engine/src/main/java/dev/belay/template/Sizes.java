package dev.belay.template;

import java.util.Collection;
import java.util.Map;

/**
 * How large values may become, so that a slip of a zero, or an attack through a variable, costs one
 * task its host and not the machine its memory.
 */
final class Sizes {
  /** Characters of one text. */
  static final long TEXT_LIMIT = 10_000_000;

  /** Members of one list or dictionary. */
  static final long MEMBER_LIMIT = 1_000_000;

  /** Steps that a character costs, and so on: what it fills of the memory, roughly. */
  private static final long CHARACTERS_A_STEP = 8;

  private static final long STEPS_A_MEMBER = 4;

  private Sizes() {}

  /**
   * Refuses a text of so many characters before it is made.
   *
   * @throws IllegalArgumentException where it would be too long
   */
  static long text(long length) {
    if (length > TEXT_LIMIT) {
      throw new IllegalArgumentException(
          "this would make a text of more than " + TEXT_LIMIT + " characters");
    }
    return length;
  }

  /**
   * Refuses so many members before they are made.
   *
   * @throws IllegalArgumentException where they would be too many
   */
  static long members(long count) {
    if (count > MEMBER_LIMIT) {
      throw new IllegalArgumentException("this would make more than " + MEMBER_LIMIT + " members");
    }
    return count;
  }

  /** A text so many times; none where that is less than once. */
  static String repeat(String text, long times) {
    if (times <= 0 || text.isEmpty()) {
      return "";
    }
    text(times > TEXT_LIMIT ? times : text.length() * times);
    return text.repeat((int) times);
  }

  /** What fills a text up to a width. */
  static String fill(String fill, long width, String text) {
    return repeat(fill, width - text.codePointCount(0, text.length()));
  }

  /** The steps that making a value counts for. */
  static long steps(Object value) {
    if (value instanceof String text) {
      return text.length() / CHARACTERS_A_STEP;
    } else if (value instanceof Collection<?> members) {
      return members.size() * STEPS_A_MEMBER;
    }
    return value instanceof Map<?, ?> map ? map.size() * 2 * STEPS_A_MEMBER : 0;
  }
}
