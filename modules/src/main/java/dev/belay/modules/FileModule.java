package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import dev.belay.value.None;
import java.util.Optional;

/**
 * A path and what is to be there: a directory, a link, an empty file, nothing, or what is there
 * with other attributes.
 *
 * @param path without slashes at its end
 * @param written as the task has it
 */
record FileModule(
    String path,
    String written,
    String state,
    Optional<String> source,
    FileState.Follow follow,
    Attributes attributes,
    FileTimes times,
    boolean force,
    boolean recurse,
    boolean forceSystemPath)
    implements Resource<FileSeen> {
  /** The name of the result that has the path, for states that Ansible tells so. */
  static final String DEST = "dest";

  private static final String FORMAT = "%Y%m%d%H%M.%S";

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "file")
          .summary("Directories, links, empty files, deletions, and the attributes of files.")
          .doc(
              "Links and deletions of paths that the host stands on (/usr/bin/python3, /bin/sh, the dynamic loader, top folders), and 'recurse' over top folders, are refused without 'force_system_path', however the path is written. "
                  + "A slash at the end of 'path' means a folder: where a file is, state=absent leaves it, and other states fail. Where a link leads to a folder, the slash is left out, so that state=absent takes the link away and never what it leads to. "
                  + "'touch' without times sets those of the deed, so that it is changed each time, and a check does not know its result; with preserve, or a time, there is something to compare. 'recurse' sets no times. With state=hard 'path' is the link's own name, never a folder to put it in. "
                  + FileParameters.REFUSED)
          .parameters(
              Parameter.required("path", Type.PATH, "The path.").alias("dest", "name"),
              Parameter.optional(
                      "state",
                      Type.TEXT,
                      "What is to be there; without it, what is there now, or a directory where 'recurse' is set.")
                  .oneOf("file", "directory", "link", "hard", "touch", "absent"),
              Parameter.optional("src", Type.TEXT, "What a link leads to."),
              Parameter.optional(
                      "force",
                      Type.FLAG,
                      "Whether a link may replace a file or an empty directory, and may lead nowhere.")
                  .defaultsTo(false),
              Parameter.optional(
                      "recurse",
                      Type.FLAG,
                      "Whether the attributes hold for all inside of a directory too. Needs GNU find.")
                  .defaultsTo(false),
              Parameter.optional(
                      "follow",
                      Type.FLAG,
                      "Whether attributes and times are those of what a link leads to; with 'recurse' for links inside, too.")
                  .defaultsTo(true),
              Parameter.optional(
                  "modification_time",
                  Type.TEXT,
                  "preserve, now, or a time of the host's zone; now for 'touch', else preserve."),
              Parameter.optional(
                      "modification_time_format",
                      Type.TEXT,
                      "How it is written, in Python's letters.")
                  .defaultsTo(FORMAT),
              Parameter.optional("access_time", Type.TEXT, "As 'modification_time'."),
              Parameter.optional(
                      "access_time_format", Type.TEXT, "How it is written, in Python's letters.")
                  .defaultsTo(FORMAT),
              Parameter.optional(
                      "force_system_path",
                      Type.FLAG,
                      "Allow what is refused for paths that the host stands on.")
                  .defaultsTo(false))
          .parameters(FileParameters.ATTRIBUTES)
          .example("- file:\n    path: /etc/belay/env\n    state: directory\n    mode: '0755'")
          .example(
              "- file:\n    src: /opt/python-3.11\n    path: /usr/local/python\n    state: link")
          .result("path", "The path; for 'touch', 'link' and 'hard' its name is 'dest'.")
          .result("dest", "The path, for 'touch', 'link' and 'hard'.")
          .result("src", "What a link leads to.")
          .result("state", "What is there.")
          .result("mode", "Its permissions.")
          .makes(FileModule::of);

  private static FileModule of(Args args) {
    String path = Paths.onHost(args.text("path"));
    String state = args.textIfGiven("state").orElse("keep");
    FileModule file =
        new FileModule(
            path,
            args.text("path"),
            state,
            args.textIfGiven("src"),
            args.flag("follow") ? FileState.Follow.LINKS : FileState.Follow.NOTHING,
            args.attributes(),
            FileTimes.of(args, state),
            args.flag("force"),
            args.flag("recurse"),
            args.flag("force_system_path"));
    file.check();
    return file;
  }

  private void check() {
    boolean link = isLinking();
    if (source.isPresent() && !link && !state.equals("keep")) {
      throw new IllegalArgumentException("'src' needs state=link or state=hard");
    } else if (recurse && !state.equals("directory") && !state.equals("keep")) {
      throw new IllegalArgumentException("'recurse' needs state=directory");
    } else if (recurse && !times.isPreserved()) {
      throw new IllegalArgumentException("'recurse' sets no times");
    }
    refusal(path)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
  }

  private boolean isLinking() {
    return state.equals("link") || state.equals("hard");
  }

  private Optional<String> refusal(String where) {
    boolean takesAway = state.equals("absent") || isLinking() && source.isPresent();
    boolean dangerous =
        !forceSystemPath
            && (takesAway && SystemPaths.isAny(where)
                || recurse && SystemPaths.isNeverWhole(where));
    return SystemPaths.why(dangerous, where, recurse ? "recurse" : "state=" + state);
  }

  @Override
  public Probe<FileSeen> probe() {
    Optional<FileTree> tree =
        recurse
            ? Optional.of(new FileTree(path, attributes, follow == FileState.Follow.LINKS))
            : Optional.empty();
    return FileSeen.probe(path, source.map(this::place), tree, times);
  }

  /** A relative link leads from the folder that it is in; 'ln' takes a file from where it runs. */
  private String place(String from) {
    return state.equals("hard") || from.startsWith("/")
        ? from
        : Paths.inside(Paths.parent(path), from);
  }

  @Override
  public Plan plan(FileSeen seen) {
    if (seen.path().is(PathSeen.Kind.UNREADABLE)) {
      return Plan.unverifiable(path + " cannot be looked at: " + seen.path().target());
    }
    Optional<String> refusal =
        refusal(
            recurse && seen.isLink() ? seen.real() : Paths.inside(seen.folder(), Paths.name(path)));
    if (refusal.isPresent() && !seen.folder().isEmpty()) {
      return Plan.impossible(refusal.get());
    }
    if (isNoFolder(seen)) {
      return state.equals("absent")
          ? Plan.satisfied()
          : Plan.impossible(written + " means a folder, and there is none");
    }
    FileState there =
        new FileState(
            path,
            source,
            attributes,
            times,
            follow,
            ImmutableMap.of(isLinking() || state.equals("touch") ? DEST : "path", written));
    return switch (state) {
      case "absent" -> absent(seen.path());
      case "directory" -> there.directory(seen);
      case "link" -> there.link(seen, force);
      case "hard" -> there.hard(seen, force);
      case "touch" -> there.touch(seen);
      case "file" -> there.file(seen);
      default -> kept(seen, there);
    };
  }

  /** A path with a slash at its end is that of a folder, or of nothing. */
  private boolean isNoFolder(FileSeen seen) {
    return written.endsWith("/")
        && (seen.isAbsent() ? isLinking() || state.equals("touch") : !seen.leadsToFolder());
  }

  private Plan absent(PathSeen seen) {
    Sh remove =
        seen.is(PathSeen.Kind.DIRECTORY) ? Sh.of("rm -rf -- {}", path) : Sh.of("rm -f -- {}", path);
    return seen.isAbsent()
        ? Plan.satisfied()
        : Plan.of(Change.run(path, seen.kind().word(), Change.ABSENT, remove));
  }

  /** Without a state, what is there is what is to be there. */
  private Plan kept(FileSeen seen, FileState there) {
    if (seen.isAbsent()) {
      return recurse ? there.directory(seen) : there.file(seen);
    } else if (source.isPresent() && !seen.isLink() && seen.path().links() < 2) {
      return Plan.impossible("'src' needs state=link or state=hard");
    } else if (recurse && !seen.isFolder()) {
      return Plan.impossible("'recurse' needs a directory, and " + path + " is none");
    } else if (seen.isLink()) {
      return there.link(seen, force);
    }
    return source.isPresent() ? there.hard(seen, force) : there.kept(seen);
  }

  private void noSource(ImmutableMap.Builder<String, Object> result) {
    if (!state.equals("touch")) {
      result.put("src", None.NONE);
    }
  }

  @Override
  public ImmutableMap<String, Object> result(FileSeen seen) {
    boolean follows = follow == FileState.Follow.LINKS && seen.isLink();
    boolean linking = isLinking() || state.equals("keep") && seen.isLink();
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    if (linking || state.equals("touch")) {
      result.put(DEST, written);
      source
          .or(() -> follows ? Optional.of(seen.path().target()) : Optional.empty())
          .ifPresentOrElse(src -> result.put("src", src), () -> noSource(result));
    } else {
      boolean real = follows && !state.equals("absent") && written.equals(path);
      result.put("path", real ? seen.real() : written);
    }
    boolean leadsNowhere = seen.isLink() && seen.behind().isAbsent();
    if (state.equals("absent")) {
      result.put("state", "absent");
    } else if (!leadsNowhere && !seen.isAbsent()) {
      result.putAll((follows && !linking ? seen.behind() : seen.path()).result());
    }
    return result.buildKeepingLast();
  }
}
