package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;

/**
 * What on a host speaks for its being a container: then its kernel is another host's, and a setting
 * of the kernel's is not its to make.
 *
 * <p>It is evidence and no verdict: each sign is named wherever something follows from it. A {@code
 * /.dockerenv} alone is a hint and no sign, for images that became virtual machines have one too.
 *
 * @param signs each enough by itself, as a piece of a sentence
 * @param hints worth telling, and proof of nothing
 */
record ContainerEvidence(ImmutableList<String> signs, ImmutableList<String> hints) {

  /** What a playbook says to change the kernel of the host outside all the same. */
  static final Parameter ALLOW =
      Parameter.optional(
              "allow_in_container",
              Type.FLAG,
              "Whether the kernel of the host outside may be changed from inside of a privileged container.")
          .defaultsTo(false);

  /** Whether a playbook says so. */
  enum Guard {
    REFUSE,
    ALLOW;

    static Guard of(boolean allowed) {
      return allowed ? ALLOW : REFUSE;
    }
  }

  /** Old kernels tell PID 1's number outside in /proc/1/sched; newer ones the one inside. */
  private static final Sh QUESTION =
      Sh.of(
          """
          for f in /run/.containerenv /run/systemd/container; do [ ! -e "$f" ] || echo "sign $f is there"; done
          [ ! -e /.dockerenv ] || echo 'hint /.dockerenv is there, which alone proves nothing'
          cat /proc/1/environ 2>/dev/null | tr '\\0' '\\n' | sed -n 's/^container=/sign PID 1 has container=/p'
          sed -n -e 's,^[^/]*\\(/.*\\(docker\\|kubepods\\|containerd\\|libpod\\|lxc\\|garden\\).*\\)$,sign PID 1 is in the cgroup \\1,p' /proc/1/cgroup 2>/dev/null | head -n 1
          sed -n -e 's,^\\([^ ]* \\)\\{4\\}/ .* overlay .*=\\([^:\\,]*/\\(docker\\|containerd\\|containers\\|io.containerd[^/]*\\|kubelet\\)/[^:\\,]*\\).*$,sign the root is an overlay of \\2,p' /proc/self/mountinfo 2>/dev/null | head -n 1
          sed -n -e '1s/^.*(\\([0-9]*\\)\\,.*$/\\1/p' /proc/1/sched 2>/dev/null | grep -vx 1 | sed 's/^/sign PID 1 has outside the number /'
          read -r a b c </proc/self/uid_map 2>/dev/null && [ "$a $b $c" != '0 0 4294967295' ] && echo "sign user 0 is outside the user $b"
          :""");

  static Probe<ContainerEvidence> probe() {
    return Probe.of(QUESTION, ContainerEvidence::of);
  }

  private static ContainerEvidence of(Output output) {
    return new ContainerEvidence(of(output, "sign "), of(output, "hint "));
  }

  private static ImmutableList<String> of(Output output, String kind) {
    return output.lines().stream()
        .filter(line -> line.startsWith(kind))
        .map(line -> line.substring(kind.length()))
        .collect(ImmutableList.toImmutableList());
  }

  boolean isContainer() {
    return !signs.isEmpty();
  }

  /** The signs in brackets, for the end of a sentence; empty where there are none. */
  String named() {
    return signs.isEmpty() ? "" : " (" + String.join("; ", signs) + ")";
  }

  /** Whether a change of the kernel's is not to be made from here. */
  boolean forbids(Guard guard) {
    return isContainer() && guard == Guard.REFUSE;
  }

  /** Why nothing is written, though it could be. */
  Plan refusal(String what) {
    return Plan.impossible(
        "this is a container"
            + named()
            + ", and "
            + what
            + " is of the host outside, whose kernel this is; set it there, or say 'allow_in_container: true'");
  }

  /** Why nothing can be written. */
  Plan readOnly(String what) {
    return Plan.unsupported(
        isContainer()
            ? what + " is read-only in this container" + named() + "; the host outside decides"
            : what + " is read-only here");
  }

  /** What the one who runs it should know where nothing is to be done. */
  String outside(String what) {
    return what + " is the host's outside of this container" + named() + "; nothing is kept here";
  }
}
