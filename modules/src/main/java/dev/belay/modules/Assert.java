package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Condition;
import dev.belay.module.Convert;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds that conditions are true. */
record Assert(ImmutableList<Condition> that, Optional<Object> failure, Object success)
    implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "assert")
          .summary("Fails unless all conditions hold.")
          .parameters(
              Parameter.required(
                  "that", Type.CONDITIONS, "One or more expressions without braces."),
              Parameter.optional(
                      "fail_msg", Type.ANY, "What to say where one does not hold; a list is lines.")
                  .alias("msg"),
              Parameter.optional("success_msg", Type.ANY, "What to say where all hold.")
                  .defaultsTo("All assertions passed"),
              Parameter.optional(
                      "quiet",
                      Type.FLAG,
                      "Kept for Ansible's files: nothing more is shown than elsewhere.")
                  .defaultsTo(false))
          .example(
              "- assert:\n    that:\n      - ansible_memtotal_mb > 65536\n    fail_msg: too little memory for a model")
          .result("assertion", "The first condition that does not hold.")
          .result("evaluated_to", "Its value.")
          .makes(Assert::of);

  private static Assert of(Args args) {
    return new Assert(
        args.conditions("that"),
        args.any("fail_msg").map(message -> message("fail_msg", message)),
        message("success_msg", args.any("success_msg").orElseThrow()));
  }

  private static Object message(String parameter, Object message) {
    boolean list = message instanceof List<?> l && l.stream().allMatch(String.class::isInstance);
    if (!list && !(message instanceof String)) {
      throw new IllegalArgumentException("'" + parameter + "' must be a text or a list of texts");
    }
    return message;
  }

  private static String lines(Object message) {
    return message instanceof List<?> list
        ? list.stream().map(Convert::text).collect(Collectors.joining("\n"))
        : Convert.text(message);
  }

  @Override
  public Probe<Boolean> probe() {
    return Probe.nothing(true);
  }

  private Optional<Condition> broken() {
    return that.stream().filter(condition -> !condition.holds()).findFirst();
  }

  @Override
  public Plan plan(Boolean seen) {
    return broken()
        .map(
            condition ->
                Plan.impossible(
                    failure.map(Assert::lines).orElse("Assertion failed: " + condition.text())))
        .orElse(Plan.satisfied());
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean seen) {
    return broken()
        .map(
            c ->
                ImmutableMap.of(
                    "assertion",
                    c.text(),
                    "evaluated_to",
                    false,
                    "msg",
                    failure.orElse("Assertion failed")))
        .orElse(ImmutableMap.of("msg", success));
  }
}
