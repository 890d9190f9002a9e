package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Gives the run's recap values of the user's own; asks the host nothing. */
record SetStats(
    ImmutableMap<String, Object> data, boolean perHost, boolean aggregate, Optional<String> trouble)
    implements Resource<Boolean> {
  private static final ImmutableSet<String> TRUE =
      ImmutableSet.of("y", "yes", "on", "1", "true", "t", "1.0");

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "set_stats")
          .summary("Puts values of one's own into the recap.")
          .doc(
              "The recap shows them under 'CUSTOM STATS', without a setting, and the JSON of a run has them under 'stats': by host, and under '_run' what belongs to none. Values that are given again are added: numbers, texts, lists and mappings to their like; what has another type than before is left out.")
          .parameters(
              Parameter.optional("data", Type.ANY, "A mapping of names to values.")
                  .defaultsTo(ImmutableMap.of()),
              Parameter.optional("per_host", Type.ANY, "Whether they belong to the host.")
                  .defaultsTo(false),
              Parameter.optional(
                      "aggregate",
                      Type.ANY,
                      "Whether they are added to those given before, rather than put in their place.")
                  .defaultsTo(true))
          .example("- set_stats:\n    data:\n      tuned_hosts: 1")
          .result("ansible_stats", "What was given: data, per_host and aggregate.")
          .makes(SetStats::of);

  private static SetStats of(Args args) {
    ImmutableMap.Builder<String, Object> data = ImmutableMap.builder();
    Optional<String> trouble = Optional.empty();
    if (args.any("data").orElse("") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> data.put(name.toString(), value));
      trouble =
          map.keySet().stream().flatMap(name -> badName(name.toString()).stream()).findFirst();
    } else {
      trouble = Optional.of("The 'data' option needs to be a dictionary/hash");
    }
    return new SetStats(
        data.buildOrThrow(), flag(args, "per_host"), flag(args, "aggregate"), trouble);
  }

  private static Optional<String> badName(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*")
        ? Optional.empty()
        : Optional.of(
            "The variable name '"
                + name
                + "' is not valid. Variables must start with a letter or underscore character, and contain only letters, numbers and underscores.");
  }

  /** Whatever is no word for true is false. */
  private static boolean flag(Args args, String name) {
    Object value = args.any(name).orElse(false);
    return TRUE.contains(value.toString().toLowerCase(Locale.ROOT));
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return trouble.map(Plan::impossible).orElse(Plan.satisfied());
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean seen) {
    return trouble.isPresent()
        ? ImmutableMap.of()
        : ImmutableMap.of(
            "ansible_stats",
            ImmutableMap.of("data", data, "per_host", perHost, "aggregate", aggregate));
  }
}
