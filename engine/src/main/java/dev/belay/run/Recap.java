package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * How a run ended.
 *
 * @param hosts in the order of the inventory
 */
public record Recap(ImmutableMap<String, Tally> hosts, Duration took) {

  /** A counter over all hosts. */
  public int total(ToIntFunction<Tally> counter) {
    return hosts.values().stream().mapToInt(counter).sum();
  }
}
