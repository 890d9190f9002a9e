package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.module.Type;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path and what is to be there: a directory, a link, an empty file, nothing, or what is there
 * with other attributes.
 */
record FileModule(
    String path,
    String state,
    Optional<String> source,
    Attributes attributes,
    boolean force,
    boolean recurse,
    boolean forceSystemPath)
    implements Resource<FileModule.Seen> {

  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "file")
          .summary("Directories, links, empty files, deletions, and the attributes of files.")
          .doc(
              "Links and deletions of paths that the host stands on (/usr/bin/python3, /bin/sh, the dynamic loader, top folders) are refused without 'force_system_path'. 'touch' makes a file that is absent and leaves the times of one that is there.")
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
                      "Whether the attributes hold for all inside of a directory too.")
                  .defaultsTo(false),
              Parameter.optional(
                      "follow",
                      Type.FLAG,
                      "Must be true or absent for Ansible's files; links are told as links here.")
                  .defaultsTo(true),
              Parameter.optional(
                      "force_system_path",
                      Type.FLAG,
                      "Allow what is refused for paths that the host stands on.")
                  .defaultsTo(false))
          .parameters(FileParameters.ATTRIBUTES)
          .example("- file:\n    path: /etc/belay/env\n    state: directory\n    mode: '0755'")
          .example(
              "- file:\n    src: /opt/python-3.11\n    path: /usr/local/python\n    state: link")
          .result("path", "The path.")
          .result("state", "What is there.")
          .result("mode", "Its permissions.")
          .makes(FileModule::of);

  record Seen(PathSeen path, PathSeen behind, boolean strays) {}

  private static FileModule of(Args args) {
    String path = Paths.absolute(args.text("path"));
    String state = args.textIfGiven("state").orElse(args.flag("recurse") ? "directory" : "keep");
    Optional<String> source = args.textIfGiven("src");
    boolean link = state.equals("link") || state.equals("hard");
    if (link && source.isEmpty()) {
      throw new IllegalArgumentException("state=" + state + " needs 'src'");
    } else if (Paths.isDangerous(path, state) && !args.flag("force_system_path")) {
      throw new IllegalArgumentException(
          "the host stands on '"
              + path
              + "': state="
              + state
              + " there is refused without force_system_path");
    } else if (args.flag("recurse") && !state.equals("directory")) {
      throw new IllegalArgumentException("'recurse' needs state=directory");
    }
    return new FileModule(
        path,
        state,
        source,
        args.attributes(),
        args.flag("force"),
        args.flag("recurse"),
        args.flag("force_system_path"));
  }

  @Override
  public Probe<Seen> probe() {
    Probe<PathSeen> behind =
        state.equals("hard") ? PathSeen.at(source.orElseThrow()) : PathSeen.behind(path);
    Probe<Boolean> strays = recurse ? strayProbe() : Probe.nothing(false);
    return PathSeen.at(path)
        .and(behind, (one, other) -> new Seen(one, other, false))
        .and(strays, (seen, any) -> new Seen(seen.path, seen.behind, any));
  }

  /** Whether anything inside has other attributes. */
  private Probe<Boolean> strayProbe() {
    List<Sh> tests = new ArrayList<>();
    attributes.owner().ifPresent(name -> tests.add(Sh.of("! -user {}", name)));
    attributes.group().ifPresent(name -> tests.add(Sh.of("! -group {}", name)));
    attributes
        .mode()
        .filter(m -> m.matches("[0-7]+"))
        .ifPresent(m -> tests.add(Sh.of("! -type l ! -perm {}", m)));
    if (tests.isEmpty()) {
      return Probe.nothing(false);
    }
    Sh any = tests.get(0);
    for (Sh test : tests.subList(1, tests.size())) {
      any = Sh.of("{} -o {}", any, test);
    }
    return Probe.of(
        Sh.of("if [ -d {} ]; then find {} '(' {} ')' -print | head -n 1; fi", path, path, any),
        output -> !output.out().isEmpty());
  }

  @Override
  public Plan plan(Seen seen) {
    if (seen.path.is(PathSeen.Kind.UNREADABLE)) {
      return Plan.unverifiable(path + " cannot be looked at: " + seen.path.target());
    }
    return switch (state) {
      case "absent" -> absent(seen.path);
      case "directory" -> directory(seen);
      case "link" -> link(seen.path, seen.behind);
      case "hard" -> hard(seen);
      case "touch" -> touch(seen);
      default -> kept(seen);
    };
  }

  private Plan absent(PathSeen seen) {
    return seen.isAbsent()
        ? Plan.satisfied()
        : Plan.of(Change.run(path, seen.kind().word(), Change.ABSENT, Sh.of("rm -rf -- {}", path)));
  }

  private Plan directory(Seen seen) {
    boolean there =
        seen.path.is(PathSeen.Kind.DIRECTORY)
            || seen.path.is(PathSeen.Kind.LINK) && seen.behind.is(PathSeen.Kind.DIRECTORY);
    if (there) {
      return attributes(seen.path.is(PathSeen.Kind.LINK) ? seen.behind : seen.path, seen.strays);
    } else if (!seen.path.isAbsent()) {
      return Plan.impossible(
          path
              + " is there and is no directory ("
              + seen.path.kind().word()
              + "); remove it first");
    }
    List<Sh> commands = new ArrayList<>(List.of(Sh.of("mkdir -p -- {}", path)));
    attributes.owner().ifPresent(name -> commands.add(Sh.of("chown -- {} {}", name, path)));
    attributes.group().ifPresent(name -> commands.add(Sh.of("chgrp -- {} {}", name, path)));
    attributes.mode().ifPresent(mode -> commands.add(Sh.of("chmod -- {} {}", mode, path)));
    return Plan.of(Change.run(path, Change.ABSENT, "directory" + wanted(), Sh.all(commands)));
  }

  private String wanted() {
    StringBuilder text = new StringBuilder();
    attributes.owner().ifPresent(name -> text.append(" owner ").append(name));
    attributes.group().ifPresent(name -> text.append(" group ").append(name));
    attributes.mode().ifPresent(mode -> text.append(" mode ").append(mode));
    return text.toString();
  }

  private Plan attributes(PathSeen seen, boolean strays) {
    List<Sh> commands = seen.corrections(attributes, path);
    if (commands.isEmpty() && !strays) {
      return Plan.satisfied();
    }
    return Plan.of(
        Change.run(
            path,
            seen.attributes() + (strays ? ", others inside" : ""),
            seen.with(attributes),
            strays ? recursive() : Sh.all(commands)));
  }

  private Sh recursive() {
    List<Sh> commands = new ArrayList<>();
    attributes.owner().ifPresent(name -> commands.add(Sh.of("chown -hR -- {} {}", name, path)));
    attributes.group().ifPresent(name -> commands.add(Sh.of("chgrp -hR -- {} {}", name, path)));
    attributes.mode().ifPresent(mode -> commands.add(Sh.of("chmod -R -- {} {}", mode, path)));
    return Sh.all(commands);
  }

  private Plan link(PathSeen seen, PathSeen behind) {
    String target = source.orElseThrow();
    if (seen.is(PathSeen.Kind.LINK) && seen.target().equals(target)) {
      return Plan.satisfied();
    } else if (seen.is(PathSeen.Kind.DIRECTORY) && !force) {
      return Plan.impossible(
          path + " is a directory; it is replaced by a link only when empty and with force");
    } else if (seen.is(PathSeen.Kind.FILE) && !force) {
      return Plan.impossible(path + " is a file; it is replaced by a link only with force");
    }
    Sh clear = seen.is(PathSeen.Kind.DIRECTORY) ? Sh.of("rmdir -- {} && ", path) : Sh.of("");
    // Made beside and renamed over: at no time is there no link, and a directory in the way never
    // swallows it.
    Sh make =
        Sh.of(
            "t={}.belay.$$ && ln -s -- {} \"$t\" && {}mv -fT -- \"$t\" {}",
            path,
            target,
            clear,
            path);
    String before =
        seen.is(PathSeen.Kind.LINK)
            ? "link to " + seen.target()
            : seen.isAbsent() ? Change.ABSENT : seen.kind().word();
    return Plan.of(Change.run(path, before, "link to " + target, make));
  }

  private Plan hard(Seen seen) {
    if (seen.behind.isAbsent()) {
      return Plan.impossible("there is no " + source.orElseThrow() + " to link to");
    } else if (!seen.path.isAbsent() && seen.path.inode() == seen.behind.inode()) {
      return Plan.satisfied();
    } else if (!seen.path.isAbsent() && !force) {
      return Plan.impossible(path + " is there; it is replaced by a link only with force");
    }
    return Plan.of(
        Change.run(
            path,
            seen.path.kind().word(),
            "hard link to " + source.orElseThrow(),
            Sh.of("ln -f -- {} {}", source.orElseThrow(), path)));
  }

  private Plan touch(Seen seen) {
    if (!seen.path.isAbsent()) {
      return attributes(seen.path, false);
    }
    Change change =
        new Change(
            path,
            Change.ABSENT,
            "empty file" + wanted(),
            ImmutableList.of(new Step.Put(dev.belay.module.Content.of(""), path, attributes)));
    return Plan.of(change);
  }

  private Plan kept(Seen seen) {
    if (seen.path.isAbsent()) {
      return state.equals("file")
          ? Plan.impossible(
              "there is no file "
                  + path
                  + "; state=touch makes an empty one, 'copy' one with content")
          : Plan.impossible("there is no " + path + "; say with 'state' what it is to be");
    } else if (state.equals("file") && seen.path.is(PathSeen.Kind.DIRECTORY)) {
      return Plan.impossible(path + " is a directory");
    }
    return attributes(seen.path, false);
  }

  @Override
  public ImmutableMap<String, Object> result(Seen seen) {
    return ImmutableMap.<String, Object>builder()
        .put("path", path)
        .put("dest", path)
        .putAll(seen.path.result())
        .buildKeepingLast();
  }
}
