package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Precautions;
import dev.belay.module.Probe;
import dev.belay.module.Step;
import dev.belay.modules.FolderListing.Entry;
import dev.belay.shell.Sh;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder on the host and another one there that has all that it has.
 *
 * @param contents whether what is inside goes into 'dest', rather than the folder itself
 * @param follow whether links are followed rather than copied
 */
record FolderCopy(String source, boolean contents, Placing placing, boolean follow) {

  /**
   * What is there.
   *
   * @param there whether 'dest' is there
   * @param taken whether 'dest' is there and is no folder
   * @param above whether the folder is there that 'dest' is in
   * @param top what is at the folder whose attributes are set
   * @param self the mode of the source
   */
  record Seen(
      boolean there,
      boolean taken,
      boolean above,
      PathSeen top,
      PathSeen self,
      FolderListing source,
      FolderListing dest) {}

  /** Which times a copied file has: in a folder that is copied as a whole its source's. */
  private enum Times {
    KEPT,
    NEW
  }

  private record Ends(PathSeen top, PathSeen self) {}

  private String root() {
    return contents ? placing.path() : Paths.inside(placing.path(), placing.name());
  }

  Probe<Seen> probe() {
    Sh there =
        Sh.of(
            "if [ -d {} ]; then p={}; if [ -d \"$p\" ]; then echo there; elif [ -e \"$p\" ]; then echo taken; fi; if [ -d {} ]; then echo above; fi; fi",
            source,
            placing.path(),
            Paths.parent(placing.path()));
    return Probe.of(
            there,
            output ->
                new Seen(
                    output.lines().contains("there"),
                    output.lines().contains("taken"),
                    output.lines().contains("above"),
                    PathSeen.absent(),
                    PathSeen.absent(),
                    FolderListing.none(),
                    FolderListing.none()))
        .and(
            PathSeen.behind(root()).and(PathSeen.behind(source), Ends::new),
            (seen, ends) ->
                new Seen(
                    seen.there,
                    seen.taken,
                    seen.above,
                    ends.top,
                    ends.self,
                    seen.source,
                    seen.dest))
        .and(
            FolderListing.probe(source, source, follow),
            (seen, l) ->
                new Seen(seen.there, seen.taken, seen.above, seen.top, seen.self, l, seen.dest))
        .and(
            FolderListing.probe(source, root(), follow),
            (seen, l) ->
                new Seen(seen.there, seen.taken, seen.above, seen.top, seen.self, seen.source, l));
  }

  Plan plan(Seen seen) {
    Optional<String> trouble = seen.source.trouble().or(seen.dest::trouble);
    if (trouble.isPresent()) {
      return Plan.unverifiable(trouble.get());
    } else if (seen.taken) {
      return Plan.impossible(placing.path() + " is there and is no directory");
    } else if (!seen.above && !placing.isInside()) {
      return Plan.impossible(
          "Destination directory " + Paths.parent(placing.path()) + " does not exist");
    } else if (!placing.force() && !seen.top.isAbsent()) {
      return Plan.satisfied();
    } else if (placing.attributes().mode().isPresent() && !isModeOfTop(seen)) {
      return Plan.impossible("'mode' of a folder copied into one that is absent is not clear");
    }
    List<Change> changes = new ArrayList<>();
    if (seen.top.isAbsent()) {
      changes.add(top(seen));
    } else {
      corrected(root(), seen.top, topAttributes(seen)).ifPresent(changes::add);
    }
    for (Map.Entry<String, Entry> each : seen.source.entries().entrySet()) {
      Entry there = seen.dest.entries().getOrDefault(each.getKey(), Entry.absent());
      String path = Paths.inside(root(), each.getKey());
      if (!there.type().isEmpty() && !there.type().equals(each.getValue().type())) {
        return Plan.impossible(path + " is there and is of another kind");
      } else if (SystemPaths.isFile(path) && !placing.forceSystemPath()) {
        return Plan.impossible(SystemPaths.why(true, path, "another file").orElseThrow());
      }
      change(each.getKey(), each.getValue(), there, seen.top.isAbsent() ? Times.KEPT : Times.NEW)
          .ifPresent(changes::add);
    }
    boolean into = contents || seen.there || placing.isInside();
    return Plan.telling(
        changes, said -> ImmutableMap.of("dest", into ? told(seen) : placing.path()));
  }

  /** With the folder itself copied into a place that is absent, Ansible sets the place's mode. */
  private boolean isModeOfTop(Seen seen) {
    return contents || seen.there || placing.isInside() || !seen.top.isAbsent();
  }

  private Attributes topAttributes(Seen seen) {
    return placing.preserving(seen.self.mode()).attributes();
  }

  private Change top(Seen seen) {
    Attributes wanted = topAttributes(seen);
    List<Sh> commands = new ArrayList<>();
    commands.add(
        NewFolders.make(
            Paths.parent(root()),
            placing.isInside()
                ? seen.top.folderAttributes(placing.folders())
                : Attributes.unchanged()));
    commands.add(
        NewFolders.make(
            root(),
            seen.top.folderAttributes(
                new Attributes(
                    wanted.mode().or(() -> Optional.of(seen.self.mode())),
                    wanted.owner(),
                    wanted.group()))));
    return Change.run(root(), Change.ABSENT, "directory", Sh.all(commands));
  }

  private static Optional<Change> corrected(String path, PathSeen at, Attributes wanted) {
    List<Sh> commands = at.corrections(wanted, path);
    return commands.isEmpty()
        ? Optional.empty()
        : Optional.of(Change.run(path, at.attributes(), at.with(wanted), Sh.all(commands)));
  }

  private Optional<Change> change(String name, Entry wanted, Entry there, Times times) {
    String path = Paths.inside(root(), name);
    boolean same =
        wanted.type().equals(there.type())
            && (wanted.type().equals("d") || wanted.content().equals(there.content()));
    List<Step> steps = new ArrayList<>();
    if (!same) {
      make(path, name, wanted).forEach(steps::add);
      if (times == Times.KEPT && wanted.type().equals("f")) {
        steps.add(new Step.Run(Sh.of("touch -c -r {} -- {}", Paths.inside(source, name), path)));
      }
    }
    owners(path, there).forEach(command -> steps.add(new Step.Run(command)));
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Change(
                path,
                there.type().isEmpty() ? Change.ABSENT : shown(there),
                same ? "owner and group" : shown(wanted),
                ImmutableList.copyOf(steps)));
  }

  private static String shown(Entry entry) {
    return switch (entry.type()) {
      case "d" -> "directory";
      case "l" -> "link to " + entry.content();
      default -> "file, sha1 " + entry.content();
    };
  }

  private List<Step> make(String path, String name, Entry wanted) {
    return switch (wanted.type()) {
      case "d" ->
          List.of(
              new Step.Run(
                  Sh.of("mkdir -- {} && chmod -- {} {}", path, "0" + wanted.mode(), path)));
      case "l" ->
          List.of(
              new Step.Run(
                  Sh.of(
                      "t={}.belay.$$ && ln -s -- {} \"$t\" && mv -fT -- \"$t\" {}",
                      path,
                      wanted.content(),
                      path)));
      case "f" ->
          List.of(
              new Step.Put(
                  new Step.Source.There(Paths.inside(source, name)),
                  path,
                  Attributes.mode(wanted.mode()),
                  Precautions.none()));
      default -> List.of();
    };
  }

  private List<Sh> owners(String path, Entry there) {
    List<Sh> commands = new ArrayList<>();
    Attributes wanted = placing.attributes();
    wanted
        .owner()
        .filter(name -> !there.owners().contains(name))
        .ifPresent(name -> commands.add(Sh.of("chown -h -- {} {}", name, path)));
    wanted
        .group()
        .filter(name -> !there.groups().contains(name))
        .ifPresent(name -> commands.add(Sh.of("chgrp -h -- {} {}", name, path)));
    return commands;
  }

  private String told(Seen seen) {
    return contents && seen.there ? Paths.inside(root(), "") : root();
  }

  ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.<String, Object>builder()
        .put("dest", told(seen))
        .put("src", source)
        .put("checksum", None.NONE)
        .put("md5sum", None.NONE)
        .putAll(seen.top.result())
        .buildKeepingLast();
  }
}
