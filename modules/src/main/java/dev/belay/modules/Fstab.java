package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The text of a file of mounts. Lines that are not touched stay as they are, byte for byte; so do
 * comments and lines that are no mounts.
 */
record Fstab(ImmutableList<String> lines) {

  /** A line's fields, without their escapes. */
  record Entry(String src, String path, String fstype, String opts, String dump, String passno) {

    /** As a line is written: blanks and their like in octal. */
    String line() {
      return String.join(
          " ",
          escaped(src),
          escaped(path),
          escaped(fstype),
          escaped(opts),
          escaped(dump),
          escaped(passno));
    }
  }

  static Fstab of(String text) {
    return new Fstab(Output.lines(text));
  }

  String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** The entry of a line; empty for comments and what has too few fields. */
  static Optional<Entry> entry(String line) {
    String bare = line.strip();
    String[] fields = bare.split("[ \t]+");
    if (bare.startsWith("#") || fields.length < 4) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            unescaped(fields[0]),
            unescaped(fields[1]),
            unescaped(fields[2]),
            unescaped(fields[3]),
            fields.length > 4 ? fields[4] : "0",
            fields.length > 5 ? fields[5] : "0"));
  }

  /** All entries. */
  ImmutableList<Entry> entries() {
    return lines.stream()
        .flatMap(line -> entry(line).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** The same with each line of such an entry replaced; by nothing, where that is what comes. */
  Fstab mapped(Predicate<Entry> which, Function<String, Optional<String>> to) {
    List<String> mapped = new ArrayList<>();
    for (String line : lines) {
      boolean touched = entry(line).filter(which).isPresent();
      if (touched) {
        to.apply(line).ifPresent(mapped::add);
      } else {
        mapped.add(line);
      }
    }
    return new Fstab(ImmutableList.copyOf(mapped));
  }

  /** The same with a line at the end. */
  Fstab with(Entry entry) {
    return new Fstab(ImmutableList.<String>builder().addAll(lines).add(entry.line()).build());
  }

  /** A field as this file has it, and the kernel's lists. */
  static String escaped(String field) {
    return field
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }

  /** A field of this file, or of the kernel's lists of mounts and swaps. */
  static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\043", "#")
        .replace("\\134", "\\");
  }
}
