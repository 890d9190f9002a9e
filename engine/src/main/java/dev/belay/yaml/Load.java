package dev.belay.yaml;

/**
 * How much memory a file takes as nodes. Its size alone is no bound: a value of one letter takes
 * fifty times as much. The figures are those of a JVM of less than 32 GB.
 */
final class Load {
  /** In bytes: with what reading takes besides it stays below a hundred megabytes. */
  static final long LIMIT = 88L * 1024 * 1024;

  /** A scalar without its text. */
  static final int SCALAR = 60;

  /** A text without its characters. */
  static final int TEXT = 48;

  /** A value that is no text. */
  static final int VALUE = 24;

  /** A value that waits for its password. */
  static final int SEALED = 300;

  /** A name for a value. */
  static final int ANCHOR = 200;

  /** A mistake that will be told. */
  static final int PROBLEM = 500;

  /** A list or mapping without what is inside. */
  static final int COLLECTION = 112;

  /** A line of a mapping without its key and value. */
  static final int ENTRY = 28;

  /** What it takes besides while its mapping is read. */
  static final int OPEN_ENTRY = 60;

  /** A place in a list. */
  static final int REFERENCE = 8;

  private final int widthOfCharacter;
  private long bytes;

  private Load(int widthOfCharacter) {
    this.widthOfCharacter = widthOfCharacter;
  }

  /** Begins with the text itself. */
  static Load of(String text) {
    Load load = new Load(text.chars().allMatch(c -> c <= 0xff) ? 1 : 2);
    load.addText(text.length());
    return load;
  }

  void addText(int characters) {
    add((long) characters * widthOfCharacter);
  }

  void add(long more) {
    bytes += more;
    if (bytes > LIMIT) {
      throw new TooMuchException();
    }
  }

  void remove(long less) {
    bytes -= less;
  }

  /** It is more than {@link #LIMIT}. */
  static final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchException() {
      super("too much", null, false, false);
    }
  }
}
