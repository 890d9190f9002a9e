package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Args;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a task wants to be said of sources, and in which file. Pure: from files as they are it makes
 * files as they are to be.
 *
 * @param filename without its ending
 * @param format {@code auto}, {@code one-line} or {@code deb822}
 * @param ownsFile whether the file says this and nothing else
 * @param raw the line as the task has it, where it has one
 */
record AptSourceWish(
    ImmutableList<AptSource> sources,
    String filename,
    String format,
    boolean ownsFile,
    Optional<String> raw) {

  private static final String HEADER = "# Managed by belay.\n";

  /** A line that is added to its file, or taken out of all. */
  static AptSourceWish line(Args args) {
    String repo = args.text("repo").strip().replaceAll("\\s+", " ");
    if (repo.startsWith("ppa:")) {
      throw new IllegalArgumentException(
          "'ppa:' names are not supported: write the line, and bring the key with get_url");
    }
    AptSource source =
        AptSource.ofLine(repo)
            .filter(s -> repo.indexOf('\n') < 0)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'repo' must be a line as 'deb https://host/debian bookworm main', not '"
                            + repo
                            + "'"));
    return new AptSourceWish(
        ImmutableList.of(source),
        name(args, source),
        args.textIfGiven("format").orElse("one-line"),
        false,
        Optional.of(repo));
  }

  /** A file of its own. */
  static AptSourceWish file(Args args) {
    TreeMap<String, String> options = new TreeMap<>();
    args.textIfGiven("signed_by")
        .ifPresent(key -> options.put("signed-by", checked("signed_by", key)));
    if (!args.texts("architectures").isEmpty()) {
      args.texts("architectures").forEach(word -> checked("architectures", word));
      options.put("arch", String.join(",", args.texts("architectures")));
    }
    if (args.texts("suites").isEmpty()) {
      throw new IllegalArgumentException("'uris' needs 'suites'");
    }
    ImmutableList.Builder<AptSource> sources = ImmutableList.builder();
    for (String type : args.texts("types")) {
      for (String uri : args.texts("uris")) {
        for (String suite : args.texts("suites")) {
          args.texts("components").forEach(word -> checked("components", word));
          sources.add(
              new AptSource(
                  type,
                  ImmutableMap.copyOf(options),
                  AptSource.trimmed(checked("uris", uri)),
                  checked("suites", suite),
                  ImmutableSet.copyOf(args.texts("components"))));
        }
      }
    }
    ImmutableList<AptSource> all = sources.build();
    return new AptSourceWish(
        all,
        name(args, all.get(0)),
        args.textIfGiven("format").orElse("auto"),
        true,
        Optional.empty());
  }

  private static String checked(String parameter, String word) {
    if (!word.matches("[^\\s#\\[\\]]+")) {
      throw new IllegalArgumentException(
          "'"
              + parameter
              + "' must hold words without spaces, '#' or brackets, not '"
              + word
              + "'");
    }
    return word;
  }

  private static String name(Args args, AptSource source) {
    String made =
        source
            .uri()
            .replaceFirst("^[a-z+]+:/*", "")
            .replaceFirst("^[^/@]*@", "")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_|_$", "");
    String name = args.textIfGiven("filename").orElse(made);
    if (!name.matches("[A-Za-z0-9_.-]+")) {
      throw new IllegalArgumentException(
          "'filename' must consist of letters, digits, '_', '.' and '-', for apt passes over others: '"
              + name
              + "'");
    }
    return name;
  }

  private boolean isDeb822(AptSourcesSeen seen) {
    return format.equals("deb822") || format.equals("auto") && seen.usesDeb822();
  }

  private String path(AptSourcesSeen seen) {
    return AptSourcesSeen.FOLDER + filename + (isDeb822(seen) ? ".sources" : ".list");
  }

  /** Puts the texts that files are to have; gives why it cannot be done. */
  Optional<String> add(AptSourcesSeen seen, Map<String, String> texts) {
    String path = path(seen);
    Optional<AptSourcesFile> file = Optional.ofNullable(seen.files().get(path));
    if (ownsFile) {
      boolean elsewhere =
          file.isEmpty() && sources.stream().allMatch(s -> s.isSaidBy(seen.elsewhereThan(path)));
      if (!elsewhere) {
        texts.put(path, wholeText(seen));
      }
    } else if (sources.stream().anyMatch(s -> !s.isSaidBy(seen.sources()))) {
      Optional<Map.Entry<String, String>> revived = revived(seen);
      String line =
          isDeb822(seen) ? (file.isPresent() ? "\n" : "") + stanza() : raw.orElseThrow() + "\n";
      texts.put(
          revived.map(Map.Entry::getKey).orElse(path),
          revived
              .map(Map.Entry::getValue)
              .orElseGet(() -> file.map(AptSourcesFile::text).orElse("") + line));
    }
    return Optional.empty();
  }

  private Optional<Map.Entry<String, String>> revived(AptSourcesSeen seen) {
    for (AptSourcesFile file : seen.files().values()) {
      Optional<String> text = file.revived(sources.get(0));
      if (text.isPresent()) {
        return Optional.of(Map.entry(file.path(), text.get()));
      }
    }
    return Optional.empty();
  }

  /** Takes the sources out of all files; gives why it cannot be done. */
  Optional<String> remove(AptSourcesSeen seen, Map<String, String> texts) {
    for (AptSourcesFile file : seen.files().values()) {
      Optional<String> text = file.without(sources);
      if (text.isEmpty()) {
        return Optional.of(
            "a stanza or line of "
                + file.path()
                + " says more than what is to go; change it by hand, or replace it as a whole");
      } else if (!text.get().equals(file.text())) {
        texts.put(file.path(), text.get().equals(HEADER) ? "" : text.get());
      }
    }
    return Optional.empty();
  }

  private String wholeText(AptSourcesSeen seen) {
    StringBuilder text = new StringBuilder(HEADER);
    if (isDeb822(seen)) {
      return text.append(stanza()).toString();
    }
    sources.forEach(source -> text.append(source.line()).append('\n'));
    return text.toString();
  }

  private String stanza() {
    StringBuilder text = new StringBuilder();
    field(text, "Types", sources.stream().map(AptSource::type));
    field(text, "URIs", sources.stream().map(AptSource::uri));
    field(text, "Suites", sources.stream().map(AptSource::suite));
    field(text, "Components", sources.stream().flatMap(s -> s.components().stream()));
    ImmutableMap<String, String> options = sources.get(0).options();
    Optional.ofNullable(options.get("arch"))
        .ifPresent(
            arch -> text.append("Architectures: ").append(arch.replace(',', ' ')).append('\n'));
    Optional.ofNullable(options.get("signed-by"))
        .ifPresent(key -> text.append("Signed-By: ").append(key).append('\n'));
    Optional.ofNullable(options.get("trusted"))
        .ifPresent(yes -> text.append("Trusted: ").append(yes).append('\n'));
    return text.toString();
  }

  private static void field(
      StringBuilder text, String name, java.util.stream.Stream<String> words) {
    String all = String.join(" ", words.distinct().toList());
    if (!all.isEmpty()) {
      text.append(name).append(": ").append(all).append('\n');
    }
  }
}
