package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Change;
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
 * A file on the host that has certain bytes: what {@code copy} and {@code template} come to.
 *
 * @param source what {@code register} calls it
 * @param sum the SHA-1 that the user expects; empty where there is nothing to compare
 */
record PlacedFile(Bytes bytes, Placing placing, String source, Optional<String> sum)
    implements Resource<PlacedFile.Seen> {

  /**
   * What is there.
   *
   * @param where the file's path, once it is known whether 'dest' is a folder
   * @param folder the folder that it is in, without links; empty where it is not there
   * @param intoFolder whether 'dest' is a folder
   */
  record Seen(PathSeen path, String where, String folder, boolean intoFolder, Bytes.Seen bytes) {}

  private record Place(String where, String folder, boolean intoFolder) {
    /**
     * Three lines; a path may have more than one, so it is the last. A folder whose name has more
     * is told as a dot: what the host stands on is in none such.
     */
    static Place of(Output output) {
      String out = output.out();
      int first = out.indexOf('\n');
      int second = out.indexOf('\n', first + 1);
      return first < 0 || second < 0
          ? new Place("", "", false)
          : new Place(
              out.substring(second + 1), out.substring(first + 1, second), out.startsWith("y"));
    }
  }

  @Override
  public Probe<Seen> probe() {
    Sh place =
        Sh.of(
            "{}; d=${p%/*}; w=$(cd -P -- \"${d:-/}\" 2>/dev/null && pwd -P); case $w in *'\n'*) w=.;; esac; printf '%s\\n' \"$f\" \"$w\"; printf %s \"$p\"",
            placing.located());
    return PathSeen.at(placing.located())
        .and(
            Probe.of(place, Place::of),
            (path, p) -> new Seen(path, p.where, p.folder, p.intoFolder, Bytes.Seen.nothing()))
        .and(
            bytes.probe(placing.located()),
            (seen, b) -> new Seen(seen.path, seen.where, seen.folder, seen.intoFolder, b));
  }

  @Override
  public Plan plan(Seen seen) {
    Optional<Plan> refusal = refusal(seen);
    if (refusal.isPresent()) {
      return refusal.get();
    } else if (!placing.force() && !seen.path.isAbsent()) {
      return Plan.satisfied();
    }
    Placing placed = bytes.mode(seen.bytes).map(placing::preserving).orElse(placing);
    if (seen.path.is(PathSeen.Kind.FILE) && bytes.same(seen.bytes)) {
      List<Sh> commands = seen.path.corrections(placed.attributes(), seen.where);
      return commands.isEmpty()
          ? Plan.satisfied()
          : Plan.of(
              Change.run(
                  seen.where,
                  seen.path.attributes(),
                  seen.path.with(placed.attributes()),
                  Sh.all(commands)));
    }
    return forbidden(seen).orElseGet(() -> replaced(seen, placed));
  }

  private Optional<Plan> refusal(Seen seen) {
    Optional<String> trouble = bytes.trouble(seen.bytes);
    if (trouble.isPresent()) {
      return Optional.of(Plan.lacking(trouble.get()));
    } else if (seen.intoFolder && placing.name().isEmpty()) {
      return Optional.of(Plan.impossible("can not use content with a dir as dest"));
    } else if (seen.path.is(PathSeen.Kind.DIRECTORY)) {
      return Optional.of(Plan.impossible(seen.where + " is a directory"));
    } else if (seen.path.is(PathSeen.Kind.UNREADABLE)) {
      return Optional.of(
          Plan.unverifiable(seen.where + " cannot be looked at: " + seen.path.target()));
    }
    return Optional.empty();
  }

  /** Why the file must not be written, or cannot. */
  private Optional<Plan> forbidden(Seen seen) {
    String real = Paths.inside(seen.folder, Paths.name(seen.where));
    boolean system = SystemPaths.isFile(seen.where) || SystemPaths.isFile(real);
    if (system && !placing.forceSystemPath()) {
      return SystemPaths.why(true, seen.where, "another file").map(Plan::impossible);
    } else if (sum.filter(s -> !s.equalsIgnoreCase(bytes.sha1(seen.bytes))).isPresent()) {
      return Optional.of(
          Plan.impossible(
              "Copied file does not match the expected checksum. Transfer failed. It is "
                  + bytes.sha1(seen.bytes)));
    }
    boolean lacksFolder = seen.folder.isEmpty() && !placing.isInside();
    return lacksFolder
        ? Optional.of(
            Plan.lacking("Destination directory " + Paths.parent(seen.where) + " does not exist"))
        : Optional.empty();
  }

  private Plan replaced(Seen seen, Placing placed) {
    List<Step> steps = new ArrayList<>();
    if (seen.folder.isEmpty()) {
      steps.add(
          new Step.Run(
              NewFolders.make(
                  Paths.parent(seen.where), seen.path.folderAttributes(placed.folders()))));
    }
    boolean link = seen.path.is(PathSeen.Kind.LINK);
    steps.add(
        new Step.Put(
            bytes.source(),
            seen.where,
            (link ? PathSeen.absent() : seen.path).resolved(placed.attributes()),
            placed.precautions().beside(seen.where)));
    if (bytes.source() instanceof Step.Source.There there) {
      steps.add(new Step.Run(Sh.of("touch -c -r {} -- {}", there.path(), seen.where)));
    }
    Change change =
        new Change(seen.where, before(seen), bytes.shown(seen.bytes), ImmutableList.copyOf(steps));
    return Plan.telling(List.of(change), said -> told(seen, said));
  }

  private ImmutableMap<String, Object> told(Seen seen, Output said) {
    ImmutableMap.Builder<String, Object> told = ImmutableMap.builder();
    told.put("src", source).put("md5sum", bytes.md5(seen.bytes));
    String backup = said.out().strip();
    if (!backup.isEmpty()) {
      told.put("backup_file", backup);
    }
    return told.buildOrThrow();
  }

  private String before(Seen seen) {
    return seen.path.isAbsent()
        ? Change.ABSENT
        : seen.path.is(PathSeen.Kind.LINK)
            ? "link to " + seen.path.target()
            : bytes.before(seen.bytes, seen.path);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result.put("dest", Paths.shown(seen.where));
    if (!seen.path.isAbsent()) {
      result.put("path", Paths.shown(seen.where)).putAll(seen.path.result());
    }
    if (bytes.source() instanceof Step.Source.There) {
      result.put("src", source).put("md5sum", bytes.md5(seen.bytes));
    }
    return result.put("checksum", bytes.sha1(seen.bytes)).buildKeepingLast();
  }
}
