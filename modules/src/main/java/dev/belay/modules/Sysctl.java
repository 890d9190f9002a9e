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
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kernel parameter: its live value, and the one that a boot sets. They are two things, and differ
 * on their own.
 *
 * <p>The live value is set first, so that one which the kernel refuses is never kept for the next
 * boot.
 */
record Sysctl(
    SysctlKey key,
    String value,
    String file,
    boolean ownFile,
    boolean absent,
    boolean live,
    boolean merge)
    implements Resource<Sysctl.Seen> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.posix", "sysctl")
          .summary("Sets a kernel parameter, live and for the next boot.")
          .doc(
              "Without 'sysctl_file' each parameter has a file of its own, /etc/sysctl.d/90-belay-NAME.conf, which is replaced as a whole."
                  + " Where another file has the last word at boot it is named. A parameter that this kernel does not have, or that is read-only here"
                  + " (a container), is unsupported. Unlike Ansible's module it reads and writes /proc/sys itself, and never runs 'sysctl -p'.")
          .parameters(
              Parameter.required(
                      "name",
                      Type.TEXT,
                      "The parameter, as vm.swappiness; with slashes where a part of it has a dot.")
                  .alias("key"),
              Parameter.optional("value", Type.SCALAR, "The value. Needed for state=present.")
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
                      "ignoreerrors",
                      Type.FLAG,
                      "Kept for Ansible's files; an unknown parameter is unsupported, which fails nothing.")
                  .defaultsTo(false),
              Parameter.optional(
                      "merge",
                      Type.TEXT,
                      "set: the value is a set of numbers and ranges, and what is there besides stays.")
                  .oneOf("replace", "set")
                  .defaultsTo("replace"))
          .example("- sysctl:\n    name: vm.swappiness\n    value: 1")
          .example(
              "- sysctl:\n    name: net.ipv4.ip_local_reserved_ports\n    value: 60000-60031\n    merge: set")
          .makes(Sysctl::of);

  /**
   * What is there: the live value as the kernel writes it, the files, and the text of the one that
   * is ours to write.
   */
  record Seen(Live live, SysctlFiles files, FileText text) {}

  /** The live value. */
  record Live(State state, String value) {
    enum State {
      THERE,
      READ_ONLY,
      ABSENT,
      UNREADABLE
    }
  }

  private static Sysctl of(Args args) {
    SysctlKey key = SysctlKey.of(args.text("name"));
    boolean absent = args.text("state").equals("absent");
    if (!absent && !args.has("value")) {
      throw new IllegalArgumentException("state=present needs 'value'");
    }
    String value = normal(args.textIfGiven("value").orElse(""));
    if (value.isEmpty() && !absent || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("'value' must be one line and not empty");
    }
    Optional<String> file = args.textIfGiven("sysctl_file");
    String own =
        "/etc/sysctl.d/90-belay-" + key.name().replace('/', '.').replace("*", "all") + ".conf";
    boolean merge = args.text("merge").equals("set");
    return new Sysctl(
        key,
        merge ? PortSet.of(value).toString() : value,
        file.map(Paths::absolute).orElse(own),
        file.isEmpty(),
        absent,
        args.flag("reload") || args.flag("sysctl_set"),
        merge);
  }

  /** The kernel writes tabs where people write spaces. */
  private static String normal(String value) {
    return value.strip().replaceAll("[ \\t]+", " ");
  }

  @Override
  public Probe<Seen> probe() {
    return liveProbe()
        .and(
            SysctlFiles.probe(key), (value, files) -> new Seen(value, files, new FileText.Absent()))
        .and(Probe.text(file), (seen, text) -> new Seen(seen.live, seen.files, text));
  }

  private Probe<Live> liveProbe() {
    return Probe.of(
        Sh.of(
            "f={}; [ -e \"$f\" ] || exit 3; cat -- \"$f\" || exit 4; [ -w \"$f\" ] || [ \"$(id -u)\" != 0 ] || exit 5",
            key.file()),
        Sysctl::live);
  }

  private static Live live(Output output) {
    return switch (output.status()) {
      case 0 -> new Live(Live.State.THERE, normal(output.out()));
      case 3 -> new Live(Live.State.ABSENT, "");
      case 5 -> new Live(Live.State.READ_ONLY, normal(output.out()));
      default -> new Live(Live.State.UNREADABLE, output.err().strip());
    };
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.text instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable(file + " cannot be read: " + unreadable.why());
    } else if (absent) {
      return Plan.of(forgotten(seen));
    }
    return switch (seen.live.state) {
      case ABSENT -> Plan.unsupported("this kernel has no " + key.name() + hint());
      case UNREADABLE -> Plan.unverifiable(key.name() + " cannot be read: " + seen.live.value);
      case READ_ONLY ->
          satisfies(seen.live.value)
              ? kept(seen)
              : Plan.unsupported(
                  key.name() + " is read-only here, as in a container; it is " + seen.live.value);
      case THERE -> kept(seen);
    };
  }

  private String hint() {
    return key.name().startsWith("kernel.sched_")
        ? "; since Linux 5.13 the scheduler's knobs are in /sys/kernel/debug/sched"
        : "";
  }

  private Plan kept(Seen seen) {
    if (seen.live.state == Live.State.READ_ONLY) {
      return Plan.satisfied()
          .with(Remark.note(key.name() + " is read-only here; the host outside decides over it"));
    }
    List<Change> changes = new ArrayList<>();
    String wanted = wanted(seen.live.value);
    if (live && !satisfies(seen.live.value)) {
      changes.add(
          Change.run(
              key.name() + " (live)",
              seen.live.value,
              wanted,
              Sh.of("printf '%s\\n' {} > {}", wanted, key.file())));
    }
    Optional<String> stored = seen.files.in(file).map(Sysctl::normal);
    if (!stored.equals(Optional.of(wanted))
        || ownFile && !seen.text.ifPresent().equals(Optional.of(ownText(wanted)))) {
      changes.add(stored(seen, stored, wanted));
    }
    return Plan.of(changes).with(shadow(seen, wanted));
  }

  private boolean satisfies(String seen) {
    return merge ? PortSet.of(seen).holds(PortSet.of(value)) : seen.equals(value);
  }

  private String wanted(String seen) {
    return merge ? PortSet.of(seen).with(PortSet.of(value)).toString() : value;
  }

  private Change stored(Seen seen, Optional<String> stored, String wanted) {
    String text =
        ownFile ? ownText(wanted) : edited(seen.text.ifPresent().orElse(""), Optional.of(wanted));
    Step make = new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(file)));
    Step put = new Step.Put(Content.of(text), file, Attributes.unchanged());
    return new Change(
        key.name() + " (" + file + ")",
        stored.orElse(Change.ABSENT),
        wanted,
        ImmutableList.of(make, put));
  }

  private String ownText(String wanted) {
    return "# Managed by belay.\n" + key.name() + " = " + wanted + "\n";
  }

  /**
   * The file's text with the last line that sets the parameter replaced, and other such lines gone.
   */
  private String edited(String text, Optional<String> wanted) {
    List<String> lines = new ArrayList<>();
    boolean done = false;
    for (String line : Output.lines(text)) {
      int equals = line.indexOf('=');
      boolean ours = equals > 0 && key.isSetBy(line.substring(0, equals).strip());
      if (!ours) {
        lines.add(line);
      } else if (!done && wanted.isPresent()) {
        lines.add(key.name() + "=" + wanted.get());
        done = true;
      }
    }
    if (!done && wanted.isPresent()) {
      lines.add(key.name() + "=" + wanted.get());
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private List<Change> forgotten(Seen seen) {
    Optional<String> stored = seen.files.in(file);
    if (stored.isEmpty()) {
      return List.of();
    }
    Step step =
        ownFile
            ? new Step.Run(Sh.of("rm -f -- {}", file))
            : new Step.Put(
                Content.of(edited(seen.text.ifPresent().orElse(""), Optional.empty())),
                file,
                Attributes.unchanged());
    return List.of(
        new Change(
            key.name() + " (" + file + ")", stored.get(), Change.ABSENT, ImmutableList.of(step)));
  }

  private List<Remark> shadow(Seen seen, String wanted) {
    return seen.files
        .winner()
        .filter(line -> !line.file().equals(file) && !normal(line.value()).equals(wanted))
        .filter(
            line ->
                Paths.name(line.file()).compareTo(Paths.name(file)) > 0
                    || line.file().equals("/etc/sysctl.conf"))
        .map(
            line ->
                Remark.shadowed(
                    "at boot "
                        + line.file()
                        + " sets "
                        + key.name()
                        + " to "
                        + line.value()
                        + ", after "
                        + file))
        .map(List::of)
        .orElse(List.of());
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of("live", seen.live.value, "persisted", seen.files.in(file).orElse(""));
  }
}
