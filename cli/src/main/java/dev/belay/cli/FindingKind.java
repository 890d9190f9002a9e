package dev.belay.cli;

import dev.belay.module.Remark;

/** What sort of thing an audit finds; the worst first, which is the order of all reports. */
enum FindingKind {
  FAILED("failed", ExitCode.FAILED, "The task failed, or a mistake ended the host."),
  UNREACHABLE("unreachable", ExitCode.UNREACHABLE, "The host could not be reached, or was lost."),
  DRIFT(
      "drift",
      ExitCode.DRIFT,
      "What was seen is not what is wanted, or a run would do a deed that has no state to compare."),
  SHADOWED(
      "shadowed",
      ExitCode.DRIFT,
      "It is as wanted, and another file or service wins over it, at once or at the next boot."),
  RESTART_NEEDED("restart-needed", ExitCode.DRIFT, "It is set, and in force only after a restart."),
  RISK("risk", ExitCode.FINE, "It is as the playbook says, and may do harm."),
  HANDLED("handled", ExitCode.FINE, "A task failed, and the playbook ignores that or rescues it."),
  UNVERIFIABLE("unverifiable", ExitCode.FINE, "It is there, and its state cannot be known."),
  UNKNOWN("unknown", ExitCode.FINE, "It depends on a deed that a check does not do."),
  UNSUPPORTED("unsupported", ExitCode.FINE, "There is no such thing on this host."),
  NOTE("note", ExitCode.FINE, "Good to know.");

  private final String word;
  private final ExitCode exit;
  private final String meaning;

  FindingKind(String word, ExitCode exit, String meaning) {
    this.word = word;
    this.exit = exit;
    this.meaning = meaning;
  }

  /** The word that reports use. */
  String word() {
    return word;
  }

  /** How an audit ends where this is the worst that it found. */
  ExitCode exit() {
    return exit;
  }

  /** One sentence for the documentation. */
  String meaning() {
    return meaning;
  }

  boolean isWorseThan(FindingKind other) {
    return compareTo(other) < 0;
  }

  static FindingKind of(Remark.Kind kind) {
    return switch (kind) {
      case NOTE -> NOTE;
      case RISK -> RISK;
      case SHADOWED -> SHADOWED;
      case RESTART_NEEDED -> RESTART_NEEDED;
    };
  }
}
