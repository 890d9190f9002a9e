package dev.belay.modules;

import dev.belay.module.Change;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;

/**
 * A file whose path only the host can tell, as it begins in somebody's home, and its text.
 *
 * @param path where it is
 * @param folderIsThere whether there is a folder to put it in
 * @param bytes empty where there is no file
 */
record LocatedText(
    PathSeen seen, String path, boolean folderIsThere, TextFile.Reading reading, FileBytes bytes) {

  /** {@code located} puts the path into {@code $p}. */
  static Probe<LocatedText> probe(Sh located) {
    Sh place =
        Sh.of(
            "{}; d=${p%/*}; if [ -d \"${d:-/}\" ]; then echo y; else echo n; fi; printf %s \"$p\"",
            located);
    Sh read =
        Sh.of(
            "{}; if [ -d \"$p\" ]; then exit 5; elif [ ! -e \"$p\" ]; then exit 3; elif [ ! -f \"$p\" ]; then exit 6; fi; base64 < \"$p\" || exit 4",
            located);
    return PathSeen.at(located)
        .and(
            Probe.of(place, Output::out),
            (seen, told) ->
                new LocatedText(
                    seen,
                    told.substring(told.indexOf('\n') + 1),
                    told.startsWith("y"),
                    TextFile.Reading.ABSENT,
                    FileBytes.none()))
        .and(Probe.of(read, output -> output), LocatedText::with);
  }

  private static LocatedText with(LocatedText known, Output output) {
    TextFile.Reading reading = TextFile.Reading.of(output);
    return new LocatedText(
        known.seen,
        known.path,
        known.folderIsThere,
        reading,
        reading == TextFile.Reading.THERE ? FileBytes.ofBase64(output.out()) : FileBytes.none());
  }

  /** Whether its text can be told: there is a file that can be read, or none at all. */
  boolean isReadable() {
    return reading == TextFile.Reading.THERE || reading == TextFile.Reading.ABSENT;
  }

  String before() {
    return reading == TextFile.Reading.THERE ? bytes.shown() : Change.ABSENT;
  }

  /** Shell that puts a path into {@code $p}, where {@code ~/} is the home of who runs it. */
  static Sh atHome(String path) {
    return path.startsWith("~/")
        ? Sh.of("p=\"${HOME%/}\"/{}", path.substring(2))
        : Sh.of("p={}", Paths.onHost(path));
  }
}
