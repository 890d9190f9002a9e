package dev.belay.template;

import dev.belay.problem.Position;

/** A value was used that is not defined. */
public final class UndefinedException extends EvaluationException {
  private static final long serialVersionUID = 1L;

  public UndefinedException(Position at, String what) {
    super(at, what);
  }
}
