package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.Optional;

/** The modules of a transcript host. */
record Knob(String name, String value, String how) implements Resource<Optional<String>> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("test", "knob")
          .summary("A knob and its value.")
          .parameters(
              Parameter.required("name", Type.TEXT, "Its name."),
              Parameter.required("value", Type.TEXT, "Its value."),
              Parameter.optional("how", Type.TEXT, "What the step does.")
                  .oneOf("set", "keep", "break")
                  .defaultsTo("set"),
              Parameter.optional("mode", Type.MODE, "For tests of modes."))
          .result("value", "What it is.")
          .makes(args -> new Knob(args.text("name"), args.text("value"), args.text("how")));

  static final ModuleSpec DEED =
      ModuleSpec.named("test", "deed")
          .summary("Does something that has no state; 'fail' fails.")
          .parameters(Parameter.required("what", Type.TEXT, "What."))
          .result("stdout", "What it said.")
          .makes(args -> new Deeds(args.text("what")));

  static final ModuleSpec SETS =
      ModuleSpec.named("ansible.builtin", "set_fact")
          .summary("Sets variables.")
          .anyParameter()
          .result("ansible_facts", "Them.")
          .makes(args -> new Sets(args.others()));

  private record Deeds(String what) implements Resource<Boolean> {
    @Override
    public Probe<Boolean> probe() {
      return Probe.nothing(true);
    }

    @Override
    public Plan plan(Boolean seen) {
      Change change = Change.run("deed", "(not done)", what, Sh.of("say {}", what));
      return Plan.act(change, output -> what.equals("fail") ? failed() : said(output.out()));
    }

    private static Acted said(String out) {
      return new Acted(ImmutableMap.of("stdout", out), Optional.empty());
    }

    /** As a command does, it has changed something all the same. */
    private static Acted failed() {
      return new Acted(ImmutableMap.of("changed", true), Optional.of("it failed"));
    }
  }

  private record Sets(ImmutableMap<String, Object> facts) implements Resource<Boolean> {
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

  @Override
  public Probe<Optional<String>> probe() {
    return Probe.of(
        Sh.of("get {}", name),
        output -> output.succeeded() ? Optional.of(output.out()) : Optional.empty());
  }

  @Override
  public Plan plan(Optional<String> seen) {
    if (seen.isEmpty()) {
      return Plan.unsupported("there is no " + name);
    }
    return seen.get().equals(value)
        ? Plan.satisfied()
        : Plan.of(
            Change.run(
                name,
                seen.get(),
                value,
                Sh.of(
                    "{} {} {}",
                    Sh.of(how.equals("set") ? "set" : how.equals("keep") ? "keep" : "break"),
                    name,
                    value)));
  }

  @Override
  public ImmutableMap<String, Object> result(Optional<String> seen) {
    return ImmutableMap.of("value", seen.orElse(""));
  }
}
