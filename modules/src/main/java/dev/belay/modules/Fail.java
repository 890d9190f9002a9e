package dev.belay.modules;

import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;

/** Fails, always. */
record Fail(String message) implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "fail")
          .summary("Fails with a message; use it with 'when'.")
          .parameters(
              Parameter.optional("msg", Type.SCALAR, "Why.")
                  .defaultsTo("Failed as requested from task"))
          .example("- fail:\n    msg: this host has no NPU")
          .makes(args -> new Fail(args.text("msg")));

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.impossible(message);
  }
}
