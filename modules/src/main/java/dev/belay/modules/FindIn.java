package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One folder in which {@code find} looks.
 *
 * @param written as the user wrote it
 */
record FindIn(String path, String written, Way way) {
  private static final int NO_FOLDER = 3;
  private static final int FIELDS = 19;

  /**
   * How it looks.
   *
   * @param deepest how deep entries are listed; 1 is what is right inside
   * @param grep Perl's expression for the contents
   * @param whole whether it is for whole files
   * @param names globs that names must fit, where these are all that is asked of them; used to look
   *     into fewer files
   */
  record Way(
      Optional<Long> deepest,
      boolean follow,
      boolean checksums,
      Optional<String> grep,
      boolean whole,
      ImmutableList<String> names) {}

  /** One thing that is there. */
  record Entry(String path, String relative, List<String> parts, String checksum) {
    int bits() {
      return Integer.parseInt(parts.get(0), 16);
    }

    long size() {
      return Long.parseLong(parts.get(3));
    }

    /** How many folders below the one that is looked in, and one. */
    int depth() {
      return 1 + (int) relative.chars().filter(c -> c == '/').count();
    }

    ImmutableMap<String, Object> told() {
      ImmutableMap.Builder<String, Object> told = ImmutableMap.builder();
      told.put("path", path).putAll(StatText.common(parts));
      told.put("pw_name", name(parts.get(17))).put("gr_name", name(parts.get(18)));
      if (!checksum.isEmpty()) {
        told.put("checksum", checksum);
      }
      return told.buildOrThrow();
    }

    private static String name(String printed) {
      return printed.equals("UNKNOWN") ? "" : printed;
    }
  }

  /**
   * What was found.
   *
   * @param now by the host's clock, in seconds since 1970
   * @param containing the relative paths of files whose contents fit
   * @param skipped why not all of it was looked at
   * @param trouble why nothing can be said
   */
  record Seen(
      String written,
      double now,
      ImmutableList<Entry> entries,
      ImmutableSet<String> containing,
      Optional<String> skipped,
      Optional<String> trouble) {}

  private record Answers(Output listed, Output contents) {}

  Probe<Seen> probe() {
    Sh find =
        Sh.of(
            "find {} . -mindepth 1 {}",
            Sh.of(way.follow ? "-L" : ""),
            way.deepest.map(d -> Sh.of("-maxdepth {}", d)).orElse(Sh.of("")));
    Sh enter = Sh.of("[ -d {} ] || exit {}; cd -- {} || exit 4; ", path, NO_FOLDER, path);
    Sh list =
        Sh.of(
            "{}date +%s.%N; {} -exec stat --printf {} -- {} +",
            enter, find, StatText.FORMAT + "|%n\\0", "{}");
    Probe<Output> contents =
        way.grep
            .map(
                pattern ->
                    Sh.of(
                        "{}{} -type f {} -exec env LC_ALL=C.UTF-8 grep {} -lPZs -e {} -- {} +",
                        enter,
                        find,
                        names(),
                        Sh.of(way.whole ? "-z" : ""),
                        pattern,
                        "{}"))
            .map(sh -> Probe.of(sh, output -> output))
            .orElseGet(() -> Probe.nothing(Output.ok("")));
    Probe<Output> sums =
        way.checksums
            ? Probe.of(
                Sh.of("{}{} -type f {} -exec sha1sum -z -- {} +", enter, find, names(), "{}"),
                output -> output)
            : Probe.nothing(Output.ok(""));
    return Probe.of(list, output -> output)
        .and(contents, Answers::new)
        .and(sums, (answers, sum) -> seen(answers, sum));
  }

  private Sh names() {
    if (way.names.isEmpty()) {
      return Sh.of("");
    }
    List<Sh> tests = new ArrayList<>();
    for (String name : way.names) {
      tests.add(Sh.of(tests.isEmpty() ? "-name {}" : "-o -name {}", name));
    }
    return Sh.of("'(' {} ')'", tests);
  }

  private Seen seen(Answers answers, Output sums) {
    Output listed = answers.listed;
    if (listed.status() == NO_FOLDER) {
      return nothing(Optional.of("'" + written + "' is not a directory"), Optional.empty());
    } else if (listed.cut() > 0) {
      return nothing(
          Optional.empty(), Optional.of("there is too much inside of " + path + " to be told"));
    }
    Output contents = answers.contents;
    if (!contents.err().isBlank() && contents.err().contains("grep:")) {
      return nothing(Optional.empty(), Optional.of(contents.err().strip()));
    }
    int end = listed.out().indexOf('\n');
    return new Seen(
        written,
        end < 0 ? 0 : Double.parseDouble(listed.out().substring(0, end)),
        entries(listed.out().substring(end + 1), checksums(sums)),
        zeroEnded(contents.out()).stream()
            .map(FindIn::relative)
            .collect(ImmutableSet.toImmutableSet()),
        listed.err().isBlank() ? Optional.empty() : Optional.of(listed.err().strip()),
        Optional.empty());
  }

  private Seen nothing(Optional<String> skipped, Optional<String> trouble) {
    return new Seen(written, 0, ImmutableList.of(), ImmutableSet.of(), skipped, trouble);
  }

  private static List<String> zeroEnded(String text) {
    return Splitter.on('\0').omitEmptyStrings().splitToList(text);
  }

  private static String relative(String found) {
    return found.startsWith("./") ? found.substring(2) : found;
  }

  private static Map<String, String> checksums(Output sums) {
    ImmutableMap.Builder<String, String> checksums = ImmutableMap.builder();
    for (String line : zeroEnded(sums.out())) {
      int space = line.indexOf(' ');
      checksums.put(relative(line.substring(space + 2)), line.substring(0, space));
    }
    return checksums.buildKeepingLast();
  }

  private String shownFolder() {
    return path.startsWith("/") ? SystemPaths.plain(path) : Paths.shown(path);
  }

  private ImmutableList<Entry> entries(String listed, Map<String, String> checksums) {
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    for (String each : zeroEnded(listed)) {
      List<String> parts = Splitter.on('|').limit(FIELDS + 1).splitToList(each);
      String relative = relative(parts.get(FIELDS));
      entries.add(
          new Entry(
              Paths.inside(shownFolder(), relative),
              relative,
              parts,
              checksums.getOrDefault(relative, "")));
    }
    return entries.build();
  }
}
