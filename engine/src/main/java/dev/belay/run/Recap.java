package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * How a run ended.
 *
 * @param hosts in the order of the inventory
 * @param stats what {@code set_stats} gave: by host, and under {@link #WHOLE_RUN} what is of none
 */
public record Recap(
    ImmutableMap<String, Tally> hosts,
    ImmutableMap<String, ImmutableMap<String, Object>> stats,
    Duration took) {

  /** Ansible's name for what belongs to no host. */
  public static final String WHOLE_RUN = "_run";

  /** Without values of the user's own. */
  public Recap(ImmutableMap<String, Tally> hosts, Duration took) {
    this(hosts, ImmutableMap.of(), took);
  }

  /** A counter over all hosts. */
  public int total(ToIntFunction<Tally> counter) {
    return hosts.values().stream().mapToInt(counter).sum();
  }
}
