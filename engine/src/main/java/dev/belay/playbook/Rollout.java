package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * In which order and how many at a time the hosts of a play are taken, and when the play is given
 * up. All raw: a Template where the user wrote one.
 *
 * @param strategy whether hosts keep step
 * @param order of the hosts
 * @param serial sizes of the batches, the last one again and again; numbers or percentages; empty
 *     for all hosts at once
 * @param maxFailPercentage of a batch: where more fail, the play ends
 * @param forceHandlers whether a host that failed still runs the handlers that it notified
 */
public record Rollout(
    Optional<Object> strategy,
    Optional<Object> order,
    ImmutableList<Object> serial,
    Optional<Object> maxFailPercentage,
    Optional<Object> forceHandlers) {

  /** Whether hosts keep step. */
  public enum Strategy {
    /** No host acts on a task before all hosts are done with the one before it. */
    LINEAR,
    /** Hosts do not know each other. */
    FREE,
    /** The same, and no more hosts than forks are in the play at once. */
    HOST_PINNED
  }

  /** Which host is first. */
  public enum HostOrder {
    INVENTORY,
    REVERSE_INVENTORY,
    SORTED,
    REVERSE_SORTED,
    SHUFFLE
  }

  /** The same, where a play that does not say so has that strategy. */
  public Rollout by(Optional<String> usual) {
    return new Rollout(strategy.or(() -> usual), order, serial, maxFailPercentage, forceHandlers);
  }

  static Rollout read(Fields fields) {
    return new Rollout(
        fields.raw("strategy"),
        fields.raw("order"),
        fields.rawList("serial"),
        fields.raw("max_fail_percentage"),
        fields.raw("force_handlers"));
  }
}
