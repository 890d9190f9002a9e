package dev.belay.cli;

import dev.belay.run.Recap;
import dev.belay.run.Tally;

/** How the program ends: scripts depend on it. */
enum ExitCode {
  FINE(0),
  /** A mistake on the command line or in a file, or one of ours. */
  USAGE(1),
  FAILED(2),
  /** Something differs, where that was asked for. */
  DRIFT(3),
  UNREACHABLE(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** What a run comes to; as Ansible has it, failed wins over unreachable. */
  static ExitCode of(Recap recap) {
    if (recap.total(Tally::failed) > 0) {
      return FAILED;
    }
    return recap.total(Tally::unreachable) > 0 ? UNREACHABLE : FINE;
  }

  /** The same, where a difference counts. */
  static ExitCode detailed(Recap recap) {
    ExitCode code = of(recap);
    return code == FINE && recap.total(Tally::changed) > 0 ? DRIFT : code;
  }
}
