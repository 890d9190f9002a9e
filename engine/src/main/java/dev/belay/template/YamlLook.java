package dev.belay.template;

/**
 * How a text may be written in YAML, by what is in it.
 *
 * @param plain without quotes, on a line of its own
 * @param plainInFlow without quotes, inside of brackets
 * @param single in single quotes
 */
record YamlLook(boolean plain, boolean plainInFlow, boolean single) {
  private static final String SPACES = " \t\r\n\u0085\u2028\u2029";
  private static final String BREAKS = "\r\n\u0085\u2028\u2029";

  static YamlLook at(String text) {
    if (text.isEmpty()) {
      return new YamlLook(false, false, true);
    }
    boolean special = text.codePoints().anyMatch(c -> c != '\n' && !isPrintable(c));
    boolean breaks = text.chars().anyMatch(c -> BREAKS.indexOf(c) >= 0);
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    boolean edges = isSpace(first) || isSpace(last);
    boolean spaceBreak = text.contains(" \n");
    boolean breakSpace = text.contains("\n ");
    boolean start = text.startsWith("---") || text.startsWith("...");
    boolean bare = !edges && !breaks && !special && !start;
    return new YamlLook(
        bare && !hasBlockMark(text),
        bare && !hasFlowMark(text) && !hasBlockMark(text),
        !special && !spaceBreak && !breakSpace);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || BREAKS.indexOf(c) >= 0;
  }

  static boolean isPrintable(int c) {
    return c >= ' ' && c <= 0x7e
        || c == 0x85
        || c >= 0xa0 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd && c != 0xfeff;
  }

  private static boolean isFollowed(String text, int at) {
    return at + 1 >= text.length() || SPACES.indexOf(text.charAt(at + 1)) >= 0;
  }

  private static boolean hasBlockMark(String text) {
    char first = text.charAt(0);
    if ("#,[]{}&*!|>'\"%@`".indexOf(first) >= 0
        || "-?:".indexOf(first) >= 0 && isFollowed(text, 0)) {
      return true;
    }
    for (int i = 1; i < text.length(); i++) {
      boolean colon = text.charAt(i) == ':' && isFollowed(text, i);
      if (colon || text.charAt(i) == '#' && SPACES.indexOf(text.charAt(i - 1)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasFlowMark(String text) {
    return "?:".indexOf(text.charAt(0)) >= 0
        || text.substring(1).chars().anyMatch(c -> ",?[]{}:".indexOf(c) >= 0);
  }
}
