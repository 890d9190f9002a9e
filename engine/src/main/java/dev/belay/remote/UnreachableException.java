package dev.belay.remote;

/**
 * A host could not be talked to, or no longer can: the phase it happened in, and the cause in
 * words.
 */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** How far it got. */
  public enum Phase {
    RESOLVE,
    CONNECT,
    HOST_KEY,
    AUTHENTICATION,
    CHANNEL,
    /** It was connected, and the connection ended or fell silent. */
    SESSION
  }

  private final Phase phase;

  public UnreachableException(Phase phase, String why) {
    super(why);
    this.phase = phase;
  }

  public UnreachableException(Phase phase, String why, Throwable cause) {
    super(why, cause);
    this.phase = phase;
  }

  public Phase phase() {
    return phase;
  }
}
