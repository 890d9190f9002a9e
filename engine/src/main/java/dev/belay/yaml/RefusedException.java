package dev.belay.yaml;

import dev.belay.problem.Position;
import dev.belay.problem.Problem;

/** A mistake after which the rest of a file is not read. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  RefusedException(Position at, String what, String remedy) {
    super(what, null, false, false);
    problem = new Problem(at, what, remedy);
  }

  Problem problem() {
    return problem;
  }
}
