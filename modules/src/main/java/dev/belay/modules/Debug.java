package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Evaluated;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;

/** Shows a message or a variable; asks the host nothing. */
record Debug(ImmutableMap<String, Object> shown) implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "debug")
          .summary("Shows a message or the value of an expression.")
          .parameters(
              Parameter.optional("msg", Type.ANY, "What to show.").defaultsTo("Hello world!"),
              Parameter.optional(
                  "var",
                  Type.EXPRESSION,
                  "An expression without braces, whose value is shown. Not together with 'msg'."),
              Parameter.optional(
                      "verbosity",
                      Type.INTEGER,
                      "Kept for Ansible's files; the message is always in the result.")
                  .defaultsTo(0L))
          .example(
              "- debug:\n    msg: \"{{ inventory_hostname }} has {{ ansible_processor_vcpus }} CPUs\"")
          .makes(Debug::of);

  private static Debug of(Args args) {
    return args.any("var")
        .map(value -> (Evaluated) value)
        .map(value -> new Debug(ImmutableMap.of(value.text(), value.value())))
        .orElseGet(() -> new Debug(ImmutableMap.of("msg", args.any("msg").orElseThrow())));
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
    return shown;
  }
}
