package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Sh;

/** Tells what is at a path; changes nothing. */
record StatModule(String path, boolean follow, boolean checksum, String algorithm)
    implements Resource<StatModule.Seen> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "stat")
          .summary("Tells what is at a path.")
          .parameters(
              Parameter.required("path", Type.PATH, "The path.").alias("dest", "name"),
              Parameter.optional("follow", Type.FLAG, "Whether a link is followed.")
                  .defaultsTo(false),
              Parameter.optional(
                      "get_checksum", Type.FLAG, "Whether the checksum of a file is told.")
                  .defaultsTo(true),
              Parameter.optional(
                      "get_mime", Type.FLAG, "Kept for Ansible's files; the MIME type is not told.")
                  .defaultsTo(false),
              Parameter.optional(
                      "get_attributes", Type.FLAG, "Kept for Ansible's files; they are not told.")
                  .defaultsTo(false),
              Parameter.optional("checksum_algorithm", Type.TEXT, "Which checksum.")
                  .oneOf("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
                  .alias("checksum", "checksum_algo")
                  .defaultsTo("sha1"))
          .example("- stat:\n    path: /usr/local/Ascend/driver/version.info\n  register: driver")
          .result(
              "stat",
              "A dictionary: exists, isreg, isdir, islnk, mode, uid, gid, pw_name, gr_name, size, mtime, inode, nlink, checksum, lnk_target.")
          .makes(
              args ->
                  new StatModule(
                      Paths.absolute(args.text("path")),
                      args.flag("follow"),
                      args.flag("get_checksum"),
                      args.text("checksum_algorithm")));

  record Seen(PathSeen path, String checksum) {}

  @Override
  public Probe<Seen> probe() {
    Probe<PathSeen> at = follow ? PathSeen.behind(path) : PathSeen.at(path);
    Sh sum =
        Sh.of("if [ -f {} ] && [ -r {} ]; then {} < {}; fi", path, path, algorithm + "sum", path);
    Probe<String> digest =
        checksum
            ? Probe.of(sum, output -> output.out().replaceFirst("\\s.*", "").strip())
            : Probe.nothing("");
    return at.and(digest, Seen::new);
  }

  @Override
  public Plan plan(Seen seen) {
    return seen.path.is(PathSeen.Kind.UNREADABLE)
        ? Plan.impossible(seen.path.target())
        : Plan.satisfied();
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of("stat", stat(seen));
  }

  private ImmutableMap<String, Object> stat(Seen seen) {
    PathSeen at = seen.path;
    if (at.isAbsent() || at.is(PathSeen.Kind.UNREADABLE)) {
      return ImmutableMap.of("exists", false);
    }
    ImmutableMap.Builder<String, Object> stat = ImmutableMap.builder();
    stat.put("exists", true).put("path", path);
    stat.put("isreg", at.is(PathSeen.Kind.FILE))
        .put("isdir", at.is(PathSeen.Kind.DIRECTORY))
        .put("islnk", at.is(PathSeen.Kind.LINK));
    stat.put("mode", at.mode()).put("uid", at.uid()).put("gid", at.gid());
    stat.put("pw_name", at.owner()).put("gr_name", at.group());
    stat.put("size", at.size())
        .put("mtime", (double) at.mtime())
        .put("inode", at.inode())
        .put("nlink", at.links());
    stat.put("executable", (Integer.parseInt(at.mode(), 8) & 0111) != 0);
    if (at.is(PathSeen.Kind.LINK)) {
      stat.put("lnk_target", at.target());
    }
    if (!seen.checksum.isEmpty() && at.is(PathSeen.Kind.FILE)) {
      stat.put("checksum", seen.checksum);
    }
    return stat.buildOrThrow();
  }
}
