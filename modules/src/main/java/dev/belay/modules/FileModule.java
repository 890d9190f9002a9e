package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
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

  private static final String NO_LINK = "src option requires state to be 'link' or 'hard'";

  /** The same path where it is none of a folder; else that of the source's name inside. */
  FileModule inside() {
    String name = "/" + Paths.name(source.orElse(""));
    return new FileModule(
        path + name,
        written.replaceAll("/+$", "") + name,
        state,
        source,
        follow,
        attributes,
        times,
        force,
        recurse,
        forceSystemPath);
  }

  /**
   * @throws IllegalArgumentException where arguments contradict each other, or the host stands on
   *     the path
   */
  void check() {
    boolean link = isLinking();
    if (source.isPresent() && !link && !state.equals("keep")) {
      throw new IllegalArgumentException(NO_LINK);
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
    Probe<FileSeen> seen = FileSeen.probe(path, source.map(this::place), tree, times);
    return state.equals("absent")
        ? seen.and(FileDifferences.namesInside(path), FileSeen::naming)
        : seen.and(FileOwners.probe(path, attributes), FileSeen::warning);
  }

  /** A relative link leads from the folder that it is in; 'ln' takes a file from where it runs. */
  private String place(String from) {
    return state.equals("hard") || from.startsWith("/")
        ? from
        : Paths.inside(Paths.parent(path), from);
  }

  @Override
  public Plan plan(FileSeen seen) {
    Plan plan = planned(seen);
    boolean changes = plan instanceof Plan.Mend || plan instanceof Plan.Act;
    Plan possible =
        changes && !seen.isAbsent()
            ? FileOwners.refusal(seen.strangers(), attributes).orElse(plan)
            : plan;
    return possible.with(seen.strangers());
  }

  private Plan planned(FileSeen seen) {
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
            ImmutableMap.of(
                isLinking() || state.equals("touch") ? DEST : "path",
                written,
                "diff",
                differences(seen)));
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
    if (seen.isAbsent() && source.isPresent()) {
      return Plan.impossible(NO_LINK);
    } else if (seen.isAbsent()) {
      return recurse ? there.directory(seen) : there.file(seen);
    } else if (source.isPresent() && !seen.isLink() && seen.path().links() < 2) {
      return Plan.impossible(NO_LINK);
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

  private ImmutableMap<String, Object> differences(FileSeen seen) {
    boolean follows = follow == FileState.Follow.LINKS && seen.isLink();
    boolean linking = isLinking() || state.equals("keep") && seen.isLink();
    PathSeen at = follows && !linking && !seen.behind().isAbsent() ? seen.behind() : seen.path();
    FileDifferences all = FileDifferences.at(written);
    if (state.equals("absent")) {
      return all.state(seen.path().state(), state).inside(seen.names()).told();
    } else if (!state.equals("keep")) {
      all.state(at.state(), state);
    }
    if (seen.isLink()) {
      source.ifPresent(src -> all.source(seen.path().target(), src));
    }
    return all.attributes(at, attributes).times(seen.times(), times).told();
  }

  @Override
  public ImmutableMap<String, Object> resultOfChange(FileSeen before, FileSeen seen) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    return result.putAll(result(seen)).put("diff", differences(before)).buildKeepingLast();
  }

  @Override
  public ImmutableMap<String, Object> result(FileSeen seen) {
    boolean follows = follow == FileState.Follow.LINKS && seen.isLink();
    boolean linking = isLinking() || state.equals("keep") && seen.isLink();
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result.put("diff", differences(seen));
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
    if (state.equals("absent") || seen.isAbsent()) {
      result.put("state", "absent");
    } else if (!leadsNowhere && !seen.isAbsent()) {
      result.putAll((follows && !linking ? seen.behind() : seen.path()).result());
    }
    return result.buildKeepingLast();
  }
}
