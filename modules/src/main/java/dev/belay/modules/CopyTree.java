package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ControlFile;
import dev.belay.module.ControlFile.Entry;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of the control side and all that is inside, on the host. What is there besides stays.
 *
 * @param root the folder on the host that gets what is inside
 */
record CopyTree(String source, String root, ImmutableList<Entry> entries, Placing placing)
    implements Resource<CopyTree.Seen> {

  /**
   * What is at 'dest', at the root and at the paths of folders and of the rest, each in the
   * entries' order.
   */
  record Seen(PathSeen dest, PathSeen root, TreeSeen folders, TreeSeen others) {}

  static CopyTree of(Args args, String written, ControlFile.Found.Folder folder) {
    if (args.has("checksum")) {
      throw new IllegalArgumentException("'checksum' needs a file as 'src', and this is a folder");
    }
    Placing placing =
        Placing.of(args, Paths.name(folder.path()), args.textIfGiven("directory_mode"));
    String root =
        written.endsWith("/")
            ? placing.path()
            : Paths.inside(placing.path(), Paths.name(folder.path()));
    return new CopyTree(folder.path(), root, folder.entries(), placing);
  }

  private List<Entry> folders() {
    return entries.stream().filter(Entry::isFolder).toList();
  }

  private List<Entry> others() {
    return entries.stream().filter(entry -> !entry.isFolder()).toList();
  }

  private List<String> paths(List<Entry> some) {
    return some.stream().map(this::path).toList();
  }

  private String path(Entry entry) {
    return Paths.inside(root, entry.path());
  }

  @Override
  public Probe<Seen> probe() {
    return PathSeen.behind(root)
        .and(TreeSeen.folders(paths(folders())), (top, f) -> new Seen(top, top, f, f))
        .and(
            TreeSeen.files(paths(others())),
            (seen, o) -> new Seen(seen.dest, seen.root, seen.folders, o))
        .and(
            PathSeen.behind(placing.path()),
            (seen, dest) -> new Seen(dest, seen.root, seen.folders, seen.others));
  }

  @Override
  public Plan plan(Seen seen) {
    if (isTaken(seen.dest) || isTaken(seen.root)) {
      String path = isTaken(seen.dest) ? placing.path() : root;
      return Plan.impossible(path + " is there and is no directory");
    }
    List<Change> changes = new ArrayList<>();
    if (seen.root.isAbsent() && !entries.isEmpty()) {
      changes.add(made(root, seen.root));
    }
    List<Entry> folders = folders();
    for (int i = 0; i < folders.size(); i++) {
      PathSeen at = seen.folders.at().get(i);
      String path = path(folders.get(i));
      if (isTaken(at)) {
        return Plan.impossible(path + " is there and is no directory");
      }
      folder(path, at).ifPresent(changes::add);
    }
    List<Entry> others = others();
    for (int i = 0; i < others.size(); i++) {
      PathSeen at = seen.others.at().get(i);
      Entry entry = others.get(i);
      Optional<String> refusal = refusal(entry, at);
      if (refusal.isPresent()) {
        return Plan.impossible(refusal.get());
      }
      (entry.link().isPresent() ? link(entry, at) : file(entry, at, seen.others.sums().get(i)))
          .ifPresent(changes::add);
    }
    return Plan.telling(changes, this::told);
  }

  private static boolean isTaken(PathSeen at) {
    return !at.isAbsent() && !at.is(PathSeen.Kind.DIRECTORY);
  }

  private Optional<String> refusal(Entry entry, PathSeen at) {
    String path = path(entry);
    return at.is(PathSeen.Kind.DIRECTORY)
        ? Optional.of(path + " is a directory")
        : SystemPaths.why(
            !placing.forceSystemPath() && SystemPaths.isFile(path), path, "another file");
  }

  private Change made(String path, PathSeen at) {
    return Change.run(
        path,
        Change.ABSENT,
        "directory",
        NewFolders.make(path, at.folderAttributes(placing.folders())));
  }

  private Optional<Change> folder(String path, PathSeen at) {
    return at.isAbsent() ? Optional.of(made(path, at)) : corrected(path, at, placing.folders());
  }

  private static Optional<Change> corrected(String path, PathSeen at, Attributes wanted) {
    List<Sh> commands = at.corrections(wanted, path);
    return commands.isEmpty()
        ? Optional.empty()
        : Optional.of(Change.run(path, at.attributes(), at.with(wanted), Sh.all(commands)));
  }

  private Optional<Change> file(Entry entry, PathSeen at, String sum) {
    ControlFile.Found.File file = entry.file().orElseThrow();
    Attributes wanted = placing.preserving(file.mode()).attributes();
    if (!placing.force() && !at.isAbsent()) {
      return Optional.empty();
    } else if (at.is(PathSeen.Kind.FILE) && sum.equals(sha1(file))) {
      return corrected(path(entry), at, wanted);
    }
    PathSeen before = at.is(PathSeen.Kind.FILE) ? at : PathSeen.absent();
    Step put =
        new Step.Put(
            new Step.Source.Here(file.content()),
            path(entry),
            before.resolved(wanted),
            placing.precautions().beside(path(entry)));
    return Optional.of(
        new Change(
            path(entry),
            at.isAbsent() ? Change.ABSENT : at.kind().word() + " of " + at.size() + " bytes",
            "file of " + file.content().size() + " bytes, sha1 " + sha1(file),
            ImmutableList.of(put)));
  }

  @SuppressWarnings("deprecation")
  private static String sha1(ControlFile.Found.File file) {
    HashFunction algorithm = Hashing.sha1();
    return file.content().checksum(algorithm);
  }

  private Optional<Change> link(Entry entry, PathSeen at) {
    String target = entry.link().orElseThrow();
    String path = path(entry);
    Attributes wanted =
        new Attributes(
            Optional.empty(), placing.attributes().owner(), placing.attributes().group());
    if (at.is(PathSeen.Kind.LINK) && at.target().equals(target)) {
      return corrected(path, at, wanted);
    }
    List<Sh> commands = new ArrayList<>();
    commands.add(
        Sh.of("t={}.belay.$$ && ln -s -- {} \"$t\" && mv -fT -- \"$t\" {}", path, target, path));
    wanted.owner().ifPresent(name -> commands.add(Sh.of("chown -h -- {} {}", name, path)));
    wanted.group().ifPresent(name -> commands.add(Sh.of("chgrp -h -- {} {}", name, path)));
    return Optional.of(
        Change.run(
            path,
            at.isAbsent() ? Change.ABSENT : at.kind().word(),
            "link to " + target,
            Sh.all(commands)));
  }

  private ImmutableMap<String, Object> told(Output said) {
    String backups = said.out().strip();
    return backups.isEmpty()
        ? ImmutableMap.of()
        : ImmutableMap.of("backup_file", Output.lines(backups).get(0));
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.of("dest", Paths.inside(placing.path(), ""), "src", source);
  }
}
