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
import java.util.List;
import java.util.Optional;

/** Whether a host swaps, now and after a boot. */
record Swap(State state, ContainerEvidence.Guard guard) implements Resource<SwapSeen> {
  /** What stands before a line of fstab that was switched off, so that it can be switched on. */
  private static final String MARK = "#belay-swap-off# ";

  /** In KiB: what must stay free beside the pages that come back; less on small hosts. */
  private static final long MARGIN_KIB = 2L * 1024 * 1024;

  private static final long MARGIN_PART = 10;

  /** Whether it does. */
  enum State {
    ON,
    OFF
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "swap")
          .summary("Switches swap off, or on again, now and for the next boot.")
          .doc(
              "off: every device in /proc/swaps is switched off; lines of /etc/fstab whose type is swap are commented out, with a mark by which 'on' finds them again, and no other line is touched;"
                  + " units *.swap that do not come from fstab and those of zram are masked, or unlinked where their file is in /etc/systemd/system.\n\n"
                  + "What is swapped out has to find room in memory: where it would not, with a tenth of memory or 2 GiB to spare, the task fails and nothing is done."
                  + " on: lines that 'off' commented out are back, and all of fstab is switched on; masks stay and are named.")
          .parameters(
              Parameter.required(
                      "state",
                      Type.SCALAR,
                      "Whether the host swaps: off or on; YAML makes booleans of the bare words, and they count too.")
                  .oneOf("off", "on", "False", "True"),
              ContainerEvidence.ALLOW)
          .example("- swap:\n    state: 'off'")
          .result("devices", "What is swapped to.")
          .result("used_mb", "How much of it is in use.")
          .makes(Swap::of);

  private static Swap of(Args args) {
    String word = args.text("state");
    return new Swap(
        word.equals("off") || word.equals("False") ? State.OFF : State.ON,
        ContainerEvidence.Guard.of(args.flag("allow_in_container")));
  }

  @Override
  public Probe<SwapSeen> probe() {
    return SwapSeen.probe();
  }

  @Override
  public Plan plan(SwapSeen seen) {
    if (seen.fstab() instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable("/etc/fstab cannot be read: " + unreadable.why());
    } else if (!seen.flags().contains(SwapSeen.Flag.SWAP) && state == State.ON) {
      return Plan.unsupported("this kernel has no swap");
    }
    Plan plan = state == State.OFF ? off(seen) : on(seen);
    boolean acts = plan instanceof Plan.Mend;
    return acts && seen.evidence().forbids(guard) ? seen.evidence().refusal("swap") : plan;
  }

  private Plan off(SwapSeen seen) {
    long margin = Math.min(MARGIN_KIB, seen.totalKib() / MARGIN_PART);
    if (!seen.devices().isEmpty() && seen.usedKib() + margin > seen.availableKib()) {
      return Plan.impossible(
          mib(seen.usedKib())
              + " MiB are swapped out and "
              + mib(seen.availableKib())
              + " MiB of memory are available, where "
              + mib(margin)
              + " MiB should be left: switching swap off would run this host out of memory; stop what uses it first");
    }
    List<Change> changes = new ArrayList<>();
    if (!seen.devices().isEmpty()) {
      changes.add(
          Change.run(
              "swap (live)",
              String.join(", ", seen.devices()),
              "off",
              Sh.of("for d in {}; do swapoff -- \"$d\" || exit 1; done", seen.devices())));
    }
    Fstab before = fstab(seen);
    changes.addAll(
        edited(
            before,
            before.mapped(
                entry -> entry.fstype().equals("swap"), line -> Optional.of(MARK + line))));
    for (SwapSeen.Unit unit : seen.units()) {
      changes.add(masked(unit));
    }
    return Plan.of(changes);
  }

  private static long mib(long kib) {
    return kib / 1024;
  }

  private static Fstab fstab(SwapSeen seen) {
    return Fstab.of(seen.fstab().ifPresent().orElse(""));
  }

  private static List<Change> edited(Fstab before, Fstab after) {
    if (before.equals(after)) {
      return List.of();
    }
    return List.of(
        new Change(
            "/etc/fstab",
            before.text(),
            after.text(),
            ImmutableList.of(
                new Step.Put(Content.of(after.text()), "/etc/fstab", Attributes.unchanged()),
                new Step.Run(reloaded()))));
  }

  private static Sh reloaded() {
    return Sh.of("[ ! -d /run/systemd/system ] || systemctl daemon-reload || :");
  }

  private static Change masked(SwapSeen.Unit unit) {
    String name = unit.name();
    return unit.place() == SwapSeen.Place.OWN
        ? Change.run(
            name,
            "enabled",
            "disabled",
            Sh.of(
                "rm -f -- /etc/systemd/system/*.wants/{} /etc/systemd/system/*.requires/{} && { {}; }",
                name,
                name,
                reloaded()))
        : Change.run(
            name,
            "not masked",
            "masked",
            Sh.of(
                "mkdir -p /etc/systemd/system && ln -sT -- /dev/null {} && { {}; }",
                "/etc/systemd/system/" + name,
                reloaded()));
  }

  private Plan on(SwapSeen seen) {
    Fstab before = fstab(seen);
    Fstab after =
        new Fstab(
            before.lines().stream()
                .map(line -> line.startsWith(MARK) ? line.substring(MARK.length()) : line)
                .collect(ImmutableList.toImmutableList()));
    List<Change> changes = new ArrayList<>(edited(before, after));
    boolean listed = after.entries().stream().anyMatch(entry -> entry.fstype().equals("swap"));
    if (listed && (seen.devices().isEmpty() || !changes.isEmpty())) {
      changes.add(
          Change.run(
              "swap (live)",
              seen.devices().isEmpty() ? "off" : String.join(", ", seen.devices()),
              "all of /etc/fstab",
              Sh.of("swapon -a")));
    } else if (seen.devices().isEmpty()) {
      return Plan.impossible(
          "there is nothing to swap to: /etc/fstab has no line of the type swap");
    }
    return Plan.of(changes).with(remarks(seen));
  }

  private static List<Remark> remarks(SwapSeen seen) {
    List<Remark> remarks = new ArrayList<>();
    if (seen.flags().contains(SwapSeen.Flag.KUBELET)) {
      remarks.add(
          Remark.risk(
              "there is a kubelet on this host, which does not start with swap on unless it is told to"));
    }
    if (!seen.masked().isEmpty()) {
      remarks.add(Remark.note("still masked: " + String.join(", ", seen.masked())));
    }
    return remarks;
  }

  @Override
  public ImmutableMap<String, Object> result(SwapSeen seen) {
    return ImmutableMap.of("devices", seen.devices(), "used_mb", mib(seen.usedKib()));
  }
}
