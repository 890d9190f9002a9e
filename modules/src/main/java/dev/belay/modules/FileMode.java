package dev.belay.modules;

import com.google.common.base.Splitter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File modes as {@code chmod} takes them. */
final class FileMode {
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)");
  private static final Pattern ACTION = Pattern.compile("([-+=])([rwxXst]*|[ugo])");
  private static final int ANY_EXECUTE = 0111;

  private FileMode() {}

  /** What a mode comes to on something that has {@code bits} now: octal, four digits. */
  static String over(String mode, int bits, boolean directory) {
    if (mode.matches("[0-7]+")) {
      return String.format("%04o", Integer.parseInt(mode, 8));
    }
    int result = bits;
    for (String clause : Splitter.on(',').split(mode)) {
      Matcher parts = CLAUSE.matcher(clause);
      if (!parts.matches()) {
        throw new IllegalArgumentException("'" + mode + "' is no file mode");
      }
      result = applied(parts.group(1), parts.group(2), result, directory);
    }
    return String.format("%04o", result);
  }

  private static int applied(String who, String actions, int bits, boolean directory) {
    String whom = who.isEmpty() || who.contains("a") ? "ugo" : who;
    int result = bits;
    Matcher action = ACTION.matcher(actions);
    while (action.find()) {
      int wanted = wanted(whom, action.group(2), result, directory);
      result =
          switch (action.group(1).charAt(0)) {
            case '+' -> result | wanted;
            case '-' -> result & ~wanted;
            default -> result & ~mask(whom) | wanted;
          };
    }
    return result;
  }

  private static int mask(String whom) {
    return (whom.contains("u") ? 04700 : 0)
        | (whom.contains("g") ? 02070 : 0)
        | (whom.contains("o") ? 01007 : 0);
  }

  private static int wanted(String whom, String what, int bits, boolean directory) {
    int each = 0;
    int special = 0;
    if (what.length() == 1 && "ugo".contains(what)) {
      each = bits >> (what.equals("u") ? 6 : what.equals("g") ? 3 : 0) & 7;
    } else {
      each =
          (what.contains("r") ? 4 : 0)
              | (what.contains("w") ? 2 : 0)
              | (what.contains("x") ? 1 : 0);
      each |= what.contains("X") && (directory || (bits & ANY_EXECUTE) != 0) ? 1 : 0;
      special =
          (what.contains("s")
                  ? (whom.contains("u") ? 04000 : 0) | (whom.contains("g") ? 02000 : 0)
                  : 0)
              | (what.contains("t") ? 01000 : 0);
    }
    return special
        | (whom.contains("u") ? each << 6 : 0)
        | (whom.contains("g") ? each << 3 : 0)
        | (whom.contains("o") ? each : 0);
  }
}
