package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Sh;

/** Proves that a host can be reached and runs commands. */
record Ping(String data) implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "ping")
          .summary("Reaches the host and runs a shell there.")
          .parameters(
              Parameter.optional("data", Type.TEXT, "What the result holds.").defaultsTo("pong"))
          .example("- ping:")
          .result("ping", "The data.")
          .makes(args -> new Ping(args.text("data")));

  @Override
  public Probe<Boolean> probe() {
    return Probe.of(Sh.of(":"), output -> output.succeeded());
  }

  @Override
  public Plan plan(Boolean seen) {
    return seen ? Plan.satisfied() : Plan.impossible("the host runs no shell");
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean seen) {
    return ImmutableMap.of("ping", data);
  }
}
