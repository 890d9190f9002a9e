package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * What is at many paths, asked in few processes.
 *
 * @param at what is at each path
 * @param sums the SHA-1 of each path that is a file; empty where it is none
 */
record TreeSeen(ImmutableList<PathSeen> at, ImmutableList<String> sums) {

  /** Paths at which there should be folders: links to folders count as such. */
  static Probe<TreeSeen> folders(List<String> paths) {
    return probe(
        paths,
        Sh.of(
            "if [ -d \"$p\" ]; then set -- \"$@\" \"$p/\"; echo y; elif [ -L \"$p\" ] || [ -e \"$p\" ]; then set -- \"$@\" \"$p\"; echo y; else echo n; fi"));
  }

  /** Paths at which there should be files or links. */
  static Probe<TreeSeen> files(List<String> paths) {
    return probe(
        paths,
        Sh.of(
            "if [ -L \"$p\" ] || [ ! -f \"$p\" ] && [ -e \"$p\" ]; then set -- \"$@\" \"$p\"; echo y; elif [ -f \"$p\" ]; then set -- \"$@\" \"$p\"; echo f; else echo n; fi"));
  }

  private static Probe<TreeSeen> probe(List<String> paths, Sh sort) {
    if (paths.isEmpty()) {
      return Probe.nothing(new TreeSeen(ImmutableList.of(), ImmutableList.of()));
    }
    Sh sorted = Sh.of("umask; set --; for p in {}; do {}; done", paths, sort);
    Sh stats =
        Sh.of(
            "{}; if [ $# -gt 0 ]; then printf '%s\\0' \"$@\" | xargs -0 stat -c '%f|%U|%G|%u|%g|%s|%Y|%i|%h' --; fi",
            sorted);
    Sh sums =
        Sh.of(
            "set --; for p in {}; do if [ -f \"$p\" ] && [ ! -L \"$p\" ]; then set -- \"$@\" \"$p\"; fi; done; if [ $# -gt 0 ]; then printf '%s\\0' \"$@\" | xargs -0 sha1sum --; fi",
            paths);
    Sh links = Sh.of("for p in {}; do if [ -L \"$p\" ]; then readlink -- \"$p\"; fi; done", paths);
    return Probe.of(stats, output -> output)
        .and(Probe.of(sums, Output::lines), (seen, lines) -> new Answers(seen, lines, List.of()))
        .and(
            Probe.of(links, Output::lines),
            (answers, lines) -> new Answers(answers.stats, answers.sums, lines).read(paths.size()));
  }

  private record Answers(Output stats, List<String> sums, List<String> links) {

    TreeSeen read(int paths) {
      List<String> lines = stats.lines();
      String umask = lines.isEmpty() ? "" : lines.get(0);
      ImmutableList.Builder<PathSeen> at = ImmutableList.builder();
      ImmutableList.Builder<String> checksums = ImmutableList.builder();
      int next = paths + 1;
      int sum = 0;
      int link = 0;
      for (int i = 1; i <= paths; i++) {
        boolean there = i < lines.size() && !lines.get(i).equals("n") && next < lines.size();
        PathSeen seen =
            there ? PathSeen.of(lines.get(next++) + "|" + umask, "") : PathSeen.absent();
        if (seen.is(PathSeen.Kind.LINK) && link < links.size()) {
          seen = seen.leadingTo(links.get(link++));
        }
        boolean summed = seen.is(PathSeen.Kind.FILE) && sum < sums.size();
        at.add(seen);
        checksums.add(summed ? hash(sums.get(sum++)) : "");
      }
      return new TreeSeen(at.build(), checksums.build());
    }

    /** A name with a line end in it has a backslash before the line. */
    private static String hash(String line) {
      String plain = line.startsWith("\\") ? line.substring(1) : line;
      return plain.substring(0, Math.max(0, plain.indexOf(' ')));
    }
  }

  /** Both, one behind the other. */
  TreeSeen and(TreeSeen other) {
    List<PathSeen> all = new ArrayList<>(at);
    all.addAll(other.at);
    List<String> checksums = new ArrayList<>(sums);
    checksums.addAll(other.sums);
    return new TreeSeen(ImmutableList.copyOf(all), ImmutableList.copyOf(checksums));
  }
}
