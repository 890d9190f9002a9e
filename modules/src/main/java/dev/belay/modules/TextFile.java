package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.module.Precautions;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Step;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A file whose text is edited: what the modules that do so have in common. A link is followed, and
 * stays one.
 *
 * @param creates whether a file that is absent is made, with the folders above it
 */
record TextFile(String path, boolean creates, Attributes attributes, Precautions precautions) {
  private static final String ATTRIBUTES_CHANGED = "ownership, perms or SE linux context changed";

  static TextFile of(Args args, boolean creates) {
    return new TextFile(
        Paths.onHost(args.text("path")),
        creates,
        args.attributes(),
        FileParameters.precautions(args, Paths.onHost(args.text("path"))));
  }

  /**
   * What is there.
   *
   * @param behind where a link leads in the end; the path itself where it is none
   * @param bytes empty where there is no file
   */
  record Seen(PathSeen path, String behind, Reading reading, FileBytes bytes) {
    boolean isThere() {
      return reading == Reading.THERE;
    }
  }

  /** How the reading of the file ended. */
  enum Reading {
    THERE,
    ABSENT,
    FOLDER,
    NO_FILE,
    UNREADABLE,
    TOO_LARGE;

    static Reading of(Output output) {
      if (output.cut() > 0) {
        return TOO_LARGE;
      }
      return switch (output.status()) {
        case 0 -> THERE;
        case 3 -> ABSENT;
        case 5 -> FOLDER;
        case 6 -> NO_FILE;
        default -> UNREADABLE;
      };
    }
  }

  /**
   * What an edit makes of the bytes.
   *
   * @param told what {@code register} gets of it, {@code msg} first of all
   */
  record Edited(FileBytes bytes, ImmutableMap<String, Object> told) {}

  Probe<Seen> probe() {
    Sh read =
        Sh.of(
            "p={}; if [ -d \"$p\" ]; then exit 5; elif [ ! -e \"$p\" ]; then exit 3; elif [ ! -f \"$p\" ]; then exit 6; fi; base64 < \"$p\" || exit 4",
            path);
    Sh behind = Sh.of("p={}; if [ -L \"$p\" ]; then readlink -f -- \"$p\"; fi", path);
    return PathSeen.at(path)
        .and(
            Probe.of(behind, output -> output.out()),
            (seen, target) -> new Seen(seen, target(target), Reading.ABSENT, FileBytes.none()))
        .and(
            Probe.of(read, output -> output),
            (seen, output) ->
                new Seen(
                    seen.path,
                    seen.behind,
                    Reading.of(output),
                    Reading.of(output) == Reading.THERE
                        ? FileBytes.ofBase64(output.out())
                        : FileBytes.none()));
  }

  private String target(String printed) {
    return printed.isEmpty() ? path : printed.substring(0, printed.length() - 1);
  }

  /** Why the file cannot be edited, where it cannot. */
  Optional<Plan> refusal(Seen seen) {
    return switch (seen.reading) {
      case THERE -> Optional.empty();
      case FOLDER -> Optional.of(Plan.impossible("Path " + path + " is a directory !"));
      case NO_FILE -> Optional.of(Plan.impossible(path + " is there and is no file"));
      case UNREADABLE -> Optional.of(Plan.impossible(path + " cannot be read"));
      case TOO_LARGE ->
          Optional.of(Plan.impossible(path + " is too large to be edited: more than 12 MiB"));
      case ABSENT -> creates ? Optional.empty() : Optional.of(missing());
    };
  }

  private Plan missing() {
    return Plan.lacking("Destination " + path + " does not exist ! create: true makes it");
  }

  /** The plan by which the file becomes what the edit makes of it. */
  Plan plan(Seen seen, UnaryOperator<Edited> edit) {
    try {
      return planned(seen, edit);
    } catch (IllegalArgumentException e) {
      // A group that the pattern lacks, or a pattern that never ends: only the text brings it out.
      return Plan.impossible(String.valueOf(e.getMessage()));
    }
  }

  private Plan planned(Seen seen, UnaryOperator<Edited> edit) {
    Edited edited = edit.apply(new Edited(seen.bytes, ImmutableMap.of()));
    boolean same = seen.isThere() && edited.bytes.equals(seen.bytes);
    List<Sh> corrections =
        seen.path.isAbsent() ? ImmutableList.of() : seen.path.corrections(attributes, path);
    if (same) {
      return corrections.isEmpty()
          ? Plan.satisfied()
          : Plan.telling(
              List.of(
                  Change.run(
                      path,
                      seen.path.attributes(),
                      seen.path.with(attributes),
                      Sh.all(corrections))),
              said -> told(edited, said, ATTRIBUTES_CHANGED));
    }
    boolean also = !corrections.isEmpty() || isNewWithOtherMode(seen);
    String suffix = also ? ATTRIBUTES_CHANGED : "";
    Change change = change(seen, edited.bytes, corrections);
    boolean settles =
        edit.apply(new Edited(edited.bytes, ImmutableMap.of())).bytes.equals(edited.bytes);
    return settles
        ? Plan.telling(List.of(change), said -> told(edited, said, suffix))
        : endless(change, edited, suffix);
  }

  /** An edit that has more to do whenever it is done is an action: there is no wanted state. */
  private static Plan endless(Change change, Edited edited, String suffix) {
    return Plan.act(
            change,
            said ->
                said.succeeded()
                    ? new Acted(told(edited, said, suffix), Optional.empty())
                    : new Acted(ImmutableMap.of("rc", (long) said.status()), failure(said)))
        .with(
            Remark.risk(
                "done again, this edit would change the file again: its pattern or marker fits what it writes, too"));
  }

  private static Optional<String> failure(Output said) {
    String why = said.err().strip();
    return Optional.of(why.isEmpty() ? "ended with status " + said.status() : why);
  }

  private boolean isNewWithOtherMode(Seen seen) {
    return seen.path.isAbsent()
        && seen.path
            .wantedMode(attributes)
            .filter(m -> !m.equals(seen.path.freshMode()))
            .isPresent();
  }

  private Change change(Seen seen, FileBytes after, List<Sh> corrections) {
    boolean link = seen.path.is(PathSeen.Kind.LINK);
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    if (seen.path.isAbsent()) {
      steps.add(new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(path))));
    }
    steps.add(
        new Step.Put(
            new Step.Source.Here(after.content()),
            seen.behind,
            link ? Attributes.unchanged() : seen.path.resolved(attributes),
            precautions));
    if (link) {
      corrections.forEach(correction -> steps.add(new Step.Run(correction)));
    }
    return new Change(
        path, seen.isThere() ? seen.bytes.shown() : Change.ABSENT, after.shown(), steps.build());
  }

  /** What the edit tells, and what happened to the file besides. */
  private static ImmutableMap<String, Object> told(Edited edited, Output said, String suffix) {
    String msg = edited.told.getOrDefault("msg", "").toString();
    String both = msg + (msg.isEmpty() || suffix.isEmpty() ? "" : " and ") + suffix;
    ImmutableMap.Builder<String, Object> told = ImmutableMap.builder();
    told.putAll(edited.told).put("msg", both);
    String backup = said.out().strip();
    if (edited.told.containsKey("backup")) {
      told.put("backup", backup);
    } else if (!backup.isEmpty()) {
      told.put("backup_file", backup);
    }
    return told.buildKeepingLast();
  }
}
