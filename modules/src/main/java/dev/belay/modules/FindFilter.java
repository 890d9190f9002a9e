package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.template.PythonRegex;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the things that are there {@code find} tells. Pure.
 *
 * @param age in seconds; negative for younger ones
 * @param size in bytes; negative for smaller ones
 * @param names the globs for names, where they are all that names are judged by
 */
record FindFilter(
    String type,
    ImmutableList<Pattern> patterns,
    ImmutableList<Pattern> excludes,
    Optional<Long> age,
    int stamp,
    Optional<Long> size,
    Optional<Long> depth,
    boolean hidden,
    ImmutableList<String> names) {
  private static final ImmutableMap<String, Long> SECONDS =
      ImmutableMap.of("s", 1L, "m", 60L, "h", 3600L, "d", 86400L, "w", 604800L);
  private static final ImmutableMap<String, Long> BYTES =
      ImmutableMap.of("b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30, "t", 1L << 40);
  private static final ImmutableMap<String, Integer> STAMPS =
      ImmutableMap.of("atime", 11, "mtime", 12, "ctime", 13);
  private static final int TYPE = 0170000;
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;

  static FindFilter of(Args args) {
    boolean regex = args.flag("use_regex");
    ImmutableList<String> patterns = args.texts("patterns");
    return new FindFilter(
        args.text("file_type"),
        compiled(patterns, regex),
        compiled(args.texts("excludes"), regex),
        amount(args.textIfGiven("age"), SECONDS, "age"),
        STAMPS.get(args.text("age_stamp")),
        amount(args.textIfGiven("size"), BYTES, "size"),
        args.integerIfGiven("depth").filter(d -> d != 0),
        args.flag("hidden"),
        regex ? ImmutableList.of() : patterns);
  }

  private static ImmutableList<Pattern> compiled(ImmutableList<String> texts, boolean regex) {
    return texts.stream()
        .map(text -> PythonRegex.compile(regex ? text : Globs.regex(text), 0))
        .collect(ImmutableList.toImmutableList());
  }

  private static Optional<Long> amount(
      Optional<String> text, ImmutableMap<String, Long> units, String name) {
    return text.map(
        written -> {
          Matcher parts =
              Pattern.compile("(-?\\d{1,12})([a-z])?").matcher(written.toLowerCase(Locale.ROOT));
          if (!parts.matches() || parts.group(2) != null && !units.containsKey(parts.group(2))) {
            throw new IllegalArgumentException(
                "'"
                    + name
                    + "' must be a whole number, with one of "
                    + String.join(", ", units.keySet())
                    + " behind it or nothing, not '"
                    + written
                    + "'");
          }
          long unit = parts.group(2) == null ? 1 : units.get(parts.group(2));
          return Long.parseLong(parts.group(1)) * unit;
        });
  }

  boolean holds(FindIn.Entry entry, double now) {
    String name = Paths.name(entry.relative());
    return depth.map(d -> entry.depth() <= d).orElse(true)
        && (hidden || !name.startsWith("."))
        && isOfType(entry.bits() & TYPE)
        && isNamed(name)
        && isOfAge(entry, now)
        && isOfSize(entry);
  }

  private boolean isOfType(int kind) {
    return switch (type) {
      case "file" -> kind == FILE;
      case "directory" -> kind == FOLDER;
      case "link" -> kind == LINK;
      default -> true;
    };
  }

  private boolean isNamed(String name) {
    boolean fits = patterns.isEmpty() || fitsOne(patterns, name);
    return fits && !fitsOne(excludes, name);
  }

  private static boolean fitsOne(ImmutableList<Pattern> all, String name) {
    return all.stream().anyMatch(p -> p.matcher(PythonRegex.bounded(name)).lookingAt());
  }

  private boolean isOfAge(FindIn.Entry entry, double now) {
    return age.map(
            wanted -> {
              double old = now - StatText.exactTime(entry.parts(), stamp);
              return wanted >= 0 ? old >= wanted : old <= -wanted;
            })
        .orElse(true);
  }

  /** Only of files: a folder's size says nothing. */
  private boolean isOfSize(FindIn.Entry entry) {
    boolean counts = (entry.bits() & TYPE) == FILE;
    return !counts || size.map(s -> s >= 0 ? entry.size() >= s : entry.size() <= -s).orElse(true);
  }
}
