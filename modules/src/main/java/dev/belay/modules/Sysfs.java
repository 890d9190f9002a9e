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
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values of files under {@code /sys}, now and after a boot. */
record Sysfs(
    ImmutableList<String> paths, String value, KernelFile.Reading reading, ImmutableSet<How> how)
    implements Resource<Sysfs.Seen> {

  /** What a task says besides. */
  enum How {
    PERSIST,
    /** A file that is not there fails. */
    REQUIRED,
    ALLOW_IN_CONTAINER
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "sysfs")
          .summary("Sets a value in a file under /sys, and keeps it over a boot.")
          .doc(
              "The value is read back: what the kernel changes on its own fails the task. Paths are single files, not patterns."
                  + " For a boot each path has a file in /etc/belay/boot.d, which belay-tuning.service applies; a persisted path that is not there is forgiven then."
                  + " For CPU frequencies there is 'cpufreq', for the scheduler 'sched_knob', for /proc/sys 'sysctl'.")
          .parameters(
              Parameter.required("path", Type.LIST, "A path under /sys, or several.")
                  .alias("paths"),
              Parameter.required("value", Type.SCALAR, "The value, one line."),
              Parameter.optional(
                      "read",
                      Type.TEXT,
                      "How the file tells its value: all of it (plain), or what it offers with the value in brackets, as 'always [madvise] never' (bracket); a value that is not offered is refused before anything is written.")
                  .oneOf("plain", "bracket")
                  .defaultsTo("plain"),
              Parameter.optional(
                      "persist",
                      Type.FLAG,
                      "Whether a boot sets it too; false takes away what was kept.")
                  .defaultsTo(true),
              Parameter.optional(
                      "on_missing",
                      Type.TEXT,
                      "What a file that is not there is: unsupported (skip) or failed (fail).")
                  .oneOf("skip", "fail")
                  .defaultsTo("skip"),
              ContainerEvidence.ALLOW)
          .example(
              "- sysfs:\n    path: /sys/kernel/mm/transparent_hugepage/enabled\n    value: always\n    read: bracket")
          .result("values", "The value of each path that is there.")
          .makes(Sysfs::of);

  /** What a file holds, or why it cannot be told. */
  record File(String path, State state, String text) {}

  /** Whether a file can be read and written. */
  enum State {
    THERE,
    READ_ONLY,
    ABSENT,
    UNREADABLE
  }

  /** What is there. */
  record Seen(
      ImmutableList<File> files,
      ImmutableList<BootSetting.Seen> boots,
      ContainerEvidence evidence) {}

  private static Sysfs of(Args args) {
    ImmutableList<String> paths = args.texts("path");
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("'path' names no file");
    }
    paths.forEach(Sysfs::check);
    String value = args.text("value").strip();
    if (value.isEmpty() || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("'value' must be one line and not empty");
    }
    ImmutableSet.Builder<How> how = ImmutableSet.builder();
    if (args.flag("persist")) {
      how.add(How.PERSIST);
    }
    if (args.text("on_missing").equals("fail")) {
      how.add(How.REQUIRED);
    }
    if (args.flag("allow_in_container")) {
      how.add(How.ALLOW_IN_CONTAINER);
    }
    return new Sysfs(
        paths,
        value,
        KernelFile.Reading.valueOf(args.text("read").toUpperCase(Locale.ROOT)),
        how.build());
  }

  private static void check(String path) {
    if (!path.matches("/sys(/[A-Za-z0-9_.:,@+=-]+)+") || path.matches(".*/\\.\\.?(/.*)?")) {
      throw new IllegalArgumentException(
          "'" + path + "' is no path of a file under /sys, without patterns and '..'");
    }
  }

  @Override
  public Probe<Seen> probe() {
    Probe<ImmutableList<BootSetting.Seen>> boots =
        Probe.all(paths.stream().map(path -> setting(path).probe()).toList());
    return Probe.all(paths.stream().map(Sysfs::file).toList())
        .and(
            boots,
            (files, kept) ->
                new Seen(
                    files, kept, new ContainerEvidence(ImmutableList.of(), ImmutableList.of())))
        .and(ContainerEvidence.probe(), (seen, e) -> new Seen(seen.files, seen.boots, e));
  }

  private static Probe<File> file(String path) {
    Sh question =
        Sh.of(
            "f={}; [ -e \"$f\" ] || exit 3; cat -- \"$f\" || exit 4; [ -w \"$f\" ] || [ \"$(id -u)\" != 0 ] || exit 5",
            path);
    return Probe.of(question, output -> file(path, output));
  }

  private static File file(String path, Output output) {
    return switch (output.status()) {
      case 0 -> new File(path, State.THERE, output.out());
      case 3 -> new File(path, State.ABSENT, "");
      case 5 -> new File(path, State.READ_ONLY, output.out());
      default -> new File(path, State.UNREADABLE, output.err().strip());
    };
  }

  /** A path as the name of a file: a dash for each slash, two for a dash. */
  private BootSetting setting(String path) {
    String name = path.substring("/sys/".length()).replace("-", "--").replace('/', '-');
    return new BootSetting("sysfs-" + name, ImmutableList.of(path + " " + value));
  }

  @Override
  public Plan plan(Seen seen) {
    for (File file : seen.files) {
      if (file.state == State.UNREADABLE) {
        return Plan.unverifiable(file.path + " cannot be read: " + file.text);
      } else if (file.state == State.ABSENT && how.contains(How.REQUIRED)) {
        return Plan.impossible("there is no " + file.path + " here");
      }
    }
    List<File> there = seen.files.stream().filter(f -> f.state != State.ABSENT).toList();
    if (there.isEmpty()) {
      return Plan.unsupported("there is no " + String.join(", ", paths) + " here");
    }
    List<File> others = there.stream().filter(file -> !isRight(file)).toList();
    for (File file : others) {
      ImmutableList<String> offered = reading.offered(file.text);
      if (!offered.isEmpty() && !offered.contains(value)) {
        return Plan.impossible(
            file.path + " does not offer '" + value + "', only " + String.join(", ", offered));
      }
    }
    return guarded(seen, others);
  }

  private boolean isRight(File file) {
    return reading.of(file.text).equals(KernelFile.Reading.PLAIN.of(value));
  }

  private Plan guarded(Seen seen, List<File> others) {
    boolean outside = seen.evidence.isContainer() && !how.contains(How.ALLOW_IN_CONTAINER);
    boolean readOnly = seen.files.stream().anyMatch(file -> file.state == State.READ_ONLY);
    if (others.isEmpty() && outside) {
      return Plan.satisfied().with(Remark.note(seen.evidence.outside(paths.get(0))));
    } else if (others.isEmpty() && readOnly) {
      return Plan.satisfied()
          .with(Remark.note(paths.get(0) + " is read-only here; nothing is kept here"));
    } else if (others.stream().anyMatch(file -> file.state == State.READ_ONLY)) {
      return seen.evidence.readOnly(others.get(0).path);
    } else if (outside) {
      return seen.evidence.refusal(others.get(0).path);
    }
    return mended(seen, others);
  }

  private Plan mended(Seen seen, List<File> others) {
    List<Change> changes = new ArrayList<>();
    for (File file : others) {
      Sh write = KernelFile.write(List.of(file.path), value, List.of(), reading);
      changes.add(Change.run(file.path + " (live)", reading.of(file.text), value, write));
    }
    List<Remark> remarks = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      BootSetting.Seen kept = seen.boots.get(i);
      if (!how.contains(How.PERSIST)) {
        changes.addAll(setting(paths.get(i)).removal(kept));
        continue;
      }
      ImmutableList<Change> more = setting(paths.get(i)).changes(kept);
      // Script and unit are the same for all of them.
      changes.addAll(
          i == 0
              ? more
              : more.stream().filter(c -> c.what().startsWith(BootSetting.FOLDER)).toList());
      remarks.addAll(i == 0 ? setting(paths.get(i)).remarks(kept) : List.of());
    }
    seen.files.stream()
        .filter(file -> file.state == State.ABSENT)
        .forEach(
            file -> remarks.add(Remark.note("there is no " + file.path + " here; left alone")));
    return Plan.of(changes).with(remarks);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    seen.files.stream()
        .filter(file -> file.state == State.THERE || file.state == State.READ_ONLY)
        .forEach(file -> values.put(file.path, reading.of(file.text)));
    return ImmutableMap.of("values", values.buildKeepingLast());
  }
}
