package dev.belay.module;

/**
 * Something true about a task's outcome that its status alone does not say.
 *
 * @param text one sentence without a full stop
 */
public record Remark(Kind kind, String text) {

  /** What sort of remark it is: reports group by it. */
  public enum Kind {
    /** Good to know. */
    NOTE,
    /** Allowed, and may do harm. */
    RISK,
    /** Another file or service wins over what was set here. */
    SHADOWED,
    /** Set, and in force only after a restart that is not done here. */
    RESTART_NEEDED
  }

  public static Remark note(String text) {
    return new Remark(Kind.NOTE, text);
  }

  public static Remark risk(String text) {
    return new Remark(Kind.RISK, text);
  }

  public static Remark shadowed(String text) {
    return new Remark(Kind.SHADOWED, text);
  }

  public static Remark restartNeeded(String text) {
    return new Remark(Kind.RESTART_NEEDED, text);
  }
}
