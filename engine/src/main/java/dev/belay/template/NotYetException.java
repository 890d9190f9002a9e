package dev.belay.template;

/**
 * An expression needs a value that a task has still to give. Not a mistake: whoever looked ahead
 * stops looking, and asks again when the task is done.
 */
public final class NotYetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code variable} is the name that was asked for. */
  public NotYetException(String variable) {
    super(variable, null, false, false);
  }
}
