package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One source of packages: one type, one address, one suite, whichever way a file writes it. A
 * deb822 stanza stands for several.
 *
 * @param type {@code deb} or {@code deb-src}
 * @param options under their one-line names: {@code signed-by}, {@code arch}
 * @param uri without a slash at its end
 */
record AptSource(
    String type,
    ImmutableMap<String, String> options,
    String uri,
    String suite,
    ImmutableSet<String> components) {
  private static final Pattern LINE =
      Pattern.compile(
          "(deb|deb-src)\\s+(?:\\[([^\\]]*)\\]\\s+)?(\\S+)\\s+(\\S+)((?:\\s+\\S+)*)\\s*");
  private static final ImmutableSet<String> DISTRIBUTION =
      ImmutableSet.of(
          "main",
          "restricted",
          "universe",
          "multiverse",
          "contrib",
          "non-free",
          "non-free-firmware");
  private static final Pattern POCKET =
      Pattern.compile("(-updates|-security|-backports|-proposed|-proposed-updates|/updates)$");

  /** What a line of a one-line file says; empty where it is none. */
  static Optional<AptSource> ofLine(String line) {
    Matcher parts = LINE.matcher(line.replaceFirst("\\s#.*", "").strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new AptSource(
            parts.group(1),
            options(Optional.ofNullable(parts.group(2)).orElse("")),
            trimmed(parts.group(3)),
            parts.group(4),
            words(parts.group(5))));
  }

  private static ImmutableMap<String, String> options(String text) {
    TreeMap<String, String> options = new TreeMap<>();
    for (String word : words(text)) {
      int equals = word.indexOf('=');
      options.put(
          word.substring(0, Math.max(equals, 0)).toLowerCase(Locale.ROOT),
          word.substring(equals + 1));
    }
    return ImmutableMap.copyOf(options);
  }

  static ImmutableSet<String> words(String text) {
    return ImmutableSet.copyOf(
        Splitter.onPattern("\\s+").omitEmptyStrings().splitToList(text.strip()));
  }

  /** What the fields of a deb822 stanza, by their names in small letters, stand for. */
  static ImmutableList<AptSource> ofStanza(ImmutableMap<String, String> fields) {
    ImmutableMap.Builder<String, String> options = ImmutableMap.builder();
    Optional.ofNullable(fields.get("signed-by"))
        .ifPresent(key -> options.put("signed-by", key.strip()));
    Optional.ofNullable(fields.get("architectures"))
        .ifPresent(arch -> options.put("arch", String.join(",", words(arch))));
    ImmutableMap<String, String> all = options.buildOrThrow();
    ImmutableList.Builder<AptSource> sources = ImmutableList.builder();
    ImmutableSet<String> components = words(fields.getOrDefault("components", ""));
    for (String type : words(fields.getOrDefault("types", ""))) {
      for (String uri : words(fields.getOrDefault("uris", ""))) {
        for (String suite : words(fields.getOrDefault("suites", ""))) {
          sources.add(new AptSource(type, all, trimmed(uri), suite, components));
        }
      }
    }
    return sources.build();
  }

  static String trimmed(String uri) {
    return uri.replaceFirst("/+$", "");
  }

  /** Whether the two are about the same index; their components and options may differ. */
  private boolean isAbout(AptSource other) {
    return type.equals(other.type) && uri.equals(other.uri) && suite.equals(other.suite);
  }

  /** Whether the others together say what this says. */
  boolean isSaidBy(List<AptSource> others) {
    ImmutableSet.Builder<String> said = ImmutableSet.builder();
    boolean any = false;
    for (AptSource other : others) {
      if (isAbout(other) && hasOptionsOf(other)) {
        said.addAll(other.components);
        any = true;
      }
    }
    return any && said.build().containsAll(components);
  }

  /** A key or a limit that this names must be the other's; a limit of the other's alone is less. */
  private boolean hasOptionsOf(AptSource other) {
    return options.entrySet().stream()
            .allMatch(option -> option.getValue().equals(other.options.get(option.getKey())))
        && (options.containsKey("arch") || !other.options.containsKey("arch"));
  }

  /** Whether all that this says goes when {@code gone} go. */
  boolean goesWith(List<AptSource> gone) {
    ImmutableSet.Builder<String> said = ImmutableSet.builder();
    gone.stream().filter(this::isAbout).forEach(other -> said.addAll(other.components));
    return gone.stream().anyMatch(this::isAbout) && said.build().containsAll(components);
  }

  /** Whether a part of it goes when {@code gone} go. */
  boolean isTouchedBy(List<AptSource> gone) {
    return gone.stream().anyMatch(this::isAbout);
  }

  /** Whether it has the look of the distribution's own archive, by its components and suite. */
  boolean looksLikeDistribution() {
    return !components.isEmpty()
        && DISTRIBUTION.containsAll(components)
        && codename().matches("[a-z]+");
  }

  /** Its suite without the pocket. */
  String codename() {
    return POCKET.matcher(suite).replaceFirst("");
  }

  boolean isSecurity() {
    return suite.endsWith("-security") || suite.endsWith("/updates") || uri.endsWith("-security");
  }

  /** The last part of the address: {@code ubuntu}, {@code ubuntu-ports}, {@code debian}. */
  String archive() {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  boolean isTrusted() {
    return "yes".equals(options.get("trusted"));
  }

  /** As one line. */
  String line() {
    StringBuilder line = new StringBuilder(type);
    if (!options.isEmpty()) {
      List<String> words =
          options.entrySet().stream().map(o -> o.getKey() + "=" + o.getValue()).toList();
      line.append(" [").append(String.join(" ", words)).append(']');
    }
    line.append(' ').append(uri).append(' ').append(suite);
    components.forEach(component -> line.append(' ').append(component));
    return line.toString();
  }

  @Override
  public String toString() {
    return line();
  }
}
