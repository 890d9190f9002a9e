package dev.belay.modules;

import dev.belay.module.FileText;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;

/** What is there of a kernel parameter: live, in files, and what else on the host sets it. */
record SysctlSeen(Live live, Kept kept, Around around) {

  /** The live value, or why there is none to read. */
  record Live(State state, String value) {}

  /** Of the live value. */
  enum State {
    THERE,
    READ_ONLY,
    ABSENT,
    /** As absent, and not even its first part is there. */
    STRANGE,
    UNREADABLE
  }

  /**
   * What files say.
   *
   * @param text of the file that is to keep it
   * @param file that file, with links followed
   * @param others how many memory cgroups of the old kind have a value of their own that differs
   */
  record Kept(SysctlFiles files, FileText text, String file, long others) {}

  /** What else decides. */
  record Around(ContainerEvidence evidence, Tuned tuned) {}

  /** What a boot would end with. */
  record Boot(String who, String value) {}

  private record Rest(Kept kept, Around around) {}

  static Probe<SysctlSeen> probe(SysctlKey key, String file, String value) {
    Probe<Around> around = ContainerEvidence.probe().and(Tuned.probe(), Around::new);
    return live(key)
        .and(
            kept(key, file, value).and(around, Rest::new),
            (live, rest) -> new SysctlSeen(live, rest.kept, rest.around));
  }

  private static Probe<Live> live(SysctlKey key) {
    Sh question =
        Sh.of(
            "f={}; if [ ! -e \"$f\" ]; then [ -e {} ] || exit 7; exit 3; fi; cat -- \"$f\" || exit 4; [ -w \"$f\" ] || [ \"$(id -u)\" != 0 ] || exit 5",
            key.file(),
            key.tree());
    return Probe.of(question, SysctlSeen::live);
  }

  private static Live live(Output output) {
    return switch (output.status()) {
      case 0 -> new Live(State.THERE, SysctlValue.normal(output.out()));
      case 3 -> new Live(State.ABSENT, "");
      case 7 -> new Live(State.STRANGE, "");
      case 5 -> new Live(State.READ_ONLY, SysctlValue.normal(output.out()));
      default -> new Live(State.UNREADABLE, output.err().strip());
    };
  }

  private static Probe<Kept> kept(SysctlKey key, String file, String value) {
    return SysctlFiles.probe(key)
        .and(Probe.text(file), (files, text) -> new Kept(files, text, file, 0))
        .and(rest(key, file, value), (kept, said) -> kept(kept, said));
  }

  /** Where the file really is, and how many cgroups keep another swappiness. */
  private static Probe<String[]> rest(SysctlKey key, String file, String value) {
    Sh real = Sh.of("if [ -L {} ]; then readlink -f -- {}; else echo; fi", file, file);
    Sh groups =
        key.path().equals("vm/swappiness")
            ? Sh.of(
                "[ ! -e /sys/fs/cgroup/memory/memory.swappiness ] || find /sys/fs/cgroup/memory -mindepth 2 -name memory.swappiness -exec grep -Lx -e {} -- '{''}' + | grep -c .",
                value)
            : Sh.of(":");
    return Probe.of(
        Sh.of("{}; {}", real, groups), output -> (output.out() + "\n\n").split("\n", -1));
  }

  private static Kept kept(Kept kept, String[] said) {
    return new Kept(
        kept.files,
        kept.text,
        said[0].isEmpty() ? kept.file : said[0],
        said[1].matches("[0-9]{1,9}") ? Long.parseLong(said[1]) : 0);
  }

  /** What a boot would end with, were the files these; empty where nothing sets it. */
  Optional<Boot> boot(SysctlFiles files) {
    Optional<Boot> byFile =
        files.winner().map(line -> new Boot(line.file(), line.value().orElseThrow()));
    Optional<Boot> byTuned =
        around
            .tuned
            .sysctl(files.key())
            .map(value -> new Boot("tuned's profile '" + around.tuned.profile() + "'", value));
    return byTuned.isPresent() && (!around.tuned.reapplies() || byFile.isEmpty())
        ? byTuned
        : byFile;
  }
}
