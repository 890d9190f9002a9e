package dev.belay.run;

import com.google.common.base.Throwables;

/** Tells of a mistake of ours, which costs one host and not the run. */
final class Bug {
  private Bug() {}

  static String report(String host, RuntimeException e) {
    return "internal error on "
        + host
        + ", please report it:\n"
        + Throwables.getStackTraceAsString(e);
  }
}
