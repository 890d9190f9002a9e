package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
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

/** Gives values names, for the tasks behind it. */
record SetFact(ImmutableMap<String, Object> facts) implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "set_fact")
          .summary("Sets variables of the host for all later tasks.")
          .doc(
              "Every parameter is the name of a variable and its value. The texts 'true', 'yes', 'false' and 'no' become true and false, in quotes too. Nothing is kept beyond the run.")
          .parameters(
              Parameter.optional(
                      "cacheable", Type.FLAG, "Must be false: facts are not kept beyond the run.")
                  .defaultsTo(false))
          .anyParameter()
          .example("- set_fact:\n    workers: \"{{ ansible_processor_vcpus // 8 }}\"")
          .result("ansible_facts", "What was set.")
          .makes(SetFact::of);

  private static final ImmutableMap<String, Object> WORDS =
      ImmutableMap.of("true", true, "yes", true, "false", false, "no", false);

  private static SetFact of(Args args) {
    if (args.flag("cacheable")) {
      throw new IllegalArgumentException(
          "'cacheable' is not supported: facts are not kept beyond the run");
    }
    for (String name : args.others().keySet()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException("'" + name + "' is no name for a variable");
      }
    }
    return new SetFact(
        args.others().entrySet().stream()
            .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, e -> meant(e.getValue()))));
  }

  /** The words for true and false mean it here, in quotes too: as in Ansible. */
  private static Object meant(Object value) {
    return value instanceof String text
        ? Optional.ofNullable(WORDS.get(text.toLowerCase(Locale.ROOT))).orElse(value)
        : value;
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.satisfied();
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean seen) {
    return ImmutableMap.of("ansible_facts", facts);
  }
}
