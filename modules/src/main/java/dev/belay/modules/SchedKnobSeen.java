package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.FileText;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;

/**
 * Where a knob of the scheduler is on this kernel, and what it holds. The place is found by
 * looking, for neither a distribution nor a kernel's number tells it.
 *
 * @param path empty where there is none
 * @param value of it; why it cannot be read, where it cannot
 * @param lockdown of the kernel, in its own words; empty where it does not tell
 */
record SchedKnobSeen(
    Optional<String> path,
    State state,
    String value,
    Debugfs debugfs,
    String lockdown,
    Kept kept,
    ContainerEvidence evidence) {
  static final String DEBUGFS = "/sys/kernel/debug";

  /** Of the knob. */
  enum State {
    THERE,
    READ_ONLY,
    ABSENT,
    UNREADABLE
  }

  /** Whether the file system that newer kernels keep knobs in can be seen. */
  enum Debugfs {
    MOUNTED,
    /** The kernel has it, and nobody mounted it. */
    NOT_MOUNTED,
    /** Only root may look into it. */
    CLOSED,
    /** This kernel has none. */
    NONE
  }

  /** What keeps it over a boot. */
  record Kept(BootSetting.Seen boot, FileText sysctl) {}

  private record Rest(Kept kept, ContainerEvidence evidence) {}

  static Probe<SchedKnobSeen> probe(
      ImmutableList<String> places, BootSetting setting, String sysctlFile) {
    Sh question =
        Sh.of(
            """
            for f in {}; do
              [ -e "$f" ] || continue
              echo "path $f"; [ -w "$f" ] || [ "$(id -u)" != 0 ] || echo ro
              if v=$(cat -- "$f" 2>&1); then echo "value $v"; else echo "error $v"; fi
              break
            done
            d={}
            if grep -qs "^[^ ]* $d debugfs " /proc/mounts; then if [ -x "$d" ]; then echo mounted; else echo closed; fi
            elif grep -qsw debugfs /proc/filesystems; then echo unmounted; fi
            sed 's/^/lockdown /' /sys/kernel/security/lockdown 2>/dev/null; :""",
            places,
            DEBUGFS);
    Probe<Kept> kept = setting.probe().and(Probe.text(sysctlFile), Kept::new);
    return Probe.of(question, output -> output)
        .and(
            kept.and(ContainerEvidence.probe(), Rest::new),
            (output, rest) -> of(output, rest.kept, rest.evidence));
  }

  private static SchedKnobSeen of(Output output, Kept kept, ContainerEvidence evidence) {
    ImmutableList<String> said = output.lines();
    Optional<String> path = after(said, "path ");
    Optional<String> error = after(said, "error ");
    State state =
        path.isEmpty()
            ? State.ABSENT
            : error.isPresent()
                ? State.UNREADABLE
                : said.contains("ro") ? State.READ_ONLY : State.THERE;
    return new SchedKnobSeen(
        path,
        state,
        error.or(() -> after(said, "value ")).orElse("").strip(),
        debugfs(said),
        after(said, "lockdown ").orElse(""),
        kept,
        evidence);
  }

  private static Debugfs debugfs(ImmutableList<String> said) {
    if (said.contains("mounted")) {
      return Debugfs.MOUNTED;
    } else if (said.contains("closed")) {
      return Debugfs.CLOSED;
    }
    return said.contains("unmounted") ? Debugfs.NOT_MOUNTED : Debugfs.NONE;
  }

  private static Optional<String> after(ImmutableList<String> said, String word) {
    return said.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .findFirst();
  }

  /** What the kernel's lockdown is, for the end of a sentence. */
  String locked() {
    return lockdown.isEmpty()
        ? "; whether the kernel is locked down it does not say"
        : "; the kernel's lockdown is " + lockdown;
  }
}
