package dev.belay.template;

import dev.belay.problem.Position;

/**
 * What one evaluation may still do. Loops within loops, texts that double in each round and
 * patterns that try everything end with a clear error, and not with the machine.
 */
final class Budget {
  /** Many times what an honest template does, and less than a second of a slow processor. */
  private static final long STEP_LIMIT = 5_000_000;

  /** Characters that patterns may look at. */
  private static final long LOOK_LIMIT = 20_000_000;

  private final long[] looks = {LOOK_LIMIT};
  private long left = STEP_LIMIT;

  void spend(Position at, long steps) {
    left -= steps;
    if (left < 0) {
      throw new EvaluationException(
          at,
          "this takes more than "
              + STEP_LIMIT
              + " steps: too many rounds, or values too large; do less in one template");
    }
  }

  /** A text that patterns of this evaluation may look at. */
  CharSequence looked(String text) {
    return PythonRegex.bounded(text, looks);
  }
}
