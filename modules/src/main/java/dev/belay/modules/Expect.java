package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.Condition;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.template.PythonText;
import java.util.Optional;

/**
 * Something that should be so, and that nobody can mend from here: a firmware version, a link, a
 * health. An audit finds it as drift and goes on, where {@code assert} would end the host.
 */
record Expect(
    ImmutableList<Condition> that, String what, Optional<String> seen, Optional<String> wanted)
    implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "expect")
          .summary("Finds a difference where conditions do not hold.")
          .doc(
              "In a check or audit it is a difference like any other, with what was seen and what is wanted, and the host goes on. Nothing here can remove it,"
                  + " so in a run the task fails.")
          .parameters(
              Parameter.required(
                  "that", Type.CONDITIONS, "One or more expressions without braces."),
              Parameter.required("what", Type.TEXT, "What is looked at, for reports."),
              Parameter.optional("seen", Type.ANY, "What it is."),
              Parameter.optional("wanted", Type.ANY, "What it should be."))
          .example(
              "- expect:\n    what: NPUs that the driver sees\n    that: ansible_ascend.npu_count == ansible_ascend.devices | length\n    seen: \"{{ ansible_ascend.devices | length }}\"\n    wanted: \"{{ ansible_ascend.npu_count }}\"")
          .result("expectation", "The first condition that does not hold.")
          .makes(Expect::of);

  private static Expect of(Args args) {
    return new Expect(
        args.conditions("that"),
        args.text("what"),
        args.any("seen").map(PythonText::str),
        args.any("wanted").map(PythonText::str));
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  private Optional<Condition> broken() {
    return that.stream().filter(condition -> !condition.holds()).findFirst();
  }

  @Override
  public Plan plan(Boolean asked) {
    return broken()
        .map(
            condition ->
                Plan.of(
                    Change.unmendable(
                        what, seen.orElse("otherwise"), wanted.orElse(condition.text()))))
        .orElse(Plan.satisfied());
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean asked) {
    return broken()
        .map(condition -> ImmutableMap.<String, Object>of("expectation", condition.text()))
        .orElse(ImmutableMap.of());
  }
}
