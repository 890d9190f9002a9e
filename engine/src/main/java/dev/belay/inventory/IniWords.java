package dev.belay.inventory;

import com.google.common.collect.ImmutableList;

/**
 * A host's line of an INI inventory in words, as Python's {@code shlex} parts it: quotes hold
 * spaces and go, a backslash takes the next character as it is, {@code #} begins a comment, even in
 * the middle of a word.
 */
final class IniWords {
  private static final String SPACES = " \t\r\n";

  /**
   * A word, and where each of its characters stands in the line.
   *
   * @param places as many as characters, and one more
   */
  record Word(String text, int[] places) {
    /** Where in the line that character of the word stands. */
    int place(int offset) {
      return places[Math.min(offset, places.length - 1)];
    }
  }

  private final String line;
  private final ImmutableList.Builder<Word> words = ImmutableList.builder();
  private final StringBuilder word = new StringBuilder();
  private int[] places = new int[16];
  private boolean begun;
  private int at;

  private IniWords(String line) {
    this.line = line;
  }

  /**
   * The words.
   *
   * @throws IllegalArgumentException where a quote is not closed
   */
  static ImmutableList<Word> split(String line) {
    IniWords words = new IniWords(line);
    words.all();
    return words.words.build();
  }

  private void all() {
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '#') {
        break;
      } else if (SPACES.indexOf(c) >= 0) {
        end();
        at++;
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (c == '\\') {
        at++;
        escaped();
      } else {
        add(c);
      }
    }
    end();
  }

  private void quoted(char quote) {
    begun = true;
    int start = at++;
    while (at < line.length() && line.charAt(at) != quote) {
      char c = line.charAt(at);
      boolean escape = c == '\\' && quote == '"' && at + 1 < line.length();
      if (escape && "\\\"".indexOf(line.charAt(at + 1)) >= 0) {
        at++;
        add(line.charAt(at));
      } else {
        add(c);
      }
    }
    if (at >= line.length()) {
      throw new IllegalArgumentException(
          "the quote at column " + (start + 1) + " is not closed; add " + quote);
    }
    at++;
  }

  private void escaped() {
    if (at >= line.length()) {
      throw new IllegalArgumentException("this line ends with a backslash; remove it");
    }
    add(line.charAt(at));
  }

  private void add(char c) {
    if (word.length() + 1 >= places.length) {
      places = java.util.Arrays.copyOf(places, 2 * places.length);
    }
    places[word.length()] = at++;
    word.append(c);
    begun = true;
  }

  private void end() {
    if (begun) {
      places[word.length()] = at;
      words.add(new Word(word.toString(), java.util.Arrays.copyOf(places, word.length() + 1)));
      word.setLength(0);
      begun = false;
    }
  }
}
