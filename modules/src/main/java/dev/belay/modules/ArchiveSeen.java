package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Attributes;
import dev.belay.shell.Output;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of an archive and of the folder that it goes to.
 *
 * @param told lines of {@link ArchiveShell}, by their names
 * @param complaint what the commands said besides
 */
record ArchiveSeen(ImmutableListMultimap<String, String> told, String complaint) {

  static ArchiveSeen of(Output output) {
    ImmutableListMultimap.Builder<String, String> told = ImmutableListMultimap.builder();
    for (String line : output.lines()) {
      int tab = line.indexOf('\t');
      if (line.startsWith("=") && tab > 0) {
        told.put(line.substring(1, tab), line.substring(tab + 1));
      }
    }
    return new ArchiveSeen(told.build(), output.err().strip());
  }

  boolean is(String name) {
    return told.containsKey(name);
  }

  Optional<String> text(String name) {
    List<String> values = told.get(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  long number(String name) {
    return text(name).filter(n -> n.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
  }

  /** Why nothing of it may be unpacked, with the entry; empty where all may. */
  Optional<String> refused() {
    return text("refused")
        .map(line -> Splitter.on('\t').limit(2).splitToList(line))
        .map(parts -> "'" + parts.get(1) + "' in the archive is refused: " + parts.get(0));
  }

  /** Why it cannot be read; empty where it can. */
  Optional<String> unreadable() {
    if (is("missing")) {
      return Optional.of("this host lacks " + text("missing").orElseThrow() + ", which it needs");
    }
    return text("broken").map(line -> "the archive cannot be read: " + line);
  }

  /** What differs, for a change's {@code before}. */
  String differences() {
    ImmutableList<String> shown = told.get("different");
    long more = number("differences") - shown.size();
    return String.join("; ", shown) + (more > 0 ? "; and " + more + " more" : "");
  }

  /** Whether anything of the archive has other attributes on disk than those wanted. */
  boolean strays(Attributes wanted) {
    return told.get("attributes").stream().anyMatch(line -> strays(line, wanted));
  }

  private static boolean strays(String line, Attributes wanted) {
    List<String> parts = Splitter.on(' ').splitToList(line);
    int bits = Integer.parseInt(parts.get(0), 16);
    boolean link = (bits & 0170000) == 0120000;
    boolean directory = (bits & 0170000) == 0040000;
    int mode = bits & 07777;
    int umask = Integer.parseInt(parts.get(5), 8);
    return !link
            && wanted
                .mode()
                .filter(
                    m ->
                        !FileMode.over(m, mode, directory, umask)
                            .equals(String.format("%04o", mode)))
                .isPresent()
        || wanted
            .owner()
            .filter(o -> !o.equals(parts.get(1)) && !o.equals(parts.get(3)))
            .isPresent()
        || wanted
            .group()
            .filter(g -> !g.equals(parts.get(2)) && !g.equals(parts.get(4)))
            .isPresent();
  }

  /** Ansible's results of the folder and the archive. */
  ImmutableMap<String, Object> result(Unarchive task) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    result.put("dest", task.dest()).put("src", task.shown());
    text("handler").ifPresent(handler -> result.put("handler", handler));
    if (is("mode")) {
      result.put("state", text("state").orElse("directory"));
      for (String name : List.of("mode", "owner", "group")) {
        text(name).ifPresent(value -> result.put(name, value));
      }
      for (String name : List.of("uid", "gid", "size")) {
        result.put(name, number(name));
      }
    }
    if (task.listing() == Unarchive.Listing.TOLD && is("count")) {
      result.put("files", told.get("file"));
    }
    return result.buildOrThrow();
  }
}
