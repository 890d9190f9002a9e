package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plans of {@code file} for a path that is to be there.
 *
 * @param told the result that has the path
 */
record FileState(
    String path,
    Optional<String> source,
    Attributes attributes,
    FileTimes times,
    Follow follow,
    ImmutableMap<String, Object> told) {

  /** Whether attributes are those of a link or of what it leads to. */
  enum Follow {
    LINKS,
    NOTHING
  }

  /** What of a thing differs, and the commands that mend it. */
  private record Differences(String before, String after, List<Sh> commands) {}

  /** The attributes and times of what is there. */
  Plan kept(FileSeen seen) {
    boolean follows = follow == Follow.LINKS && seen.isLink();
    if (follows && seen.behind().isAbsent()) {
      return Plan.satisfied()
          .with(
              Remark.note(
                  "the link leads nowhere, so there is nothing to set attributes of; follow: false means the link"));
    }
    return attributes(follows ? seen.behind() : seen.path(), follows ? seen.real() : path, seen);
  }

  private Plan attributes(PathSeen at, String where, FileSeen seen) {
    List<Sh> commands = new ArrayList<>(at.corrections(attributes, where));
    boolean ofAttributes = !commands.isEmpty();
    commands.addAll(times.corrections(seen.times(), where));
    boolean ofTimes =
        commands.size() > (ofAttributes ? at.corrections(attributes, where).size() : 0);
    int strays = seen.inside().strays();
    commands.addAll(seen.inside().corrections());
    if (seen.inside().trouble().isPresent()) {
      return Plan.unverifiable(path + ": " + seen.inside().trouble().get());
    } else if (commands.isEmpty()) {
      return Plan.satisfied();
    }
    String others = strays == 0 ? "" : ", " + strays + " inside differ";
    return planned(
        new Differences(
            at.attributes() + (ofTimes ? ", times as they are" : "") + others,
            at.with(attributes) + (ofTimes ? ", times set" : ""),
            commands));
  }

  private Plan planned(Differences differences) {
    Change change =
        Change.run(path, differences.before, differences.after, Sh.all(differences.commands));
    return times.isNow() ? acted(change) : Plan.of(change);
  }

  /** The time of a deed is no state: doing it again would set another. */
  private Plan acted(Change change) {
    Sh show = Sh.of("stat -c '%f|%U|%G|%u|%g|%s|%Y|%i|%h' -- {}", path);
    Change shown =
        new Change(
            change.what(),
            change.before(),
            change.after(),
            ImmutableList.<dev.belay.module.Step>builder()
                .addAll(change.steps())
                .add(new dev.belay.module.Step.Run(show))
                .build());
    return Plan.act(shown, this::read);
  }

  private Acted read(Output said) {
    if (!said.succeeded()) {
      String why = said.err().strip();
      return new Acted(
          told, Optional.of(why.isEmpty() ? "ended with status " + said.status() : why));
    }
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.putAll(told);
    ImmutableList<String> lines = said.lines();
    values.putAll(PathSeen.of(lines.get(lines.size() - 1), "").result());
    return new Acted(values.buildOrThrow(), Optional.empty());
  }

  Plan file(FileSeen seen) {
    boolean follows = follow == Follow.LINKS && seen.isLink();
    PathSeen at = follows ? seen.behind() : seen.path();
    String where = follows ? seen.real() : path;
    if (at.isAbsent() || at.is(PathSeen.Kind.DIRECTORY) || at.is(PathSeen.Kind.LINK)) {
      String why = "file (" + where + ") is " + at.kind().word() + ", cannot continue";
      return at.isAbsent()
          ? Plan.lacking(why + "; state=touch makes an empty one, 'copy' one with content")
          : Plan.impossible(why);
    }
    return attributes(at, where, seen);
  }

  Plan touch(FileSeen seen) {
    if (!seen.isAbsent()) {
      return seen.isLink() && seen.behind().isAbsent()
          ? Plan.impossible(path + " is a link that leads nowhere")
          : kept(seen);
    }
    // Nothing that has come to be there meanwhile is emptied.
    Sh make = Sh.of("( set -C; : > {} )", path);
    List<Sh> rest = new ArrayList<>(given(seen.path().resolved(attributes)));
    rest.addAll(times.corrections(seen.times(), path));
    Sh whole =
        rest.isEmpty()
            ? make
            : Sh.of(
                "{} && { { {}; } || { s=$?; rm -f -- {}; (exit \"$s\"); }; }",
                make,
                Sh.all(rest),
                path);
    return planned(new Differences(Change.ABSENT, "empty file" + wanted(), List.of(whole)));
  }

  private List<Sh> given(Attributes wanted) {
    List<Sh> commands = new ArrayList<>();
    wanted.owner().ifPresent(name -> commands.add(Sh.of("chown -h -- {} {}", name, path)));
    wanted.group().ifPresent(name -> commands.add(Sh.of("chgrp -h -- {} {}", name, path)));
    wanted.mode().ifPresent(m -> commands.add(Sh.of("chmod -- {} {}", m, path)));
    return commands;
  }

  private String wanted() {
    StringBuilder text = new StringBuilder();
    attributes.owner().ifPresent(name -> text.append(" owner ").append(name));
    attributes.group().ifPresent(name -> text.append(" group ").append(name));
    attributes.mode().ifPresent(mode -> text.append(" mode ").append(mode));
    return text.toString();
  }

  Plan directory(FileSeen seen) {
    boolean follows = follow == Follow.LINKS && seen.isLink();
    PathSeen at = follows ? seen.behind() : seen.path();
    String where = follows ? seen.real() : path;
    if (at.is(PathSeen.Kind.DIRECTORY)) {
      return attributes(at, where, seen);
    } else if (!at.isAbsent() || follows && seen.isRound(path)) {
      PathSeen there = at.isAbsent() ? seen.path() : at;
      return Plan.impossible(where + " already exists as a " + there.kind().word());
    }
    return planned(
        new Differences(
            Change.ABSENT,
            "directory" + wanted(),
            List.of(NewFolders.make(where, seen.path().folderAttributes(attributes)))));
  }

  Plan link(FileSeen seen, boolean force) {
    Optional<Plan> refusal = source.flatMap(target -> refusal(seen, target, force));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    boolean same = seen.isLink() && source.map(seen.path().target()::equals).orElse(true);
    if (same) {
      return kept(seen);
    } else if (source.isEmpty()) {
      return Plan.impossible("src is required for creating new symlinks");
    }
    List<Sh> commands = new ArrayList<>(List.of(made(seen, source.get())));
    boolean leads = !seen.source().isAbsent();
    if (follow == Follow.NOTHING) {
      commands.addAll(
          given(new Attributes(Optional.empty(), attributes.owner(), attributes.group())));
    } else if (leads) {
      // Through the link: these commands follow it.
      attributes.owner().ifPresent(name -> commands.add(Sh.of("chown -- {} {}", name, path)));
      attributes.group().ifPresent(name -> commands.add(Sh.of("chgrp -- {} {}", name, path)));
      seen.source()
          .wantedMode(attributes)
          .ifPresent(m -> commands.add(Sh.of("chmod -- {} {}", "0" + m, path)));
    }
    String before =
        seen.isLink()
            ? "link to " + seen.path().target()
            : seen.isAbsent() ? Change.ABSENT : seen.path().kind().word();
    return planned(new Differences(before, "link to " + source.get() + wanted(), commands));
  }

  private Optional<Plan> refusal(FileSeen seen, String target, boolean force) {
    if (!force && seen.source().isAbsent()) {
      return Optional.of(
          Plan.lacking(
              "src file does not exist, use \"force: true\" if you really want to create the link: "
                  + target));
    }
    return inTheWay(seen, force).map(Plan::impossible);
  }

  private Optional<String> inTheWay(FileSeen seen, boolean force) {
    if (seen.isFolder() && (!force || seen.filled())) {
      return Optional.of(
          path + " is a directory; it is replaced by a link only when empty and with force");
    } else if (!seen.isAbsent() && !seen.isLink() && !seen.isFolder() && !force) {
      return Optional.of(path + " is a file; it is replaced by a link only with force");
    }
    return Optional.empty();
  }

  /**
   * Made beside and renamed over: at no time is there no link, and a directory in the way never
   * swallows it.
   */
  private Sh made(FileSeen seen, String target) {
    Sh clear = seen.isFolder() ? Sh.of("rmdir -- {} && ", path) : Sh.of("");
    return Sh.of(
        "t={}.belay.$$ && ln -s -- {} \"$t\" && { {}mv -fT -- \"$t\" {} || { s=$?; rm -f -- \"$t\"; (exit \"$s\"); }; }",
        path,
        target,
        clear,
        path);
  }

  Plan hard(FileSeen seen, boolean force) {
    if (source.isEmpty()) {
      return seen.path().is(PathSeen.Kind.FILE) && seen.path().links() > 1
          ? attributes(seen.path(), path, seen)
          : Plan.impossible("src is required for creating new hardlinks");
    } else if (seen.source().isAbsent()) {
      return Plan.lacking("src does not exist");
    } else if (seen.isFolder()) {
      return Plan.impossible(path + " is a directory");
    }
    boolean same =
        seen.isLink()
            ? seen.path().target().equals(source.get())
            : !seen.isAbsent() && seen.path().inode() == seen.source().inode();
    if (same) {
      return kept(seen);
    } else if (!seen.isAbsent() && !seen.isLink() && !force) {
      return Plan.impossible(
          "Cannot link, " + path + " exists and is another file; force: true replaces it");
    }
    List<Sh> commands = new ArrayList<>();
    commands.add(
        Sh.of(
            "t={}.belay.$$ && ln -T -- {} \"$t\" && { mv -fT -- \"$t\" {} || { s=$?; rm -f -- \"$t\"; (exit \"$s\"); }; }",
            path,
            source.get(),
            path));
    commands.addAll(given(seen.source().resolved(attributes)));
    return planned(
        new Differences(
            seen.isAbsent() ? Change.ABSENT : seen.path().kind().word() + " " + seen.path().inode(),
            "the same file as " + source.get() + wanted(),
            commands));
  }
}
