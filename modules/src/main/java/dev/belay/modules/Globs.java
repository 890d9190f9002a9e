package dev.belay.modules;

/** Shell patterns for names, as Python's {@code fnmatch} reads them. */
final class Globs {
  private Globs() {}

  /** The regular expression, Python's, for a whole name. */
  static String regex(String glob) {
    StringBuilder regex = new StringBuilder("(?s:");
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = c == '[' ? close(glob, i) : -1;
      if (close > 0) {
        String members = glob.substring(i + 1, close).replace("\\", "\\\\");
        regex.append(
            members.startsWith("!")
                ? "[^" + members.substring(1) + "]"
                : "[" + escaped(members) + "]");
        i = close;
      } else {
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> Character.isLetterOrDigit(c) || c > 127 || c == '_' ? "" + c : "\\" + c;
            });
      }
    }
    return regex.append(")\\Z").toString();
  }

  /** The bracket that closes, where there is one: right behind the opening one it is a member. */
  private static int close(String glob, int open) {
    int from = open + 1;
    from += from < glob.length() && glob.charAt(from) == '!' ? 1 : 0;
    return glob.indexOf(']', from + 1);
  }

  private static String escaped(String members) {
    return members.startsWith("^") ? "\\" + members : members;
  }
}
