package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fact {@code ansible_apt_sources}: where packages come from, in both of apt's formats, and
 * whether that is for this release and this architecture.
 */
final class AptSourceFacts {
  /** Architectures that Ubuntu keeps on its ports server. */
  private static final String PORTS = "arm64|armhf|ppc64el|riscv64|s390x";

  private AptSourceFacts() {}

  static ImmutableList<Object> of(FactLines said) {
    ImmutableList.Builder<Object> sources = ImmutableList.builder();
    String release =
        Optional.ofNullable(said.pairs("aos", '=').get("VERSION_CODENAME"))
            .orElse("")
            .replace("\"", "");
    String arch = said.one("dpkg_arch").orElse("");
    for (String line : said.all("apt")) {
      oneLine(line).ifPresent(source -> sources.add(judged(source, release, arch)));
    }
    deb822(said).forEach(source -> sources.add(judged(source, release, arch)));
    return sources.build();
  }

  private static Optional<Map<String, String>> oneLine(String line) {
    int space = line.indexOf(' ');
    List<String> words =
        FactLines.words(line.substring(space + 1).replaceFirst("\\[[^\\]]*\\]", ""));
    return words.size() < 3
        ? Optional.empty()
        : Optional.of(
            Map.of(
                "file", line.substring(0, space),
                "Types", words.get(0),
                "URIs", words.get(1),
                "Suites", words.get(2),
                "Components", String.join(" ", words.subList(3, words.size()))));
  }

  private static List<Map<String, String>> deb822(FactLines said) {
    ImmutableList.Builder<Map<String, String>> sources = ImmutableList.builder();
    Map<String, String> stanza = new LinkedHashMap<>();
    for (String line : said.all("apt822")) {
      int space = line.indexOf(' ');
      String file = line.substring(0, space);
      String rest = line.substring(space + 1);
      int colon = rest.indexOf(':');
      if (file.equals("file") || colon < 1) {
        add(stanza, sources);
        stanza = new LinkedHashMap<>();
      } else {
        stanza.put("file", file);
        stanza.put(rest.substring(0, colon), rest.substring(colon + 1).strip());
      }
    }
    add(stanza, sources);
    return sources.build();
  }

  private static void add(
      Map<String, String> stanza, ImmutableList.Builder<Map<String, String>> sources) {
    if (stanza.containsKey("URIs") && stanza.containsKey("Suites")) {
      sources.add(stanza);
    }
  }

  private static ImmutableMap<String, Object> judged(
      Map<String, String> source, String release, String arch) {
    ImmutableList<String> suites = list(source, "Suites");
    ImmutableList<String> uris = list(source, "URIs");
    boolean fitsRelease =
        release.isEmpty()
            || suites.stream()
                .allMatch(
                    s ->
                        s.matches(release + "([-/].*)?")
                            || s.endsWith("/")
                            || s.matches("(old)?stable(-.*)?"));
    boolean fitsArch =
        arch.isEmpty()
            || uris.stream().allMatch(uri -> arch.matches(PORTS) == isPorts(uri) || !isUbuntu(uri));
    return ImmutableMap.<String, Object>builder()
        .put("file", source.get("file"))
        .put("types", list(source, "Types"))
        .put("uris", uris)
        .put("suites", suites)
        .put("components", list(source, "Components"))
        .put("enabled", !source.getOrDefault("Enabled", "yes").matches("(?i)no|false|0"))
        .put("fits_release", fitsRelease)
        .put("fits_architecture", fitsArch)
        .buildOrThrow();
  }

  private static boolean isPorts(String uri) {
    return uri.contains("ubuntu-ports") || uri.contains("ports.ubuntu.com");
  }

  private static boolean isUbuntu(String uri) {
    return isPorts(uri) || uri.matches(".*/ubuntu/?$");
  }

  private static ImmutableList<String> list(Map<String, String> source, String key) {
    return ImmutableList.copyOf(FactLines.words(source.getOrDefault(key, "")));
  }
}
