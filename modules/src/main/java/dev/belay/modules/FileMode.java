package dev.belay.modules;

import com.google.common.base.Splitter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File modes as {@code chmod} takes them. */
final class FileMode {
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)");
  private static final Pattern ACTION = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");
  private static final int ANY_EXECUTE = 0111;
  private static final int SPECIAL = 07000;

  private FileMode() {}

  /**
   * What a mode comes to on something that has {@code bits} now: octal, four digits.
   *
   * @param umask bits that a clause without a user does not touch
   */
  static String over(String mode, int bits, boolean directory, int umask) {
    if (mode.matches("[0-7]+")) {
      return String.format("%04o", Integer.parseInt(mode, 8));
    }
    int result = bits;
    for (String clause : Splitter.on(',').split(mode)) {
      Matcher parts = CLAUSE.matcher(clause);
      if (!parts.matches()) {
        throw new IllegalArgumentException("'" + mode + "' is no file mode");
      }
      // As in Ansible, 'u=g' and 'X' mean what was there before any clause.
      int open = parts.group(1).isEmpty() ? ~umask | SPECIAL : -1;
      result = applied(parts.group(1), parts.group(2), result, new Given(bits, directory, open));
    }
    return String.format("%04o", result);
  }

  /** What clauses refer to. */
  private record Given(int bits, boolean directory, int open) {}

  private static int applied(String who, String actions, int bits, Given given) {
    String whom = who.isEmpty() || who.contains("a") ? "ugo" : who;
    int result = bits;
    Matcher action = ACTION.matcher(actions);
    while (action.find()) {
      String what = action.group(2);
      int wanted = wanted(whom, what, given);
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

  private static int wanted(String whom, String what, Given given) {
    if (what.length() == 1 && "ugo".contains(what)) {
      int shift = what.equals("u") ? 6 : what.equals("g") ? 3 : 0;
      return spread(whom, given.bits >> shift & 7);
    }
    int each =
        (what.contains("r") ? 4 : 0) | (what.contains("w") ? 2 : 0) | (what.contains("x") ? 1 : 0);
    // The umask does not hold for X.
    boolean executes = given.directory || (given.bits & ANY_EXECUTE) != 0;
    int always = what.contains("X") && executes ? 1 : 0;
    return spread(whom, each) & given.open | spread(whom, always) | special(whom, what);
  }

  private static int special(String whom, String what) {
    return (what.contains("s") && whom.contains("u") ? 04000 : 0)
        | (what.contains("s") && whom.contains("g") ? 02000 : 0)
        | (what.contains("t") && whom.contains("o") ? 01000 : 0);
  }

  private static int spread(String whom, int each) {
    return (whom.contains("u") ? each << 6 : 0)
        | (whom.contains("g") ? each << 3 : 0)
        | (whom.contains("o") ? each : 0);
  }
}
