package dev.belay.problem;

/**
 * One mistake of the user's: where it is, what is wrong, and what to do about it.
 *
 * @param at where
 * @param what what is wrong, one sentence without a full stop
 * @param remedy what to do, one sentence without a full stop; empty where {@code what} says it all
 */
public record Problem(Position at, String what, String remedy) {

  @Override
  public String toString() {
    return at + ": " + what + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
