package dev.belay.remote;

/**
 * The host is there, and did not let us become another user: wrong or missing password, not
 * allowed, no such user.
 */
public final class BecomeException extends Exception {
  private static final long serialVersionUID = 1L;

  public BecomeException(String why) {
    super(why);
  }
}
