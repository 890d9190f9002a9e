package dev.belay.template;

/** A text is not JSON. */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String what;

  JsonException(String what, int offset) {
    super(what + ": char " + offset);
    this.what = what;
    this.offset = offset;
  }

  /** What is wrong, without the place. */
  public String what() {
    return what;
  }

  /** At which character, counted from 0. */
  public int offset() {
    return offset;
  }
}
