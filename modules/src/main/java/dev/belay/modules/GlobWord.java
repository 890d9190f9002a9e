package dev.belay.modules;

import dev.belay.shell.Sh;

/**
 * A path in which {@code *}, {@code ?} and {@code [} are the shell's patterns, and nothing else is
 * the shell's.
 */
record GlobWord(String pattern) {

  Sh sh() {
    Sh word = Sh.of("");
    StringBuilder plain = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      if ("*?[]".indexOf(c) >= 0) {
        word = joined(joined(word, plain.toString()), c);
        plain.setLength(0);
      } else {
        plain.append(c);
      }
    }
    return joined(word, plain.toString());
  }

  private static Sh joined(Sh word, String plain) {
    return plain.isEmpty() ? word : Sh.of("{}{}", word, plain);
  }

  private static Sh joined(Sh word, char special) {
    return switch (special) {
      case '*' -> Sh.of("{}*", word);
      case '?' -> Sh.of("{}?", word);
      case '[' -> Sh.of("{}[", word);
      default -> Sh.of("{}]", word);
    };
  }
}
