package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.FileText;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kernel parameter: its live value, and the one that a boot sets. They are two things, and differ
 * on their own.
 *
 * <p>The live value is set first and read back, so that one which the kernel refuses or changes is
 * never kept for the next boot.
 */
record Sysctl(SysctlKey key, String value, String file, Set<How> how)
    implements Resource<SysctlSeen> {

  /** What a task says besides. */
  enum How {
    /** The file is made by us and holds nothing else. */
    OWN_FILE,
    /** It is to be taken out of the file. */
    ABSENT,
    /** The live value is set too. */
    LIVE,
    /** The value is a set, to be added to what is there. */
    MERGE,
    /** A boot is not to set it: what the file has of it goes. */
    LIVE_ONLY,
    /** Where the kernel does not have it yet, it is kept for later. */
    IGNORE_UNKNOWN,
    ALLOW_IN_CONTAINER
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.posix", "sysctl")
          .summary("Sets a kernel parameter, live and for the next boot.")
          .doc(
              "Without 'sysctl_file' each parameter has a file of its own, /etc/sysctl.d/90-belay-NAME.conf, which is replaced as a whole."
                  + " The live value is compared too, where Ansible's module compares the file alone unless 'sysctl_set' says more; it is set first and read back, so that nothing that the kernel refuses is kept."
                  + " Unlike Ansible's module it reads and writes /proc/sys itself, and never runs 'sysctl -p': other lines of the file are not applied.\n\n"
                  + "What a boot ends with is told as 'next_boot': the folders of sysctl.d by file name, /etc/sysctl.conf as systemd or procps reads it, and tuned's active profile."
                  + " Where another has the last word it is named.\n\n"
                  + "A parameter that this kernel does not have, or that is read-only here, is unsupported; one that no kernel has, for nothing below /proc/sys is called so, fails."
                  + " In a container that could write it, a parameter of the whole kernel is refused, for it is the host's outside; those of namespaces, as net.*, are a container's own.")
          .parameters(
              Parameter.required(
                      "name",
                      Type.TEXT,
                      "The parameter, as vm.swappiness; with slashes where a part of it has a dot.")
                  .alias("key"),
              Parameter.optional(
                      "value",
                      Type.SCALAR,
                      "The value; true, yes and on are 1, false, no and off are 0. Needed for state=present.")
                  .alias("val"),
              Parameter.optional(
                      "state",
                      Type.TEXT,
                      "absent takes it out of the file and leaves the live value.")
                  .oneOf("present", "absent")
                  .defaultsTo("present"),
              Parameter.optional(
                  "sysctl_file", Type.PATH, "The file to keep it in, whose other lines stay."),
              Parameter.optional(
                      "sysctl_set",
                      Type.FLAG,
                      "Whether the live value is set where 'reload' is false.")
                  .defaultsTo(false),
              Parameter.optional("reload", Type.FLAG, "Whether the live value is set.")
                  .defaultsTo(true),
              Parameter.optional(
                      "persist",
                      Type.FLAG,
                      "Whether a boot sets it too; false takes away what the file has of it.")
                  .defaultsTo(true),
              Parameter.optional(
                      "ignoreerrors",
                      Type.FLAG,
                      "Whether a parameter that the kernel does not have is kept in the file all the same, as for a driver that is loaded later.")
                  .defaultsTo(false),
              Parameter.optional(
                      "merge",
                      Type.TEXT,
                      "set: the value is a set of numbers and ranges, and what is there besides stays.")
                  .oneOf("replace", "set")
                  .defaultsTo("replace"),
              ContainerEvidence.ALLOW)
          .example("- sysctl:\n    name: vm.swappiness\n    value: 1")
          .example(
              "- sysctl:\n    name: net.ipv4.ip_local_reserved_ports\n    value: 60000-60031\n    merge: set")
          .result("live", "The value that the kernel has.")
          .result("persisted", "The value in the file; empty where there is none.")
          .result(
              "next_boot",
              "The value that a boot ends with; empty where nothing sets it and the kernel's default stays.")
          .makes(Sysctl::of);

  private static Sysctl of(Args args) {
    Set<How> how = EnumSet.noneOf(How.class);
    add(how, How.ABSENT, args.text("state").equals("absent"));
    add(how, How.OWN_FILE, !args.has("sysctl_file"));
    add(how, How.LIVE, args.flag("reload") || args.flag("sysctl_set"));
    add(how, How.LIVE_ONLY, !args.flag("persist"));
    add(how, How.MERGE, args.text("merge").equals("set"));
    add(how, How.IGNORE_UNKNOWN, args.flag("ignoreerrors"));
    add(how, How.ALLOW_IN_CONTAINER, args.flag("allow_in_container"));
    boolean absent = how.contains(How.ABSENT);
    if (!absent && !args.has("value")) {
      throw new IllegalArgumentException("value cannot be None");
    }
    SysctlKey key = SysctlKey.one(args.text("name"));
    String value = SysctlValue.asked(args.textIfGiven("value").orElse(""));
    if (value.isEmpty() && !absent || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("'value' must be one line and not empty");
    }
    return new Sysctl(
        key,
        how.contains(How.MERGE) ? PortSet.of(value).toString() : value,
        args.textIfGiven("sysctl_file").map(Paths::onHost).orElse(SysctlText.ownFile(key)),
        how);
  }

  private static void add(Set<How> how, How one, boolean holds) {
    if (holds) {
      how.add(one);
    }
  }

  private boolean is(How one) {
    return how.contains(one);
  }

  @Override
  public Probe<SysctlSeen> probe() {
    return SysctlSeen.probe(key, file, value);
  }

  @Override
  public Plan plan(SysctlSeen seen) {
    if (seen.kept().text() instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable(file + " cannot be read: " + unreadable.why());
    } else if (is(How.ABSENT)) {
      return Plan.of(forgotten(seen));
    }
    return switch (seen.live().state()) {
      case ABSENT, STRANGE -> unknown(seen);
      case UNREADABLE -> Plan.unverifiable(key.name() + " cannot be read: " + seen.live().value());
      case READ_ONLY, THERE -> known(seen);
    };
  }

  private Plan unknown(SysctlSeen seen) {
    if (is(How.IGNORE_UNKNOWN) && !is(How.LIVE_ONLY)) {
      return Plan.of(stored(seen, value))
          .with(
              Remark.note("this kernel has no " + key.name() + " so far; it is kept in the file"));
    }
    if (!key.isOfAnyKernel() && seen.live().state() == SysctlSeen.State.STRANGE) {
      return Plan.impossible(
          "no kernel has " + key.name() + ": nothing below /proc/sys begins with its first part");
    }
    return Plan.unsupported(
        "this kernel has no "
            + key.name()
            + (key.path().startsWith("kernel/sched_")
                ? "; since Linux 5.13 the scheduler's knobs are in debugfs: use 'sched_knob'"
                : ""));
  }

  private Plan known(SysctlSeen seen) {
    boolean there = satisfies(seen.live().value());
    ContainerEvidence evidence = seen.around().evidence();
    boolean outside = !key.isOfNamespace() && evidence.isContainer() && !is(How.ALLOW_IN_CONTAINER);
    if (seen.live().state() == SysctlSeen.State.READ_ONLY && is(How.LIVE)) {
      return there
          ? Plan.satisfied()
              .with(Remark.note(key.name() + " is read-only here; nothing is kept here"))
          : evidence.readOnly(key.name() + ", which is " + seen.live().value() + ",");
    } else if (outside) {
      return there
          ? Plan.satisfied().with(Remark.note(evidence.outside(key.name())))
          : evidence.refusal(key.name());
    }
    return mended(seen);
  }

  private Plan mended(SysctlSeen seen) {
    List<Change> changes = new ArrayList<>();
    String wanted = wanted(seen.live().value());
    if (is(How.LIVE) && !satisfies(seen.live().value())) {
      Sh set =
          KernelFile.write(
              List.of(key.file()),
              wanted,
              List.of(SysctlValue.kernelForm(wanted)),
              KernelFile.Reading.PLAIN);
      changes.add(Change.run(key.name() + " (live)", seen.live().value(), wanted, set));
    }
    changes.addAll(is(How.LIVE_ONLY) ? forgotten(seen) : stored(seen, wanted));
    return Plan.of(changes).with(SysctlRemarks.of(seen, file, wanted));
  }

  private boolean satisfies(String seen) {
    return is(How.MERGE)
        ? PortSet.of(seen).holds(PortSet.of(value))
        : SysctlValue.equal(seen, value);
  }

  private String wanted(String seen) {
    return is(How.MERGE) ? PortSet.of(seen).with(PortSet.of(value)).toString() : value;
  }

  private List<Change> stored(SysctlSeen seen, String wanted) {
    String text = seen.kept().text().ifPresent().orElse("");
    String after =
        is(How.OWN_FILE)
            ? SysctlText.own(key, wanted)
            : SysctlText.edited(text, key, Optional.of(wanted));
    Optional<String> before = inFile(seen);
    boolean right =
        is(How.OWN_FILE)
            ? text.equals(after)
            : before.filter(stored -> SysctlValue.normal(stored).equals(wanted)).isPresent();
    if (right) {
      return List.of();
    }
    String path = seen.kept().file();
    Step make = new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(path)));
    return List.of(
        new Change(
            key.name() + " (" + file + ")",
            before.orElse(Change.ABSENT),
            wanted,
            ImmutableList.of(make, new Step.Put(Content.of(after), path, Attributes.unchanged()))));
  }

  private Optional<String> inFile(SysctlSeen seen) {
    return seen.kept().text().ifPresent().flatMap(text -> SysctlText.valueIn(text, key));
  }

  private List<Change> forgotten(SysctlSeen seen) {
    Optional<String> stored = inFile(seen);
    if (stored.isEmpty()) {
      return List.of();
    }
    Step step =
        is(How.OWN_FILE)
            ? new Step.Run(Sh.of("rm -f -- {}", file))
            : new Step.Put(
                Content.of(
                    SysctlText.edited(
                        seen.kept().text().ifPresent().orElse(""), key, Optional.empty())),
                seen.kept().file(),
                Attributes.unchanged());
    return List.of(
        new Change(
            key.name() + " (" + file + ")", stored.get(), Change.ABSENT, ImmutableList.of(step)));
  }

  @Override
  public ImmutableMap<String, Object> result(SysctlSeen seen) {
    return ImmutableMap.of(
        "live",
        seen.live().value(),
        "persisted",
        inFile(seen).orElse(""),
        "next_boot",
        seen.boot(seen.kept().files()).map(SysctlSeen.Boot::value).orElse(""));
  }
}
