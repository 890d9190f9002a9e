package dev.belay.run;

/** How a task ended on a host. */
public enum Status {
  OK("ok"),
  CHANGED("changed"),
  /** A check found a difference, and shows what a run would do. */
  WOULD_CHANGE("would change"),
  SKIPPED("skipped"),
  FAILED("failed"),
  UNREACHABLE("unreachable"),
  /** The thing to set does not exist on this host: neither failed nor ok. */
  UNSUPPORTED("unsupported"),
  /** The thing exists and its state cannot be known. */
  UNVERIFIABLE("unverifiable"),
  /** It depends on an action that a check does not do. */
  UNKNOWN("unknown");

  private final String word;

  Status(String word) {
    this.word = word;
  }

  /** The word that reports use. */
  public String word() {
    return word;
  }
}
