package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;

/** Tells what is at a path; changes nothing. */
record StatModule(String path, boolean follow, Wanted wanted) implements Resource<StatModule.Seen> {

  /** What is told besides, each at the price of a process on the host. */
  record Wanted(
      boolean checksum, String algorithm, boolean md5, boolean mime, boolean attributes) {}

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "stat")
          .summary("Tells what is at a path.")
          .doc(
              "The MIME type is told where the host has 'file', the attributes where it has 'lsattr'; without them 'mimetype' is 'unknown' and 'attributes' empty, as in Ansible. 'lnk_source' needs GNU readlink.")
          .parameters(
              Parameter.required("path", Type.PATH, "The path.").alias("dest", "name"),
              Parameter.optional("follow", Type.FLAG, "Whether a link is followed.")
                  .defaultsTo(false),
              Parameter.optional(
                      "get_checksum", Type.FLAG, "Whether the checksum of a file is told.")
                  .defaultsTo(true),
              Parameter.optional(
                      "get_mime", Type.FLAG, "Whether the MIME type and character set are told.")
                  .alias("mime", "mime_type", "mime-type")
                  .defaultsTo(true),
              Parameter.optional(
                      "get_attributes", Type.FLAG, "Whether the file system's attributes are told.")
                  .alias("attr", "attributes")
                  .defaultsTo(true),
              Parameter.optional("get_md5", Type.FLAG, "Whether the MD5 is told as 'md5' too.")
                  .defaultsTo(false),
              Parameter.optional("checksum_algorithm", Type.TEXT, "Which checksum.")
                  .oneOf("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
                  .alias("checksum", "checksum_algo")
                  .defaultsTo("sha1"))
          .example("- stat:\n    path: /usr/local/Ascend/driver/version.info\n  register: driver")
          .result(
              "stat",
              "A dictionary: exists, and where it does path, mode, isreg, isdir, islnk, ischr, isblk, isfifo, issock, uid, gid, pw_name, gr_name, size, inode, dev, nlink, atime, mtime, ctime, blocks, block_size, device_type, rusr to xoth, isuid, isgid, readable, writeable, executable, checksum, lnk_target, lnk_source, mimetype, charset, attributes, attr_flags, version.")
          .makes(StatModule::of);

  /** The answers: of {@code stat}, about the link, and to what is wanted besides. */
  record Seen(Output stat, List<String> link, Output more) {}

  private static StatModule of(Args args) {
    return new StatModule(
        Paths.onHostSlashed(args.text("path")),
        args.flag("follow"),
        new Wanted(
            args.flag("get_checksum"),
            args.text("checksum_algorithm"),
            args.flag("get_md5"),
            args.flag("get_mime"),
            args.flag("get_attributes")));
  }

  @Override
  public Probe<Seen> probe() {
    Sh test = follow ? Sh.of("[ -e \"$p\" ]") : Sh.of("[ -L \"$p\" ] || [ -e \"$p\" ]");
    // A folder above that may not be entered is no absence.
    Sh stat =
        Sh.of(
            "p={}; if {}; then stat {} -c {} -- \"$p\" || exit 4; for t in r w x; do test -$t \"$p\" && echo y || echo n; done; else stat {} -- \"$p\" >/dev/null; exit 3; fi",
            path,
            test,
            Sh.of(follow ? "-L" : ""),
            StatText.FORMAT,
            Sh.of(follow ? "-L" : ""));
    Sh link =
        Sh.of(
            "p={}; if [ -L \"$p\" ]; then readlink -n -- \"$p\"; printf '\\001'; readlink -m -n -- \"$p\"; fi",
            path);
    return Probe.of(stat, output -> output)
        .and(
            Probe.of(link, output -> Splitter.on('\u0001').splitToList(output.out())),
            (seen, links) -> new Seen(seen, links, Output.ok("")))
        .and(
            Probe.of(more(), output -> output),
            (seen, output) -> new Seen(seen.stat, seen.link, output));
  }

  private Sh more() {
    Sh regular = follow ? Sh.of("[ -f \"$p\" ]") : Sh.of("[ -f \"$p\" ] && [ ! -L \"$p\" ]");
    Sh sums =
        Sh.of(
            "if {} && [ -r \"$p\" ]; then {}; {}; fi",
            regular,
            wanted.checksum
                ? Sh.of("echo \"checksum $({} < \"$p\")\"", Sh.of(wanted.algorithm + "sum"))
                : Sh.of(":"),
            wanted.md5 ? Sh.of("echo \"md5 $(md5sum < \"$p\")\"") : Sh.of(":"));
    // 'file' looks at a link itself; so does Ansible, which asks it whatever 'follow' says.
    Sh mime =
        wanted.mime
            ? Sh.of(
                "if command -v file >/dev/null; then printf 'mime %s\\n' \"$(file --mime-type --mime-encoding -- \"$p\" | tail -n 1)\"; fi")
            : Sh.of(":");
    Sh attributes =
        wanted.attributes
            ? Sh.of(
                "if command -v lsattr >/dev/null; then printf 'attr %s\\n' \"$(lsattr -vd -- \"$p\" 2>/dev/null)\"; fi")
            : Sh.of(":");
    return Sh.of(
        "p={}; if [ -L \"$p\" ] || [ -e \"$p\" ]; then {}; {}; {}; fi",
        path,
        sums,
        mime,
        attributes);
  }

  @Override
  public Plan plan(Seen seen) {
    boolean absent = seen.stat.status() == 3;
    boolean hidden = absent && !seen.stat.err().contains("No such file or directory");
    boolean failed = !absent && !seen.stat.succeeded();
    return hidden || failed ? Plan.impossible(seen.stat.err().strip()) : Plan.satisfied();
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    if (!seen.stat.succeeded()) {
      return ImmutableMap.of("stat", ImmutableMap.of("exists", false));
    }
    ImmutableList<String> lines = seen.stat.lines();
    ImmutableMap.Builder<String, Object> stat = ImmutableMap.builder();
    stat.put("exists", true).put("path", Paths.shown(path)).putAll(StatText.told(lines.get(0)));
    stat.put("readable", lines.get(1).equals("y"))
        .put("writeable", lines.get(2).equals("y"))
        .put("executable", lines.get(3).equals("y"));
    if (!follow && seen.link.size() == 2) {
      stat.put("lnk_target", seen.link.get(0)).put("lnk_source", seen.link.get(1));
    }
    stat.putAll(StatText.more(seen.more, wanted));
    return ImmutableMap.of("stat", stat.buildKeepingLast());
  }
}
