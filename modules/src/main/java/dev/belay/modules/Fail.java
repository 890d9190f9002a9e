package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.List;
import java.util.stream.Collectors;

/** Fails, always. */
record Fail(Object message) implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "fail")
          .summary("Fails with a message; use it with 'when'.")
          .parameters(
              Parameter.optional("msg", Type.ANY, "Why; a list is lines.")
                  .defaultsTo("Failed as requested from task"))
          .example("- fail:\n    msg: this host has no NPU")
          .makes(args -> new Fail(args.any("msg").orElseThrow()));

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  @Override
  public Plan plan(Boolean seen) {
    return Plan.impossible(
        message instanceof List<?> lines
            ? lines.stream().map(String::valueOf).collect(Collectors.joining("\n"))
            : message.toString());
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean seen) {
    return ImmutableMap.of("msg", message);
  }
}
