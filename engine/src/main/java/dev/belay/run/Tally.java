package dev.belay.run;

/**
 * One host's line of the recap: Ansible's counters, and ours beside them.
 *
 * @param ok tasks that ended well, changed or not
 * @param changed tasks that changed something, or in a check would
 * @param ignored tasks that failed and were ignored; they count as ok too, as Ansible has it
 * @param forgiven failures that {@code meta: clear_host_errors} took back; they still count as
 *     failed
 * @param roundTrips how often the host was asked and answered, without connecting
 */
public record Tally(
    int ok,
    int changed,
    int unreachable,
    int failed,
    int skipped,
    int rescued,
    int ignored,
    int unsupported,
    int unverifiable,
    int unknown,
    int forgiven,
    int roundTrips) {

  public static Tally none() {
    return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** One more task. */
  Tally plus(Outcome outcome) {
    Status status = outcome.status();
    boolean went = status == Status.OK || outcome.notifies() || outcome.ignored();
    return new Tally(
        ok + one(went),
        changed + one(outcome.notifies()),
        unreachable + one(status == Status.UNREACHABLE && !outcome.ignored()),
        failed + one(status == Status.FAILED && !outcome.ignored()),
        skipped + one(status == Status.SKIPPED),
        rescued,
        ignored + one(outcome.ignored()),
        unsupported + one(status == Status.UNSUPPORTED),
        unverifiable + one(status == Status.UNVERIFIABLE),
        unknown + one(status == Status.UNKNOWN),
        forgiven,
        roundTrips);
  }

  /** Both together: a host in two plays. */
  Tally plus(Tally other) {
    return new Tally(
        ok + other.ok,
        changed + other.changed,
        unreachable + other.unreachable,
        failed + other.failed,
        skipped + other.skipped,
        rescued + other.rescued,
        ignored + other.ignored,
        unsupported + other.unsupported,
        unverifiable + other.unverifiable,
        unknown + other.unknown,
        forgiven + other.forgiven,
        roundTrips + other.roundTrips);
  }

  /** A failure that a rescue took care of counts as that, and no longer as a failure. */
  Tally withRescue() {
    return plus(new Tally(0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0));
  }

  /** No failure so far ends the run with one. */
  Tally withForgiveness() {
    return plus(new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, failed - forgiven, 0));
  }

  /** Failures that count at the end. */
  public int unforgiven() {
    return failed - forgiven;
  }

  /** Of a loop that includes, each turn counts, as Ansible has it. */
  Tally plusOk(int more) {
    return plus(new Tally(more, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  Tally plusRoundTrips(int more) {
    return plus(new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, more));
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }
}
