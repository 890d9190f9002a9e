package dev.belay.module;

import dev.belay.shell.Sh;

/** One thing to ask a host, read-only. */
public sealed interface Question {

  /** What the host runs to answer; standard input is empty, the locale is C. */
  Sh sh();

  /** Any read-only command. */
  record Ask(Sh sh) implements Question {}

  /**
   * The text of a file: standard output is its content and the status 0; where it does not exist
   * the status is 3, where it exists and cannot be read 4 with the reason on standard error.
   * Questions of this kind that follow each other are fused into one command on the host.
   */
  record Text(String path) implements Question {
    @Override
    public Sh sh() {
      return Sh.of("if [ -e {} ]; then cat -- {} || exit 4; else exit 3; fi", path, path);
    }
  }
}
