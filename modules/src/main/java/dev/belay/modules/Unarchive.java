package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder that holds what an archive does. */
record Unarchive(
    Source source,
    String dest,
    Optional<String> creates,
    ImmutableList<String> include,
    ImmutableList<String> exclude,
    ImmutableList<String> options,
    Newer newer,
    Listing listing,
    Attributes attributes,
    long maxEntries,
    long maxSize)
    implements Resource<ArchiveSeen> {

  static final ModuleSpec SPEC = UnarchiveSpec.SPEC;

  /** Where the archive comes from. */
  sealed interface Source {

    /** The control side. */
    record Here(Content content) implements Source {}

    /** A file on the host. */
    record There(String path) implements Source {}

    /** A server that the host asks. */
    record Web(WebAddress address, WebSettings settings) implements Source {}
  }

  /** What becomes of files that are newer than the archive's. */
  enum Newer {
    KEPT,
    REPLACED
  }

  /** Whether the names of all entries are told. */
  enum Listing {
    TOLD,
    SILENT
  }

  static Unarchive of(Args args) {
    String dest = Paths.onHostSlashed(args.text("dest"));
    if (!args.texts("include").isEmpty() && !args.texts("exclude").isEmpty()) {
      throw new IllegalArgumentException("'include' and 'exclude' exclude each other");
    } else if (args.has("remote_src") && args.has("copy")) {
      throw new IllegalArgumentException("'copy' and 'remote_src' exclude each other");
    }
    for (String word : args.texts("extra_opts")) {
      if (word.matches(
          "-[^-]*[PCfIFd].*|--(absolute|dir|file|to-command|checkpoint-action|use-comp|rsh|rmt|info-script|new-volume).*")) {
        throw new IllegalArgumentException(
            "'" + word + "' in 'extra_opts' would take away what keeps the archive in its folder");
      }
    }
    refuseOptions("include", args.texts("include"));
    refuseOptions("exclude", args.texts("exclude"));
    return new Unarchive(
        source(args),
        dest,
        args.textIfGiven("creates").map(Paths::onHost),
        args.texts("include"),
        args.texts("exclude"),
        args.texts("extra_opts"),
        args.flag("keep_newer") ? Newer.KEPT : Newer.REPLACED,
        args.flag("list_files") ? Listing.TOLD : Listing.SILENT,
        args.attributes(),
        positive("max_entries", args.integer("max_entries")),
        positive("max_size", args.integer("max_size")));
  }

  private static void refuseOptions(String name, List<String> words) {
    if (words.stream().anyMatch(word -> word.startsWith("-") || word.isEmpty())) {
      throw new IllegalArgumentException("a name in '" + name + "' is empty or begins with '-'");
    }
  }

  private static long positive(String name, long number) {
    if (number <= 0) {
      throw new IllegalArgumentException("'" + name + "' must be above 0");
    }
    return number;
  }

  private static Source source(Args args) {
    Object src = args.any("src").orElseThrow();
    if (src instanceof Content content) {
      return new Source.Here(content);
    }
    String path = src.toString();
    if (path.contains("://")) {
      WebAddress address = WebAddress.of("src", path);
      return new Source.Web(address, WebSettings.plain(address, args));
    }
    return new Source.There(Paths.onHost(path));
  }

  boolean isOnHost() {
    return source instanceof Source.There;
  }

  /** Where the archive is on the host while it is unpacked. */
  String archive() {
    return source instanceof Source.There there ? there.path() : mark();
  }

  /** A file that is in the folder while something is unpacked there. */
  String mark() {
    String name = Hashing.sha256().hashString(shown(), UTF_8).toString().substring(0, 12);
    return dest + (dest.endsWith("/") ? "" : "/") + ".belay-unarchive-" + name;
  }

  /** The archive as reports call it. */
  String shown() {
    if (source instanceof Source.Here here) {
      return here.content().name();
    }
    return source instanceof Source.There there
        ? there.path()
        : ((Source.Web) source).address().text();
  }

  /** Has the archive come to the host, where it does not by itself. */
  Sh arrival() {
    if (!(source instanceof Source.Web web)) {
      return Sh.of(":");
    }
    return Sh.of(
        "{}\n{}\nfresh || exit 1\nfetch \"$A\" || { say \"$P\"; drop 1; }",
        WebFetch.functions(),
        WebFetch.of(web.address(), web.settings()));
  }

  @Override
  public Probe<ArchiveSeen> probe() {
    return Probe.of(ArchiveScripts.question(this), ArchiveSeen::of);
  }

  @Override
  public Plan plan(ArchiveSeen seen) {
    if (seen.is("created") && !seen.is("interrupted")) {
      return Plan.satisfied();
    }
    Optional<String> impossible =
        seen.unreadable().map(why -> shown() + ": " + why).or(seen::refused);
    if (impossible.isPresent()) {
      return Plan.impossible(impossible.get());
    }
    return (isOnHost() && !seen.is("sourceless") && !seen.is("folderless")
            ? compared(seen)
            : act(seen))
        .with(remarks(seen));
  }

  private Plan compared(ArchiveSeen seen) {
    long size = seen.number("bytes");
    if (seen.number("differences") == 0 && !seen.is("interrupted")) {
      return seen.strays(attributes) ? Plan.of(change("other owners or modes")) : Plan.satisfied();
    } else if (size / 1024 > seen.number("free")) {
      return Plan.impossible(
          dest
              + " has room for "
              + seen.number("free")
              + " KiB, and the archive holds "
              + size
              + " bytes");
    }
    String before = seen.is("interrupted") ? "unpacked in part" : seen.differences();
    return Plan.of(change(before));
  }

  private Change change(String before) {
    return new Change(dest, before, "what " + address() + " holds", steps());
  }

  private String address() {
    return source instanceof Source.Web web ? web.address().toString() : shown();
  }

  private ImmutableList<Step> steps() {
    Step run = new Step.Run(ArchiveScripts.deed(this));
    return source instanceof Source.Here here
        ? ImmutableList.of(new Step.Put(here.content(), mark(), Attributes.mode("0600")), run)
        : ImmutableList.of(run);
  }

  private Plan act(ArchiveSeen seen) {
    String before =
        seen.is("folderless")
            ? "(no such folder)"
            : seen.is("interrupted") ? "unpacked in part" : "(not compared)";
    return Plan.act(change(before), this::acted);
  }

  private Acted acted(Output output) {
    ArchiveSeen told = ArchiveSeen.of(output);
    ImmutableMap<String, Object> result = told.result(this);
    if (!output.succeeded()) {
      String why =
          output.out().lines().anyMatch(line -> line.startsWith("#"))
              ? address() + ": " + WebAnswer.of(output.out()).why()
              : told.refused().or(told::unreadable).orElse(told.complaint());
      return new Acted(result, Optional.of(why));
    }
    boolean changed = told.number("differences") > 0 || told.is("attributed");
    return new Acted(
        result,
        Optional.empty(),
        changed ? Acted.Effect.CHANGED : Acted.Effect.UNCHANGED,
        ImmutableList.copyOf(remarks(told)));
  }

  private List<Remark> remarks(ArchiveSeen seen) {
    List<Remark> remarks = new ArrayList<>();
    seen.text("privileged")
        .ifPresent(
            name ->
                remarks.add(
                    Remark.risk(
                        "'"
                            + name
                            + "' in the archive runs with its owner's rights (setuid or setgid)")));
    if (source instanceof Source.Web web && !web.settings().verifies()) {
      remarks.add(Remark.risk("the server of " + address() + " need not prove who it is"));
    }
    return remarks;
  }

  @Override
  public ImmutableMap<String, Object> result(ArchiveSeen seen) {
    return seen.result(this);
  }
}
