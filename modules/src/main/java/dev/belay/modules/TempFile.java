package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.Optional;

/**
 * A new file or folder under a name that nothing has. Always a deed: there is no such thing yet.
 */
record TempFile(Optional<String> folder, String prefix, String suffix, boolean directory)
    implements Resource<Boolean> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "tempfile")
          .summary("Makes a file or folder under a new name.")
          .doc(
              "Only the user who makes it can read it. It stays until something removes it. A check makes none, so what uses its path is not known there.")
          .parameters(
              Parameter.optional("state", Type.TEXT, "What is made.")
                  .oneOf("file", "directory")
                  .defaultsTo("file"),
              Parameter.optional(
                  "path",
                  Type.PATH,
                  "The folder for it; without one the host's own for such files."),
              Parameter.optional("prefix", Type.TEXT, "What its name begins with.")
                  .defaultsTo("ansible."),
              Parameter.optional("suffix", Type.TEXT, "What its name ends with.").defaultsTo(""))
          .example("- tempfile:\n    state: directory\n    suffix: build\n  register: work")
          .result("path", "Where it is.")
          .result("state", "file or directory.")
          .result("mode", "Its permissions, in octal digits.")
          .result("owner", "Its user.")
          .result("group", "Its group.")
          .result("uid", "Its user's number.")
          .result("gid", "Its group's number.")
          .result("size", "In bytes.")
          .makes(TempFile::of);

  private static TempFile of(Args args) {
    String prefix = args.text("prefix");
    String suffix = args.text("suffix");
    if (prefix.contains("/") || suffix.contains("/")) {
      throw new IllegalArgumentException("'prefix' and 'suffix' are parts of a name: no '/'");
    }
    return new TempFile(
        args.textIfGiven("path").map(Paths::absolute),
        prefix,
        suffix,
        args.text("state").equals("directory"));
  }

  @Override
  public Probe<Boolean> probe() {
    return folder
        .map(
            path ->
                Probe.of(
                    Sh.of("if [ -d {} ]; then echo y; fi", path),
                    output -> !output.out().isEmpty()))
        .orElseGet(() -> Probe.nothing(true));
  }

  @Override
  public Plan plan(Boolean there) {
    if (!there) {
      return Plan.lacking("there is no folder " + folder.orElse(""));
    }
    // Between the two the name has the letters that make it new.
    Sh make =
        Sh.of(
            "d={}; t=$(mktemp {} -- \"${d:-${TMPDIR:-/tmp}}\"/{}; s=$?; echo .; exit \"$s\") || exit; t=${t%??}; stat -c '%f|%U|%G|%u|%g|%s|%Y|%i|%h' -- \"$t\" && printf %s \"$t\"",
            folder.orElse(""), Sh.of(directory ? "-d" : ""), prefix + "XXXXXXXX" + suffix);
    String what = directory ? "new directory" : "new file";
    return Plan.act(Change.run(what, Change.ABSENT, what, make), TempFile::read);
  }

  private static Acted read(Output output) {
    if (!output.succeeded()) {
      return new Acted(ImmutableMap.of(), Optional.of(output.err().strip()));
    }
    int end = output.out().indexOf('\n');
    return new Acted(
        ImmutableMap.<String, Object>builder()
            .putAll(PathSeen.of(output.out().substring(0, end), "").result())
            .put("path", output.out().substring(end + 1))
            .buildOrThrow(),
        Optional.empty());
  }

  @Override
  public ImmutableMap<String, Object> result(Boolean there) {
    return ImmutableMap.of();
  }
}
