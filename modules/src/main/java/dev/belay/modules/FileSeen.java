package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.shell.Sh;
import java.util.Optional;

/**
 * What {@code file} looks at.
 *
 * @param path what is at the path, a link as a link
 * @param behind what a link there leads to
 * @param real where a link leads in the end; the path itself where it is none
 * @param folder the folder that the path is in, without links
 * @param source what is at the place that a link is to lead to
 * @param filled whether a folder there has anything inside
 * @param inside what of a folder's contents has other attributes
 * @param names what goes away with a folder; empty where there is none
 * @param strangers what to say of owners that the host does not know
 */
record FileSeen(
    PathSeen path,
    PathSeen behind,
    String real,
    String folder,
    PathSeen source,
    boolean filled,
    FileTree.Seen inside,
    FileTimes.Seen times,
    Optional<ImmutableList<String>> names,
    ImmutableList<Remark> strangers) {

  private record Ways(String real, String folder) {}

  static Probe<FileSeen> probe(
      String path, Optional<String> source, Optional<FileTree> tree, FileTimes times) {
    Probe<FileTree.Seen> inside =
        tree.map(FileTree::probe)
            .orElseGet(
                () -> Probe.nothing(new FileTree.Seen(ImmutableList.of(), 0, Optional.empty())));
    return PathSeen.at(path)
        .and(PathSeen.behind(path), (at, behind) -> new PathSeen[] {at, behind})
        .and(
            ways(path),
            (both, ways) ->
                new FileSeen(
                    both[0],
                    both[1],
                    ways.real,
                    ways.folder,
                    PathSeen.absent(),
                    false,
                    new FileTree.Seen(ImmutableList.of(), 0, Optional.empty()),
                    new FileTimes.Seen("", "", ImmutableList.of()),
                    Optional.empty(),
                    ImmutableList.of()))
        .and(
            source.map(PathSeen::behind).orElseGet(() -> Probe.nothing(PathSeen.absent())),
            (seen, s) -> seen.with(s, seen.filled))
        .and(
            source.isPresent() ? filled(path) : Probe.nothing(false),
            (seen, any) -> seen.with(seen.source, any))
        .and(inside, FileSeen::with)
        .and(times.probe(path), FileSeen::with);
  }

  private static Probe<Ways> ways(String path) {
    return Probe.of(
        Sh.of(
            "p={}; if [ -L \"$p\" ]; then readlink -m -- \"$p\" || echo; else printf '%s\\n' \"$p\"; fi; cd -P -- {} 2>/dev/null && pwd -P",
            path, Paths.parent(path)),
        output -> {
          ImmutableList<String> lines = output.lines();
          return new Ways(
              lines.isEmpty() ? path : lines.get(0), lines.size() < 2 ? "" : lines.get(1));
        });
  }

  private static Probe<Boolean> filled(String path) {
    return Probe.of(
        Sh.of(
            "p={}; if [ -d \"$p\" ] && [ ! -L \"$p\" ]; then ls -A -- \"$p\" | head -n 1; fi",
            path),
        output -> !output.out().isEmpty());
  }

  private FileSeen with(PathSeen atSource, boolean any) {
    return new FileSeen(path, behind, real, folder, atSource, any, inside, times, names, strangers);
  }

  private FileSeen with(FileTree.Seen all) {
    return new FileSeen(path, behind, real, folder, source, filled, all, times, names, strangers);
  }

  private FileSeen with(FileTimes.Seen both) {
    return new FileSeen(path, behind, real, folder, source, filled, inside, both, names, strangers);
  }

  FileSeen naming(Optional<ImmutableList<String>> all) {
    return new FileSeen(path, behind, real, folder, source, filled, inside, times, all, strangers);
  }

  FileSeen warning(ImmutableList<Remark> of) {
    return new FileSeen(path, behind, real, folder, source, filled, inside, times, names, of);
  }

  boolean isLink() {
    return path.is(PathSeen.Kind.LINK);
  }

  boolean isFolder() {
    return path.is(PathSeen.Kind.DIRECTORY);
  }

  /** Whether a folder is there, or behind the link that is there. */
  boolean leadsToFolder() {
    return isFolder() || isLink() && behind.is(PathSeen.Kind.DIRECTORY);
  }

  /** Whether the link at that path comes back to itself. */
  boolean isRound(String at) {
    return isLink() && behind.isAbsent() && real.equals(Paths.inside(folder, Paths.name(at)));
  }

  boolean isAbsent() {
    return path.isAbsent();
  }
}
