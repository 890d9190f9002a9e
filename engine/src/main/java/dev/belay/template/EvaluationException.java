package dev.belay.template;

import dev.belay.problem.Position;

/**
 * An expression that was well formed has no value here: undefined variable, wrong type, failing
 * filter.
 */
public class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Position at;

  public EvaluationException(Position at, String what) {
    super(what, null, false, false);
    this.at = at;
  }

  /** Where in the user's file. */
  public Position at() {
    return at;
  }
}
