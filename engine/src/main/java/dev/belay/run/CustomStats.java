package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code set_stats} collects over a run, from hosts that work beside each other.
 *
 * <p>As in Ansible a value that is given again is added: numbers to numbers, texts and lists one
 * behind the other, mappings into each other. What has another type than before is left out.
 */
final class CustomStats {
  private final Map<String, Map<String, Object>> byHost = new LinkedHashMap<>();

  /** Takes what a task's outcome has. */
  synchronized void add(String host, Outcome outcome) {
    stats(outcome).ifPresent(s -> take(s.perHost ? host : Recap.WHOLE_RUN, s));
  }

  /** Takes it for a host for which another one did the task. */
  synchronized void adopt(String host, Outcome outcome) {
    stats(outcome).filter(Given::perHost).ifPresent(s -> take(host, s));
  }

  private record Given(Map<?, ?> data, boolean perHost, boolean aggregate) {}

  private static Optional<Given> stats(Outcome outcome) {
    return outcome
        .value("ansible_stats")
        .filter(Map.class::isInstance)
        .map(stats -> (Map<?, ?>) stats)
        .filter(stats -> stats.get("data") instanceof Map)
        .map(
            stats ->
                new Given(
                    (Map<?, ?>) stats.get("data"),
                    Boolean.TRUE.equals(stats.get("per_host")),
                    Boolean.TRUE.equals(stats.get("aggregate"))));
  }

  private void take(String whose, Given given) {
    Map<String, Object> known = byHost.computeIfAbsent(whose, name -> new LinkedHashMap<>());
    given.data.forEach(
        (name, value) ->
            known.merge(
                name.toString(), value, (old, more) -> given.aggregate ? sum(old, more) : more));
  }

  private static Object sum(Object old, Object more) {
    if (old instanceof Map<?, ?> map && more instanceof Map<?, ?> second) {
      Map<Object, Object> both = new LinkedHashMap<>(map);
      both.putAll(second);
      return both;
    } else if (old instanceof List<?> list && more instanceof List<?> second) {
      List<Object> both = new ArrayList<>(list);
      both.addAll(second);
      return both;
    }
    return old.getClass().equals(more.getClass()) ? added(old, more) : old;
  }

  private static Object added(Object old, Object more) {
    if (old instanceof Long first) {
      return first + (Long) more;
    } else if (old instanceof Double first) {
      return first + (Double) more;
    }
    return old instanceof String first ? first + more : old;
  }

  synchronized ImmutableMap<String, ImmutableMap<String, Object>> all() {
    ImmutableMap.Builder<String, ImmutableMap<String, Object>> all = ImmutableMap.builder();
    byHost.forEach((host, values) -> all.put(host, ImmutableMap.copyOf(values)));
    return all.buildOrThrow();
  }
}
