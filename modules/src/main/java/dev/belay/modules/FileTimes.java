package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a file was changed and read last, as it is to be. */
record FileTimes(Time modification, Time access) {

  /** What the time of a file's content is called. */
  static final String MODIFICATION = "mtime";

  /** What a time is to be. */
  sealed interface Time {
    /** As it is. */
    record Preserved() implements Time {}

    /** When the task is done: never so already. */
    record Now() implements Time {}

    /**
     * @param text as {@code date} reads it, in the host's time zone
     */
    record At(String text) implements Time {}
  }

  /**
   * What is there.
   *
   * @param wanted in seconds since 1970, by the host's clock; for times that are {@link Time.At}
   */
  record Seen(String modification, String access, ImmutableList<String> wanted) {}

  /** As the arguments say; without them a touched file has the time of the deed. */
  static FileTimes of(Args args, String state) {
    String byDefault = state.equals("touch") ? "now" : "preserve";
    return new FileTimes(
        time(
            args.textIfGiven("modification_time").orElse(byDefault),
            args.text("modification_time_format")),
        time(args.textIfGiven("access_time").orElse(byDefault), args.text("access_time_format")));
  }

  private static Time time(String word, String format) {
    return switch (word) {
      case "preserve" -> new Time.Preserved();
      case "now" -> new Time.Now();
      default -> new Time.At(TimeFormat.read(word, format));
    };
  }

  boolean isNow() {
    return modification instanceof Time.Now || access instanceof Time.Now;
  }

  boolean isPreserved() {
    return modification instanceof Time.Preserved && access instanceof Time.Preserved;
  }

  Probe<Seen> probe(String path) {
    List<String> texts = new ArrayList<>();
    for (Time time : List.of(modification, access)) {
      if (time instanceof Time.At at) {
        texts.add(at.text);
      }
    }
    return texts.isEmpty()
        ? Probe.nothing(new Seen("", "", ImmutableList.of()))
        : Probe.of(
            Sh.of(
                "p={}; if [ -e \"$p\" ]; then stat -L -c '%Y %y|%X %x' -- \"$p\"; else echo '|'; fi; for t in {}; do date -d \"$t\" +%s || exit 1; done",
                path, texts),
            FileTimes::read);
  }

  private static Seen read(Output output) {
    ImmutableList<String> lines = output.lines();
    List<String> seen = Splitter.on('|').splitToList(lines.isEmpty() ? "|" : lines.get(0));
    return new Seen(
        exact(seen.get(0)),
        exact(seen.get(1)),
        lines.isEmpty() ? ImmutableList.of() : lines.subList(1, lines.size()));
  }

  /** Seconds; with a fraction where there is one. */
  private static String exact(String printed) {
    int space = printed.indexOf(' ');
    int dot = printed.indexOf('.');
    String fraction = dot < 0 ? "" : printed.substring(dot).replaceFirst("\\s.*", "");
    return (space < 0 ? printed : printed.substring(0, space))
        + (fraction.matches("\\.0*") ? "" : fraction);
  }

  /** The commands that set what differs. Those for 'now' are always among them. */
  List<Sh> corrections(Seen seen, String path) {
    List<Sh> commands = new ArrayList<>();
    int used = 0;
    if (modification instanceof Time.At) {
      differing(seen.wanted, used++, seen.modification)
          .ifPresent(t -> commands.add(Sh.of("touch -m -d {} -- {}", t, path)));
    }
    if (access instanceof Time.At) {
      differing(seen.wanted, used, seen.access)
          .ifPresent(t -> commands.add(Sh.of("touch -a -d {} -- {}", t, path)));
    }
    if (modification instanceof Time.Now && access instanceof Time.Now) {
      // Who may only write a file may set both of its times, but not one alone.
      return List.of(Sh.of("touch -c -- {}", path));
    }
    if (modification instanceof Time.Now) {
      commands.add(Sh.of("touch -m -- {}", path));
    }
    if (access instanceof Time.Now) {
      commands.add(Sh.of("touch -a -- {}", path));
    }
    return commands;
  }

  /** Times that are to be others, in seconds. */
  ImmutableMap<String, String> differing(Seen seen) {
    ImmutableMap.Builder<String, String> others = ImmutableMap.builder();
    int used = 0;
    if (modification instanceof Time.At) {
      differing(seen.wanted, used++, seen.modification)
          .ifPresent(t -> others.put(MODIFICATION, t.substring(1)));
    }
    if (access instanceof Time.At) {
      differing(seen.wanted, used, seen.access).ifPresent(t -> others.put("atime", t.substring(1)));
    }
    return others.buildOrThrow();
  }

  private static Optional<String> differing(List<String> wanted, int which, String seen) {
    return which < wanted.size() && !wanted.get(which).equals(seen)
        ? Optional.of("@" + wanted.get(which))
        : Optional.empty();
  }
}
