package dev.belay.modules;

import com.google.common.collect.ImmutableList;

/**
 * Splits a command into its words as a POSIX shell would, quotes and backslashes honoured, and
 * nothing expanded.
 */
final class ShellWords {
  private final String text;
  private final ImmutableList.Builder<String> words = ImmutableList.builder();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /**
   * The words.
   *
   * @throws IllegalArgumentException where a quote is not closed
   */
  static ImmutableList<String> split(String text) {
    ShellWords words = new ShellWords(text);
    while (words.at < text.length()) {
      words.next(text.charAt(words.at++));
    }
    words.end();
    return words.words.build();
  }

  private void next(char c) {
    if (Character.isWhitespace(c)) {
      end();
      return;
    }
    begun = true;
    if (c == '\'' || c == '"') {
      quoted(c);
    } else if (c == '\\' && at < text.length()) {
      word.append(text.charAt(at++));
    } else {
      word.append(c);
    }
  }

  private void quoted(char quote) {
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      boolean escapes =
          c == '\\' && quote == '"' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0;
      word.append(escapes ? text.charAt(at++) : c);
    }
    if (at++ >= text.length()) {
      throw new IllegalArgumentException("this command has no closing quotation");
    }
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
      begun = false;
    }
  }
}
