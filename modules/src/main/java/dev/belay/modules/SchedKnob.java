package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A knob of the kernel's scheduler, wherever this kernel keeps it, now and after a boot. */
record SchedKnob(String name, String value, ImmutableSet<How> how)
    implements Resource<SchedKnobSeen> {
  private static final String PROC = "/proc/sys/kernel/";
  private static final long MIGRATION_COST_DEFAULT = 500_000;

  /** What kernels call by another name since. */
  private static final ImmutableMap<String, String> RENAMED =
      ImmutableMap.of("min_granularity_ns", "base_slice_ns");

  /** What a task says besides. */
  enum How {
    PERSIST,
    /** A kernel without the knob fails. */
    REQUIRED,
    /** A knob that cannot be read fails. */
    VERIFIED,
    ALLOW_IN_CONTAINER
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "sched_knob")
          .summary("Sets a knob of the kernel's scheduler, wherever this kernel keeps it.")
          .doc(
              "Up to Linux 5.12 the knobs are kernel.sched_NAME in /proc/sys, since then NAME in /sys/kernel/debug/sched, and some have another name now;"
                  + " the places are looked at in that order, and the first that is there counts. Neither distribution nor version decides.\n\n"
                  + "A kernel that is locked down (Secure Boot) lets nobody read those in debugfs: the state is unverifiable, and nothing is written."
                  + " For a boot, /proc/sys has its file in /etc/sysctl.d, and debugfs its file in /etc/belay/boot.d, which belay-tuning.service applies; what an older kernel's place left behind is removed.")
          .parameters(
              Parameter.required(
                  "name", Type.TEXT, "The knob, as migration_cost_ns; without 'kernel.sched_'."),
              Parameter.required("value", Type.SCALAR, "The value, in the unit of its name."),
              Parameter.optional(
                      "on_missing",
                      Type.TEXT,
                      "What a kernel without the knob is: unsupported (skip) or failed (fail).")
                  .oneOf("skip", "fail")
                  .defaultsTo("skip"),
              Parameter.optional(
                      "on_unverifiable",
                      Type.TEXT,
                      "What a knob that cannot be read is: unverifiable (warn) or failed (fail).")
                  .oneOf("warn", "fail")
                  .defaultsTo("warn"),
              Parameter.optional(
                      "persist",
                      Type.FLAG,
                      "Whether a boot sets it too; false takes away what was kept.")
                  .defaultsTo(true),
              ContainerEvidence.ALLOW)
          .example("- sched_knob:\n    name: migration_cost_ns\n    value: 5000000")
          .result("path", "Where the knob is on this kernel; empty where it is nowhere.")
          .result("live", "The value that the kernel has.")
          .makes(SchedKnob::of);

  private static SchedKnob of(Args args) {
    String name = args.text("name").replaceFirst("^(kernel\\.)?sched_", "");
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "'" + args.text("name") + "' is no name of a knob; write it as migration_cost_ns");
    }
    String value = args.text("value").strip();
    if (!value.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("'value' must be a number or a word, not '" + value + "'");
    }
    ImmutableSet.Builder<How> how = ImmutableSet.builder();
    if (args.flag("persist")) {
      how.add(How.PERSIST);
    }
    if (args.text("on_missing").equals("fail")) {
      how.add(How.REQUIRED);
    }
    if (args.text("on_unverifiable").equals("fail")) {
      how.add(How.VERIFIED);
    }
    if (args.flag("allow_in_container")) {
      how.add(How.ALLOW_IN_CONTAINER);
    }
    return new SchedKnob(name, value, how.build());
  }

  private ImmutableList<String> places() {
    ImmutableList.Builder<String> places = ImmutableList.builder();
    places.add(PROC + "sched_" + name);
    if (name.startsWith("numa_balancing_")) {
      places.add(PROC + name);
      places.add(debugfs("numa_balancing/" + name.substring("numa_balancing_".length())));
    }
    places.add(debugfs(name));
    Optional.ofNullable(RENAMED.get(name)).map(SchedKnob::debugfs).ifPresent(places::add);
    return places.build();
  }

  private static String debugfs(String file) {
    return SchedKnobSeen.DEBUGFS + "/sched/" + file;
  }

  private BootSetting setting(Optional<String> path) {
    return new BootSetting(
        "sched-" + name, ImmutableList.of(path.orElse(debugfs(name)) + " " + value));
  }

  private SysctlKey key(String path) {
    return SysctlKey.of("kernel." + Paths.name(path));
  }

  private String sysctlFile() {
    return SysctlText.ownFile(
        SysctlKey.of("kernel." + (name.startsWith("numa_balancing_") ? "" : "sched_") + name));
  }

  @Override
  public Probe<SchedKnobSeen> probe() {
    return SchedKnobSeen.probe(places(), setting(Optional.empty()), sysctlFile());
  }

  @Override
  public Plan plan(SchedKnobSeen seen) {
    return switch (seen.state()) {
      case ABSENT -> absent(seen);
      case UNREADABLE ->
          unknowable(
              seen.path().orElseThrow()
                  + " is there and cannot be read: "
                  + seen.value()
                  + seen.locked());
      case READ_ONLY, THERE -> known(seen);
    };
  }

  private Plan absent(SchedKnobSeen seen) {
    return switch (seen.debugfs()) {
      case MOUNTED, NONE -> missing("this kernel has no scheduler knob " + name);
      case NOT_MOUNTED ->
          unknowable(
              "debugfs is not mounted at "
                  + SchedKnobSeen.DEBUGFS
                  + ", where newer kernels keep scheduler knobs: mount it, or enable sys-kernel-debug.mount");
      case CLOSED -> unknowable(SchedKnobSeen.DEBUGFS + " is open to root alone: use 'become'");
    };
  }

  private Plan missing(String why) {
    return how.contains(How.REQUIRED) ? Plan.impossible(why) : Plan.unsupported(why);
  }

  private Plan unknowable(String why) {
    return how.contains(How.VERIFIED) ? Plan.impossible(why) : Plan.unverifiable(why);
  }

  private Plan known(SchedKnobSeen seen) {
    String path = seen.path().orElseThrow();
    boolean right = SysctlValue.equal(seen.value(), value);
    boolean outside = seen.evidence().isContainer() && !how.contains(How.ALLOW_IN_CONTAINER);
    if (right && (outside || seen.state() == SchedKnobSeen.State.READ_ONLY)) {
      return Plan.satisfied()
          .with(
              Remark.note(
                  outside
                      ? seen.evidence().outside(path)
                      : path + " is read-only here; nothing is kept here"));
    } else if (seen.state() == SchedKnobSeen.State.READ_ONLY) {
      return seen.evidence().readOnly(path);
    } else if (outside) {
      return seen.evidence().refusal(path);
    }
    List<Change> changes = new ArrayList<>();
    if (!right) {
      changes.add(
          Change.run(
              name + " (" + path + ", live)",
              seen.value(),
              value,
              KernelFile.write(
                  List.of(path),
                  value,
                  List.of(SysctlValue.kernelForm(value)),
                  KernelFile.Reading.PLAIN)));
    }
    changes.addAll(kept(seen, path));
    return Plan.of(changes).with(remarks(seen, path));
  }

  private List<Change> kept(SchedKnobSeen seen, String path) {
    boolean proc = path.startsWith(PROC);
    boolean persist = how.contains(How.PERSIST);
    List<Change> changes = new ArrayList<>();
    if (persist && proc) {
      changes.addAll(
          BootSetting.file(
              sysctlFile(), SysctlText.own(key(path), value), seen.kept().sysctl(), "0644"));
    } else {
      changes.addAll(BootSetting.removal(sysctlFile(), seen.kept().sysctl()));
    }
    BootSetting setting = setting(seen.path());
    changes.addAll(
        persist && !proc
            ? setting.changes(seen.kept().boot())
            : setting.removal(seen.kept().boot()));
    return changes;
  }

  private List<Remark> remarks(SchedKnobSeen seen, String path) {
    List<Remark> remarks = new ArrayList<>();
    if (Paths.name(path).equals(RENAMED.get(name))) {
      remarks.add(Remark.note(name + " is called " + RENAMED.get(name) + " on this kernel"));
    }
    if (name.equals("migration_cost_ns")
        && value.matches("[0-9]{1,18}")
        && Long.parseLong(value) < MIGRATION_COST_DEFAULT) {
      remarks.add(
          Remark.risk(
              "the kernel's own migration_cost_ns is 500000; "
                  + value
                  + " is lower, and lets tasks move between CPUs more often, though guides call it an increase"));
    }
    if (how.contains(How.PERSIST) && !path.startsWith(PROC)) {
      remarks.addAll(setting(seen.path()).remarks(seen.kept().boot()));
    }
    return remarks;
  }

  @Override
  public ImmutableMap<String, Object> result(SchedKnobSeen seen) {
    boolean known =
        seen.state() == SchedKnobSeen.State.THERE || seen.state() == SchedKnobSeen.State.READ_ONLY;
    return ImmutableMap.of("path", seen.path().orElse(""), "live", known ? seen.value() : "");
  }
}
