package dev.belay.cli;

import dev.belay.run.Recap;
import dev.belay.run.Tally;

/** How the program ends: scripts depend on it. */
enum ExitCode {
  FINE(0, "All went well."),
  USAGE(1, "A mistake on the command line or in a file, or one of Belay's own."),
  FAILED(2, "A task failed on some host."),
  DRIFT(
      3,
      "All was reached, nothing failed, and something differs: in an audit, and in a run or check with --detailed-exitcode."),
  UNREACHABLE(4, "A host could not be reached, and no task failed.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** One sentence for the documentation. */
  String meaning() {
    return meaning;
  }

  int code() {
    return code;
  }

  /** What a run comes to; as Ansible has it, failed wins over unreachable. */
  static ExitCode of(Recap recap) {
    if (recap.total(Tally::unforgiven) > 0) {
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
