package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import dev.belay.module.FileText;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.Locale;
import java.util.Optional;

/**
 * A mount, and its line in the file of mounts.
 *
 * @param entry as it is to be in the file
 */
record Mount(Fstab.Entry entry, State state, String fstab, ImmutableSet<How> how)
    implements Resource<Mount.Seen> {

  /** Ansible's states. */
  enum State {
    MOUNTED,
    PRESENT,
    UNMOUNTED,
    ABSENT,
    ABSENT_FROM_FSTAB,
    REMOUNTED
  }

  /** What a task says besides. */
  enum How {
    BACKUP,
    /** A boot leaves it alone. */
    NOT_AT_BOOT
  }

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.posix", "mount")
          .summary("Mounts file systems, and keeps their lines in the file of mounts.")
          .doc(
              "Where mounting fails, the file of mounts is as it was before. Lines that the task is not about stay byte for byte."
                  + " 'remounted' is a deed, done in each run. Swap has lines here (path: none, fstype: swap), and is switched by the module 'swap'."
                  + " A backup is made beside the file; its name is not given back. Not there: the state 'ephemeral'.")
          .parameters(
              Parameter.required("path", Type.PATH, "Where it is mounted; 'none' for swap.")
                  .alias("name"),
              Parameter.optional("src", Type.TEXT, "What is mounted: a device, UUID=…, a share."),
              Parameter.optional("fstype", Type.TEXT, "The kind of file system."),
              Parameter.optional("opts", Type.TEXT, "Its options.").defaultsTo("defaults"),
              Parameter.optional("dump", Type.TEXT, "The fifth field.").defaultsTo("0"),
              Parameter.optional("passno", Type.TEXT, "The sixth field.").defaultsTo("0"),
              Parameter.required(
                      "state",
                      Type.TEXT,
                      "mounted: line and mount; present: the line alone; unmounted: no mount, whatever the line; absent: neither, and no folder; absent_from_fstab: no line; remounted: once more, by its line.")
                  .oneOf(
                      "mounted",
                      "present",
                      "unmounted",
                      "absent",
                      "absent_from_fstab",
                      "remounted"),
              Parameter.optional("fstab", Type.PATH, "Another file of mounts.")
                  .defaultsTo("/etc/fstab"),
              Parameter.optional(
                      "boot", Type.FLAG, "Whether a boot mounts it; false adds the option noauto.")
                  .defaultsTo(true),
              Parameter.optional(
                      "backup", Type.FLAG, "Whether the file's old text is kept beside it.")
                  .defaultsTo(false))
          .example(
              "- mount:\n    path: /srv/models\n    src: nfs.example.com:/models\n    fstype: nfs\n    opts: ro,noatime\n    state: mounted")
          .result("name", "The path, as given.")
          .result("src", "As given.")
          .result("fstype", "As given.")
          .result("opts", "As they are in the file.")
          .result("dump", "As given.")
          .result("passno", "As given.")
          .result("fstab", "The file of mounts.")
          .result("boot", "yes or no.")
          .makes(Mount::of);

  /** What is there: the file's text, whether it is mounted, whether the folder is there. */
  record Seen(FileText text, boolean mounted, boolean folder) {}

  private static Mount of(Args args) {
    State state = State.valueOf(args.text("state").toUpperCase(Locale.ROOT));
    boolean needs = state == State.MOUNTED || state == State.PRESENT;
    if (needs && !(args.has("src") && args.has("fstype"))) {
      throw new IllegalArgumentException(
          "state=" + args.text("state") + " needs 'src' and 'fstype'");
    }
    String fstype = args.textIfGiven("fstype").orElse("");
    String path = args.text("path");
    boolean swap = path.equals("none") || path.equals("swap");
    if (state == State.MOUNTED && (swap || fstype.equals("swap"))) {
      throw new IllegalArgumentException(
          "swap is not mounted: use state=present for its line, and the module 'swap'");
    }
    ImmutableSet.Builder<How> how = ImmutableSet.builder();
    if (args.flag("backup")) {
      how.add(How.BACKUP);
    }
    if (!args.flag("boot")) {
      how.add(How.NOT_AT_BOOT);
    }
    Fstab.Entry entry =
        new Fstab.Entry(
            args.textIfGiven("src").orElse(""),
            swap ? path : Paths.absolute(path),
            fstype,
            opts(args),
            args.text("dump"),
            args.text("passno"));
    return new Mount(entry, state, Paths.absolute(args.text("fstab")), how.build());
  }

  private static String opts(Args args) {
    String opts = args.text("opts");
    boolean noauto = ("," + opts + ",").contains(",noauto,");
    return args.flag("boot") || noauto ? opts : opts + ",noauto";
  }

  /** Whether a line is this mount's: by its path, and for swap by its device. */
  boolean isOurs(Fstab.Entry line) {
    boolean swap = line.path().equals("none") && line.fstype().equals("swap");
    return line.path().equals(entry.path())
        && (!swap || entry.src().isEmpty() || line.src().equals(entry.src()));
  }

  @Override
  public Probe<Seen> probe() {
    Sh question =
        Sh.of(
            """
            p={}; r=$(readlink -f -- "$p" | sed -e 's/\\\\/\\\\134/g' -e 's/ /\\\\040/g' -e 's/\t/\\\\011/g')
            [ ! -e "$p" ] || echo folder
            cut -d' ' -f5 /proc/self/mountinfo | grep -qxF -e {} -e "${r:-/}" && echo mounted; :""",
            entry.path(),
            Fstab.escaped(entry.path()));
    return Probe.text(fstab)
        .and(
            Probe.of(question, output -> output.lines()),
            (text, said) -> new Seen(text, said.contains("mounted"), said.contains("folder")));
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.text instanceof FileText.Unreadable unreadable) {
      return Plan.unverifiable(fstab + " cannot be read: " + unreadable.why());
    } else if (state == State.REMOUNTED) {
      return seen.mounted
          ? MountEdit.remounted(this)
          : Plan.impossible(entry.path() + " is not mounted, so it cannot be remounted");
    }
    return Plan.of(new MountEdit(this, seen).changes());
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result
        .put("name", entry.path())
        .put("opts", entry.opts())
        .put("dump", entry.dump())
        .put("passno", entry.passno())
        .put("fstab", fstab)
        .put("boot", how.contains(How.NOT_AT_BOOT) ? "no" : "yes");
    Optional.of(entry.src()).filter(s -> !s.isEmpty()).ifPresent(s -> result.put("src", s));
    Optional.of(entry.fstype()).filter(s -> !s.isEmpty()).ifPresent(s -> result.put("fstype", s));
    return result.buildOrThrow();
  }
}
