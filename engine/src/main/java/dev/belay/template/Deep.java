package dev.belay.template;

import dev.belay.problem.Position;
import java.util.function.Supplier;

/** The net under all evaluation: what goes deeper than a thread's stack is an error of one host. */
final class Deep {
  private Deep() {}

  /** Trees are bounded when they are read; values that templates build, and patterns, are not. */
  static <T> T guard(Supplier<T> evaluation) {
    try {
      return evaluation.get();
    } catch (StackOverflowError e) {
      throw new EvaluationException(
          Position.of("template"), "this nests too deep: a value, or a pattern on a long text");
    }
  }
}
