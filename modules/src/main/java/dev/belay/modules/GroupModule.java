package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;

/**
 * A group of users.
 *
 * @param options of groupadd
 */
record GroupModule(
    String name, Accounts.State state, Optional<Long> gid, boolean system, Sh options)
    implements Resource<Optional<Long>> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "group")
          .summary("Makes, changes or removes a group of users.")
          .doc("Needs groupadd, groupmod and groupdel on the host. 'local' is only there as false.")
          .parameters(
              Parameter.required("name", Type.TEXT, "The group."),
              Parameter.optional("state", Type.TEXT, "Whether it is there.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional("gid", Type.INTEGER, "Its number; without it the host chooses."),
              Parameter.optional(
                      "system", Type.FLAG, "Whether a new group gets a number of the system's.")
                  .defaultsTo(false),
              Parameter.optional(
                      "non_unique", Type.FLAG, "Whether another group may have the number too.")
                  .defaultsTo(false),
              Accounts.LOCAL)
          .example("- group:\n    name: HwHiAiUser\n    gid: 1000")
          .result("name", "The group.")
          .result("state", "As given.")
          .result("gid", "Its number, where it is there.")
          .result("system", "As given, where it is there.")
          .makes(GroupModule::of);

  private static GroupModule of(Args args) {
    Accounts.notLocal(args);
    boolean nonUnique = args.flag("non_unique");
    if (nonUnique && !args.has("gid")) {
      throw new IllegalArgumentException("'non_unique' needs 'gid'");
    }
    Optional<Long> gid = args.integerIfGiven("gid");
    Sh number =
        gid.map(n -> nonUnique ? Sh.of(" -g {} -o", n) : Sh.of(" -g {}", n)).orElse(Sh.of(""));
    return new GroupModule(
        Accounts.name(args.text("name")),
        Accounts.State.of(args.text("state")),
        gid,
        args.flag("system"),
        number);
  }

  @Override
  public Probe<Optional<Long>> probe() {
    return Probe.of(Sh.of("getent group -- {} || :", name), this::read);
  }

  /** A name of digits finds a number too. */
  private Optional<Long> read(Output output) {
    return output.lines().stream()
        .map(line -> Splitter.on(':').splitToList(line))
        .filter(fields -> fields.size() > 2 && fields.get(0).equals(name))
        .map(fields -> Long.valueOf(fields.get(2)))
        .findFirst();
  }

  @Override
  public Plan plan(Optional<Long> seen) {
    if (state == Accounts.State.ABSENT) {
      return Plan.of(
          seen.stream()
              .map(
                  number ->
                      Change.run(
                          "group " + name,
                          "gid " + number,
                          Change.ABSENT,
                          Sh.of("groupdel -- {}", name)))
              .toList());
    } else if (seen.isEmpty()) {
      Sh add = Sh.of("groupadd{}{} -- {}", options, Sh.of(system ? " -r" : ""), name);
      return Plan.of(
          Change.run(
              "group " + name, Change.ABSENT, gid.map(n -> "gid " + n).orElse("present"), add));
    } else if (gid.isEmpty() || gid.equals(seen)) {
      return Plan.satisfied();
    }
    return Plan.of(
        Change.run(
            "group " + name,
            "gid " + seen.get(),
            "gid " + gid.get(),
            Sh.of("groupmod{} -- {}", options, name)));
  }

  @Override
  public ImmutableMap<String, Object> result(Optional<Long> seen) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result.put("name", name).put("state", state.word());
    seen.ifPresent(number -> result.put("gid", number).put("system", system));
    return result.buildOrThrow();
  }
}
