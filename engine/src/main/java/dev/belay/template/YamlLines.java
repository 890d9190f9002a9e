package dev.belay.template;

/** The lines of a YAML text while it is written: how far the last one has come. */
final class YamlLines {
  private final StringBuilder text = new StringBuilder();
  private final long width;
  private int column;
  private boolean space = true;
  private boolean indention = true;

  YamlLines(long width) {
    this.width = width;
  }

  int length() {
    return text.length();
  }

  /** All of it, with the end of the last line. */
  String text() {
    return text + "\n";
  }

  /** Whether the line is longer than lines should be. */
  boolean isFull() {
    return column > width;
  }

  /** Goes to a column, on a new line unless nothing but marks of lists stands before it. */
  void indent(int level) {
    if (!indention || column > level || column == level && !space) {
      lineEnd();
    }
    if (column < level) {
      text.append(" ".repeat(level - column));
      column = level;
    }
    space = true;
    indention = true;
  }

  void lineEnd() {
    text.append('\n');
    column = 0;
    space = true;
    indention = true;
  }

  /** A mark of YAML's own; {@code apart}, with a space before it; or one that lines begin with. */
  void mark(String mark, boolean apart, boolean begins) {
    if (apart && !space) {
      put(' ');
    }
    text.append(mark);
    column += mark.length();
    space = false;
    indention = indention && begins;
  }

  /** No space is wanted behind what was written last. */
  void open() {
    space = true;
  }

  /** Where a text without quotes begins. */
  void begin() {
    if (!space) {
      put(' ');
    }
    space = false;
    indention = false;
  }

  void put(int c) {
    text.appendCodePoint(c);
    column++;
    space = false;
    indention = false;
  }

  void put(String words) {
    text.append(words);
    column += words.length();
    space = false;
    indention = false;
  }
}
