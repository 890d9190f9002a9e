package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Condition;
import dev.belay.module.Evaluated;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;

/** Shows a message or a variable; asks the host nothing. */
record Debug(ImmutableMap<String, Object> shown, boolean wanted) implements Resource<Boolean> {
  private static final String GREETING = "Hello world!";
  private static final String INCOMPATIBLE = "'msg' and 'var' are incompatible options";

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "debug")
          .summary("Shows a message or the value of an expression.")
          .parameters(
              Parameter.optional("msg", Type.ANY, "What to show; without it and 'var' a greeting."),
              Parameter.optional(
                  "var",
                  Type.EXPRESSION,
                  "An expression without braces, whose value is shown. Not together with 'msg'."),
              Parameter.optional(
                  "verbosity",
                  Type.VERBOSITY,
                  "How often '-v' must be given for the task not to be skipped; 0 by default."))
          .example(
              "- debug:\n    msg: \"{{ inventory_hostname }} has {{ ansible_processor_vcpus }} CPUs\"")
          .makes(Debug::of);

  private static Debug of(Args args) {
    boolean wanted = args.condition("verbosity").map(Condition::holds).orElse(true);
    if (args.has("msg") && args.has("var")) {
      return new Debug(ImmutableMap.of("msg", INCOMPATIBLE, "failed", true), wanted);
    }
    return args.any("var")
        .map(value -> (Evaluated) value)
        .map(value -> new Debug(ImmutableMap.of(value.text(), value.value()), wanted))
        .orElseGet(
            () -> new Debug(ImmutableMap.of("msg", args.any("msg").orElse(GREETING)), wanted));
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    if (shown.containsKey("failed")) {
      return Plan.impossible(INCOMPATIBLE);
    }
    return wanted ? Plan.satisfied() : Plan.skipped("Verbosity threshold not met.");
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean seen) {
    return wanted ? shown : ImmutableMap.of("skipped_reason", "Verbosity threshold not met.");
  }
}
