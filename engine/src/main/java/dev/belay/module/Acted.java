package dev.belay.module;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * What came of an action.
 *
 * @param values the results, under the names that {@code register} users know
 * @param failure why it failed, one sentence; empty where it did not
 * @param effect whether the host was changed by it, where it did not fail
 * @param remarks what the user should know besides
 */
public record Acted(
    ImmutableMap<String, Object> values,
    Optional<String> failure,
    Effect effect,
    ImmutableList<Remark> remarks) {

  /** Whether an action that was done changed something. */
  public enum Effect {
    CHANGED,
    /** It was done, and the host is as before: nothing newer was to be had. */
    UNCHANGED,
    /** There was nothing for it to do here. */
    SKIPPED
  }

  /** An action that changes the host whenever it is done. */
  public Acted(ImmutableMap<String, Object> values, Optional<String> failure) {
    this(values, failure, Effect.CHANGED, ImmutableList.of());
  }
}
