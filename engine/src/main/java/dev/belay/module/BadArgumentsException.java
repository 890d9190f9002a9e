package dev.belay.module;

import com.google.common.collect.ImmutableList;

/**
 * What is wrong with the arguments of a task: sentences for the user, to be shown at the task's
 * place.
 */
public final class BadArgumentsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<String> wrong;

  public BadArgumentsException(ImmutableList<String> wrong) {
    super(String.join("; ", wrong), null, false, false);
    this.wrong = wrong;
  }

  public ImmutableList<String> wrong() {
    return wrong;
  }
}
