package dev.belay.template;

/**
 * An expression touched an {@link dev.belay.value.Unknown}: in a check, what hangs on an action is
 * unknown too.
 */
public final class UnknownValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownValueException(String why) {
    super(why, null, false, false);
  }
}
