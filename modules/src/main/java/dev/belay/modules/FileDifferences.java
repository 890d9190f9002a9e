package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Attributes;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code file} gives back as {@code diff}: the path, and whatever differs of it.
 *
 * @param before as seen
 * @param after as wanted
 */
record FileDifferences(Map<String, Object> before, Map<String, Object> after) {
  /** In bytes: the names inside of a folder that goes away are for people. */
  private static final int NAMES_LIMIT = 100_000;

  static FileDifferences at(String path) {
    Map<String, Object> before = new LinkedHashMap<>(Map.of("path", path));
    return new FileDifferences(before, new LinkedHashMap<>(before));
  }

  private FileDifferences differing(String what, Object seen, Object wanted) {
    if (!seen.equals(wanted)) {
      before.put(what, seen);
      after.put(what, wanted);
    }
    return this;
  }

  FileDifferences state(String seen, String wanted) {
    return differing("state", seen, wanted);
  }

  /** Where a link leads. */
  FileDifferences source(String seen, String wanted) {
    return differing("src", seen, wanted);
  }

  FileDifferences attributes(PathSeen seen, Attributes wanted) {
    wanted
        .owner()
        .filter(name -> !seen.isOwner(name))
        .ifPresent(name -> differing("owner", seen.uid(), numbered(name)));
    wanted
        .group()
        .filter(name -> !seen.isGroup(name))
        .ifPresent(name -> differing("group", seen.gid(), numbered(name)));
    seen.wantedMode(wanted)
        .filter(mode -> !seen.mode().isEmpty() && !seen.is(PathSeen.Kind.LINK))
        .ifPresent(mode -> differing("mode", octal(seen.mode()), octal(mode)));
    return this;
  }

  private static Object numbered(String name) {
    return name.matches("[0-9]{1,10}") ? (Object) Long.parseLong(name) : name;
  }

  private static String octal(String mode) {
    return String.format("0%03o", Integer.parseInt(mode, 8));
  }

  FileDifferences times(FileTimes.Seen seen, FileTimes wanted) {
    wanted
        .differing(seen)
        .forEach(
            (what, time) ->
                differing(
                    what,
                    seconds(
                        what.equals(FileTimes.MODIFICATION) ? seen.modification() : seen.access()),
                    seconds(time)));
    return this;
  }

  private static Object seconds(String text) {
    return text.matches("-?[0-9]+([.][0-9]+)?") ? (Object) Double.parseDouble(text) : text;
  }

  /** What goes away with a folder. */
  FileDifferences inside(Optional<ImmutableList<String>> names) {
    names.ifPresent(
        all ->
            before.put(
                "path_content",
                ImmutableMap.of("directories", those('d', all), "files", those('f', all))));
    return this;
  }

  private static ImmutableList<String> those(char kind, List<String> names) {
    return names.stream()
        .filter(name -> name.charAt(0) == kind)
        .map(name -> name.substring(1))
        .collect(ImmutableList.toImmutableList());
  }

  ImmutableMap<String, Object> told() {
    return ImmutableMap.of(
        "before", ImmutableMap.copyOf(before), "after", ImmutableMap.copyOf(after));
  }

  /**
   * The names inside of a folder, {@code d} before those of folders and {@code f} before others.
   */
  static Probe<Optional<ImmutableList<String>>> namesInside(String path) {
    return Probe.of(
        Sh.of(
            "p={}; if [ -d \"$p\" ] && [ ! -L \"$p\" ]; then echo; find \"$p/\" -mindepth 1 '(' -type d -printf {} -o -printf {} ')' 2>/dev/null | head -c {}; fi",
            path,
            "d%P\\0",
            "f%P\\0",
            String.valueOf(NAMES_LIMIT)),
        output -> names(path, output));
  }

  private static Optional<ImmutableList<String>> names(String path, Output output) {
    if (output.out().isEmpty()) {
      return Optional.empty();
    }
    String whole = output.out().substring(1, Math.max(1, output.out().lastIndexOf('\0') + 1));
    return Optional.of(
        Splitter.on('\0')
            .omitEmptyStrings()
            .splitToStream(whole)
            .map(name -> name.charAt(0) + Paths.inside(path, name.substring(1)))
            .collect(ImmutableList.toImmutableList()));
  }
}
