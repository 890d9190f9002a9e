package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import java.util.TreeSet;

/**
 * Flags that a file of an ext4, xfs or btrfs file system is to have, as {@code chattr} names them.
 *
 * @param sign {@code +} for these too, {@code -} for none of these, {@code =} for these alone
 */
record FileFlags(char sign, String letters) {
  /**
   * How a file is stored, and no wish of anybody's: whether it has extents, is inline or indexed.
   */
  private static final String OF_THE_SYSTEM = "eEIhNV";

  static FileFlags of(String text) {
    boolean signed = !text.isEmpty() && "+-=".indexOf(text.charAt(0)) >= 0;
    String letters = signed ? text.substring(1) : text;
    if (!letters.matches("[A-Za-z]*")) {
      throw new IllegalArgumentException(
          "'attributes' takes letters as chattr names them, with +, - or = before them, not '"
              + text
              + "'");
    }
    return new FileFlags(signed ? text.charAt(0) : '=', letters);
  }

  /** What {@code chattr} has to be told about a file that has these; nothing where it is right. */
  ImmutableList<String> operands(String seen) {
    ImmutableList.Builder<String> operands = ImmutableList.builder();
    String more = sign == '-' ? "" : without(letters, seen);
    String less =
        switch (sign) {
          case '-' -> without(letters, without(letters, seen));
          case '=' -> without(without(seen, letters), OF_THE_SYSTEM);
          default -> "";
        };
    if (!more.isEmpty()) {
      operands.add("+" + more);
    }
    if (!less.isEmpty()) {
      operands.add("-" + less);
    }
    return operands.build();
  }

  /** The flags of a file that had these. */
  String over(String seen) {
    TreeSet<Character> all = new TreeSet<>();
    for (char letter : (sign == '-' ? without(seen, letters) : seen + letters).toCharArray()) {
      all.add(letter);
    }
    StringBuilder text = new StringBuilder();
    all.stream()
        .filter(
            letter ->
                sign != '=' || letters.indexOf(letter) >= 0 || OF_THE_SYSTEM.indexOf(letter) >= 0)
        .forEach(text::append);
    return text.toString();
  }

  private static String without(String letters, String others) {
    StringBuilder rest = new StringBuilder();
    for (char letter : letters.toCharArray()) {
      if (others.indexOf(letter) < 0) {
        rest.append(letter);
      }
    }
    return rest.toString();
  }
}
