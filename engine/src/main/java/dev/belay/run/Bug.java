package dev.belay.run;

import com.google.common.base.Throwables;
import dev.belay.template.EvaluationException;

/** Tells of a mistake of ours, which costs one host and not the run. */
final class Bug {
  private Bug() {}

  static String report(String host, RuntimeException e) {
    return "internal error on "
        + host
        + ", please report it:\n"
        + Throwables.getStackTraceAsString(e);
  }

  /** The place of a user's mistake, for a message. */
  static String place(RuntimeException e) {
    return e instanceof EvaluationException evaluation ? evaluation.at() + ": " : "";
  }
}
