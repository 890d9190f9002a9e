package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The memory allocator that a service preloads. One of them: of two the first in the list wins, and
 * both are mapped. A library that does not load cleanly is never put into a file, for every program
 * that reads it would say so, or end.
 */
record Allocator(Kind kind, Optional<String> file, boolean required, Env place)
    implements Resource<Allocator.Seen> {
  private static final String VARIABLE = "LD_PRELOAD";
  private static final Predicate<String> IS_ALLOCATOR =
      Pattern.compile(".*/lib(jemalloc|tcmalloc)[^/]*\\.so[^/]*").asMatchPredicate();

  static final ModuleSpec SPEC =
      ModuleSpec.named("belay.builtin", "allocator")
          .summary("Preloads jemalloc or tcmalloc into a service of the host, or neither.")
          .doc(
              "The library is looked for in the folders of the host's own architecture, is tried on a program that does nothing, and is refused where that says a word: another architecture, a missing dependency, an allocator built for smaller pages."
                  + " The other allocator goes from the list; other preloads stay."
                  + "\n\nFor services of the host: in a container the library is the image's, and the host cannot know it; use env there. Installing it is the work of a package module.")
          .parameters(
              Parameter.required("library", Type.TEXT, "The allocator; none takes both away.")
                  .oneOf("jemalloc", "tcmalloc", "none"),
              Parameter.optional(
                  "file", Type.PATH, "The library itself, where it is in no usual folder."),
              Parameter.optional(
                      "missing",
                      Type.TEXT,
                      "What a host without the library is: failed (fail) or unsupported (skip), as for a check before its package is installed.")
                  .oneOf("fail", "skip")
                  .defaultsTo("fail"))
          .parameters(EnvModule.PLACE)
          .example(
              "- allocator:\n    library: jemalloc\n    name: vllm\n    dialect: systemd\n    unit: vllm.service")
          .example("- allocator:\n    library: none\n    path: /etc/belay/env/vllm.env")
          .result("path", "The file of variables.")
          .result("library", "The library's path; empty for none.")
          .result("preloads", "What files for everybody preload, and whether it loads.")
          .makes(Allocator::of);

  /** The allocators, and what their packages are called. */
  enum Kind {
    JEMALLOC(
        ImmutableList.of("libjemalloc.so.2"),
        "libjemalloc2 on Debian and Ubuntu, jemalloc on openEuler"),
    TCMALLOC(
        ImmutableList.of("libtcmalloc.so.4", "libtcmalloc_minimal.so.4"),
        "libgoogle-perftools4 on Debian 12 and Ubuntu 22.04, libgoogle-perftools4t64 later, gperftools-libs on openEuler"),
    NONE(ImmutableList.of(), "");

    private final ImmutableList<String> names;
    private final String packages;

    Kind(ImmutableList<String> names, String packages) {
      this.names = names;
      this.packages = packages;
    }
  }

  /** What is there: the library, the file, and what is preloaded anyway. */
  record Seen(LibrarySeen library, Env.Seen env, PreloadFiles global) {}

  private static Allocator of(Args args) {
    Kind kind = Kind.valueOf(args.text("library").toUpperCase(java.util.Locale.ROOT));
    Optional<String> file = args.textIfGiven("file").map(Paths::absolute);
    if (file.filter(f -> f.matches(".*[:\\s$\"'#\\\\].*")).isPresent()) {
      throw new IllegalArgumentException("ld.so cannot preload a path with spaces or colons");
    }
    Env place = EnvModule.place(args, ImmutableMap.of(), ImmutableList.of(), ImmutableList.of());
    return new Allocator(kind, file, args.text("missing").equals("fail"), place);
  }

  @Override
  public Probe<Seen> probe() {
    Probe<LibrarySeen> library =
        kind == Kind.NONE
            ? Probe.nothing(LibrarySeen.absent())
            : LibrarySeen.probe(file, kind.names);
    return library
        .and(asked().probe(), (lib, env) -> new Seen(lib, env, PreloadFiles.NONE))
        .and(PreloadFiles.probe(), (seen, global) -> new Seen(seen.library, seen.env, global));
  }

  /** The file, asked for all that concerns the list. */
  private Env asked() {
    return place.with(ImmutableMap.of(), ImmutableList.of(VARIABLE), ImmutableList.of());
  }

  @Override
  public Plan plan(Seen seen) {
    if (kind != Kind.NONE && seen.library.path().isEmpty()) {
      String why =
          file.orElse(kind.names.get(0)) + " is not on this host; its package is " + kind.packages;
      return required ? Plan.lacking(why) : Plan.unsupported(why);
    }
    Optional<String> wrong = kind == Kind.NONE ? Optional.empty() : seen.library.wrong();
    if (wrong.isPresent()) {
      return Plan.impossible(
          seen.library.path().orElseThrow() + " does not preload cleanly: " + wrong.get());
    }
    return wanted(seen).plan(seen.env).with(remarks(seen));
  }

  private Env wanted(Seen seen) {
    EnvFile before = EnvFile.read(place.dialect(), seen.env.text().ifPresent().orElse(""));
    Optional<EnvValue> value = Optional.ofNullable(before.values().get(VARIABLE));
    Optional<String> library = seen.library.path();
    if (value.filter(EnvValue.Assigned.class::isInstance).isEmpty()
        && place.dialect() == EnvDialect.PROFILE) {
      return place.with(ImmutableMap.of(), ImmutableList.of(), edits(value, library));
    }
    List<String> list = new ArrayList<>(members(value));
    list.removeIf(IS_ALLOCATOR);
    library.ifPresent(lib -> list.removeIf(lib::equals));
    library.ifPresent(lib -> list.add(0, lib));
    return list.isEmpty()
        ? place.with(ImmutableMap.of(), ImmutableList.of(VARIABLE), ImmutableList.of())
        : place.with(
            ImmutableMap.of(VARIABLE, String.join(":", list)),
            ImmutableList.of(),
            ImmutableList.of());
  }

  /** ld.so takes spaces and colons between members. */
  private static List<String> members(Optional<EnvValue> value) {
    return Splitter.onPattern("[:\\s]+")
        .omitEmptyStrings()
        .splitToList(value.map(EnvValue::text).orElse(""));
  }

  private static ImmutableList<ListEdit> edits(Optional<EnvValue> value, Optional<String> library) {
    ImmutableList<String> others =
        members(value).stream()
            .filter(IS_ALLOCATOR.and(m -> !library.equals(Optional.of(m))))
            .collect(ImmutableList.toImmutableList());
    ImmutableList.Builder<ListEdit> edits = ImmutableList.builder();
    edits.add(new ListEdit(VARIABLE, ListEdit.Kind.REMOVE, others, ":"));
    library.ifPresent(
        lib ->
            edits.add(new ListEdit(VARIABLE, ListEdit.Kind.PREPEND, ImmutableList.of(lib), ":")));
    return edits.build();
  }

  private List<Remark> remarks(Seen seen) {
    List<Remark> remarks = new ArrayList<>(seen.global.remarks(place.path()));
    seen.global.entries().stream()
        .filter(e -> !e.file().equals(place.path()) && IS_ALLOCATOR.test(e.library()))
        .filter(e -> !seen.library.path().equals(Optional.of(e.library())))
        .map(e -> Remark.risk(e.file() + " preloads " + e.library() + " for everybody as well"))
        .forEach(remarks::add);
    return remarks;
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of(
        "path",
        place.path(),
        "library",
        seen.library.path().orElse(""),
        "preloads",
        seen.global.facts());
  }
}
