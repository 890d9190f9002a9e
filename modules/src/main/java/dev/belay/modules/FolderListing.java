package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is inside of a folder on the host, by path relative to it, in the order of paths.
 *
 * @param trouble why it is not known
 */
record FolderListing(ImmutableSortedMap<String, Entry> entries, Optional<String> trouble) {
  /** No path holds it: it stands between a path and what a link leads to. */
  private static final char BETWEEN = '\u0001';

  /**
   * One thing inside.
   *
   * @param type as {@code find} tells it: f, d, l and others
   * @param owners the owner's name and number
   * @param groups the group's name and number
   * @param content the SHA-1 of a file, or what a link leads to
   */
  record Entry(
      String type,
      String mode,
      ImmutableSet<String> owners,
      ImmutableSet<String> groups,
      String content) {

    static Entry absent() {
      return new Entry("", "", ImmutableSet.of(), ImmutableSet.of(), "");
    }
  }

  static FolderListing none() {
    return new FolderListing(ImmutableSortedMap.of(), Optional.empty());
  }

  /** Nothing is listed where {@code source} is no folder. */
  static Probe<FolderListing> probe(String source, String folder, boolean follow) {
    Sh find = follow ? Sh.of("find -L . -mindepth 1") : Sh.of("find . -mindepth 1");
    Sh guard = Sh.of("if [ -d {} ] && [ -d {} ]; then cd -- {} && ", source, folder, folder);
    return Probe.of(
            Sh.of("{}{} -printf {}; fi", guard, find, "%y|%m|%U|%u|%G|%g|%P\\001%l\\0"),
            output -> output)
        .and(
            Probe.of(
                Sh.of("{}{} -type f -exec sha1sum -- {} +; fi", guard, find, "{}"),
                output -> output),
            FolderListing::of);
  }

  private static FolderListing of(Output listed, Output sums) {
    if (listed.cut() + sums.cut() > 0) {
      return new FolderListing(ImmutableSortedMap.of(), Optional.of("there is too much inside"));
    } else if (!listed.succeeded() || !sums.succeeded()) {
      return new FolderListing(
          ImmutableSortedMap.of(), Optional.of((listed.err() + sums.err()).strip()));
    }
    Map<String, String> checksums = checksums(sums);
    ImmutableSortedMap.Builder<String, Entry> entries = ImmutableSortedMap.naturalOrder();
    for (String each : Splitter.on('\0').omitEmptyStrings().split(listed.out())) {
      List<String> parts = Splitter.on('|').limit(7).splitToList(each);
      int end = parts.get(6).lastIndexOf(BETWEEN);
      String path = parts.get(6).substring(0, end);
      String target = parts.get(6).substring(end + 1);
      entries.put(
          path,
          new Entry(
              parts.get(0),
              String.format("%04o", Integer.parseInt(parts.get(1), 8)),
              ImmutableSet.of(parts.get(2), parts.get(3)),
              ImmutableSet.of(parts.get(4), parts.get(5)),
              parts.get(0).equals("l") ? target : checksums.getOrDefault(path, "")));
    }
    return new FolderListing(entries.buildOrThrow(), Optional.empty());
  }

  /** {@code sha1sum} marks the lines of names that it had to write in another way. */
  private static Map<String, String> checksums(Output sums) {
    ImmutableMap.Builder<String, String> checksums = ImmutableMap.builder();
    for (String line : sums.lines()) {
      boolean marked = line.startsWith("\\");
      String plain = marked ? line.substring(1) : line;
      int space = plain.indexOf(' ');
      String name = plain.substring(space + 2).replaceFirst("^\\./", "");
      checksums.put(
          marked ? name.replace("\\n", "\n").replace("\\\\", "\\") : name,
          plain.substring(0, space));
    }
    return checksums.buildKeepingLast();
  }
}
