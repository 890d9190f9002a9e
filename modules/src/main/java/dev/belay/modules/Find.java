package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.template.PythonRegex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds files on the host; changes nothing. */
record Find(ImmutableList<FindIn> places, FindFilter filter, Optional<String> contains)
    implements Resource<Find.Seen> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "find")
          .summary("Finds files.")
          .doc(
              "Needs GNU find and stat. Files come in the order of their paths. 'contains' is read by the host's grep -P, whose expressions are Perl's: what Python alone has is refused by it. A path that is no folder, or in which something may not be looked at, is told in 'skipped_paths'. '~' and variables in paths are not expanded.")
          .parameters(
              Parameter.required("paths", Type.LIST, "The folders to look in.")
                  .alias("name", "path"),
              Parameter.optional(
                      "patterns",
                      Type.LIST,
                      "What names must fit, one of them: globs, or regular expressions with 'use_regex'; without any all names do.")
                  .alias("pattern"),
              Parameter.optional("excludes", Type.LIST, "What names must not fit.")
                  .alias("exclude"),
              Parameter.optional(
                      "use_regex",
                      Type.FLAG,
                      "Whether patterns are regular expressions, which must fit at a name's beginning.")
                  .defaultsTo(false),
              Parameter.optional(
                  "contains",
                  Type.TEXT,
                  "A regular expression that must fit at the beginning of a line, or with 'read_whole_file' anywhere in the file. For file_type=file."),
              Parameter.optional(
                      "read_whole_file",
                      Type.FLAG,
                      "Whether 'contains' is looked for in the file as one text.")
                  .defaultsTo(false),
              Parameter.optional("file_type", Type.TEXT, "What is looked for.")
                  .oneOf("any", "directory", "file", "link")
                  .defaultsTo("file"),
              Parameter.optional(
                  "age",
                  Type.TEXT,
                  "At least so old: seconds, or with s, m, h, d, w behind it. With '-' at most so old."),
              Parameter.optional("age_stamp", Type.TEXT, "Which of its times counts.")
                  .oneOf("atime", "ctime", "mtime")
                  .defaultsTo("mtime"),
              Parameter.optional(
                  "size",
                  Type.TEXT,
                  "At least so large: bytes, or with b, k, m, g, t behind it. With '-' at most so large."),
              Parameter.optional("recurse", Type.FLAG, "Whether folders inside are looked into.")
                  .defaultsTo(false),
              Parameter.optional(
                  "depth", Type.INTEGER, "How deep, with 'recurse'; 1 is the folder itself."),
              Parameter.optional("hidden", Type.FLAG, "Whether names that begin with '.' count.")
                  .defaultsTo(false),
              Parameter.optional("follow", Type.FLAG, "Whether links to folders are looked into.")
                  .defaultsTo(false),
              Parameter.optional("get_checksum", Type.FLAG, "Whether the SHA-1 of files is told.")
                  .defaultsTo(false))
          .example(
              "- find:\n    paths: /var/log/npu\n    patterns: '*.log'\n    age: 4w\n    recurse: true\n  register: old")
          .result("files", "What was found, each with path, mode, size, mtime and the like.")
          .result("matched", "How many.")
          .result("examined", "How many were looked at.")
          .result("skipped_paths", "What could not be looked into, and why.")
          .result("msg", "Whether all was looked at.")
          .makes(Find::of);

  record Seen(ImmutableList<FindIn.Seen> places) {}

  private static Find of(Args args) {
    FindFilter filter = FindFilter.of(args);
    Optional<String> contains =
        args.textIfGiven("contains").filter(pattern -> args.text("file_type").equals("file"));
    contains.ifPresent(pattern -> PythonRegex.compile(pattern, 0));
    Optional<String> grep =
        contains.map(
            pattern ->
                args.flag("read_whole_file")
                    ? "(?-m)(?:" + WholeText.pattern(pattern) + ")"
                    : "^(?:" + pattern + ")");
    boolean recurse = args.flag("recurse");
    FindIn.Way way =
        new FindIn.Way(
            recurse ? filter.depth().map(d -> d + 1) : Optional.of(1L),
            args.flag("follow"),
            args.flag("get_checksum") && !args.text("file_type").matches("directory|link"),
            grep,
            args.flag("read_whole_file"),
            filter.names());
    return new Find(
        args.texts("paths").stream()
            .map(path -> new FindIn(Paths.onHost(path), path, way))
            .collect(ImmutableList.toImmutableList()),
        filter,
        contains);
  }

  @Override
  public Probe<Seen> probe() {
    return Probe.all(places.stream().map(FindIn::probe).toList()).map(Seen::new);
  }

  @Override
  public Plan plan(Seen seen) {
    return seen.places.stream()
        .map(FindIn.Seen::trouble)
        .flatMap(Optional::stream)
        .findFirst()
        .map(Plan::impossible)
        .orElseGet(Plan::satisfied);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    List<FindIn.Entry> found = new ArrayList<>();
    ImmutableMap.Builder<String, Object> skipped = ImmutableMap.builder();
    long examined = 0;
    for (FindIn.Seen place : seen.places) {
      examined += place.entries().size();
      place.skipped().ifPresent(why -> skipped.put(place.written(), why));
      place.entries().stream()
          .filter(entry -> filter.holds(entry, place.now()))
          .filter(entry -> contains.isEmpty() || place.containing().contains(entry.relative()))
          .sorted(Comparator.comparing(FindIn.Entry::path))
          .forEach(found::add);
    }
    ImmutableMap<String, Object> skippedPaths = skipped.buildKeepingLast();
    return ImmutableMap.of(
        "files",
        found.stream().map(FindIn.Entry::told).collect(ImmutableList.toImmutableList()),
        "matched",
        (long) found.size(),
        "examined",
        examined,
        "skipped_paths",
        skippedPaths,
        "msg",
        skippedPaths.isEmpty()
            ? "All paths examined"
            : "Not all paths examined, check warnings for details");
  }
}
