package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sources of a host, and what decides which fit it.
 *
 * @param unreadable a file that is there and cannot be read
 * @param architecture as dpkg calls it
 * @param release the fields of os-release, without their quotes
 */
record AptSourcesSeen(
    boolean hasApt,
    ImmutableMap<String, AptSourcesFile> files,
    Optional<String> unreadable,
    String architecture,
    ImmutableMap<String, String> release) {

  static final String LIST = "/etc/apt/sources.list";
  static final String FOLDER = "/etc/apt/sources.list.d/";

  /** The distribution's own lists. */
  static final ImmutableList<String> OWN =
      ImmutableList.of(LIST, FOLDER + "ubuntu.sources", FOLDER + "debian.sources");

  static Sh question() {
    return Sh.of(
        """
        command -v apt-get >/dev/null || exit 3
        echo "D|$(dpkg --print-architecture)"
        sed -n 's/^\\(ID\\|VERSION_CODENAME\\|UBUNTU_CODENAME\\)=/O|&/p' /etc/os-release
        for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
          [ -e "$f" ] || continue
          if [ -r "$f" ]; then echo "F|$f"; awk '{ print "L|" $0 }' "$f"; else echo "U|$f"; fi
        done""");
  }

  static AptSourcesSeen of(Output output) {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    ImmutableMap.Builder<String, String> release = ImmutableMap.builder();
    Optional<String> unreadable = Optional.empty();
    String architecture = "";
    StringBuilder text = new StringBuilder();
    for (String line : output.lines()) {
      String rest = line.length() > 2 ? line.substring(2) : "";
      switch (line.isEmpty() ? ' ' : line.charAt(0)) {
        case 'D' -> architecture = rest;
        case 'O' -> {
          List<String> parts = Splitter.on('=').limit(2).splitToList(rest);
          release.put(parts.get(0), parts.get(1).replaceAll("[\"']", ""));
        }
        case 'F' -> {
          text = new StringBuilder();
          texts.put(rest, text);
        }
        case 'L' -> text.append(rest).append('\n');
        case 'U' -> unreadable = Optional.of(rest);
        default -> {}
      }
    }
    ImmutableMap.Builder<String, AptSourcesFile> files = ImmutableMap.builder();
    texts.forEach((path, all) -> files.put(path, AptSourcesFile.of(path, all.toString())));
    return new AptSourcesSeen(
        output.status() != 3,
        files.buildOrThrow(),
        unreadable,
        architecture,
        release.buildKeepingLast());
  }

  /** Whether the distribution's own list here is a deb822 file. */
  boolean usesDeb822() {
    return OWN.stream().anyMatch(path -> path.endsWith(".sources") && files.containsKey(path));
  }

  /** All sources in force, but for those of one file. */
  ImmutableList<AptSource> elsewhereThan(String path) {
    return files.values().stream()
        .filter(file -> !file.path().equals(path))
        .flatMap(file -> file.sources().stream())
        .collect(ImmutableList.toImmutableList());
  }

  ImmutableList<AptSource> sources() {
    return elsewhereThan("");
  }

  /** Why a source does not fit this host; empty where it does, or where nobody can know. */
  Optional<String> misfit(AptSource source) {
    if (!source.looksLikeDistribution()
        || !source.archive().matches("ubuntu|ubuntu-ports|debian|debian-security")) {
      return Optional.empty();
    }
    return wrongRelease(source).or(() -> wrongArchitecture(source));
  }

  private Optional<String> wrongRelease(AptSource source) {
    List<String> codenames =
        List.of("VERSION_CODENAME", "UBUNTU_CODENAME").stream()
            .filter(release::containsKey)
            .map(release::get)
            .toList();
    boolean moving =
        source.codename().matches("stable|oldstable|testing|unstable|sid|experimental|devel");
    return codenames.isEmpty() || moving || codenames.contains(source.codename())
        ? Optional.empty()
        : Optional.of(
            source.suite()
                + " is of another release: this host is "
                + release.getOrDefault("ID", "")
                + " "
                + codenames.get(0));
  }

  /** Ubuntu keeps amd64 and i386 apart from all others. */
  private Optional<String> wrongArchitecture(AptSource source) {
    List<String> wanted =
        source.options().containsKey("arch")
            ? Splitter.on(',').splitToList(source.options().get("arch"))
            : List.of(architecture);
    boolean main = wanted.stream().anyMatch(arch -> arch.matches("amd64|i386"));
    if (architecture.isEmpty() || !source.archive().startsWith("ubuntu")) {
      return Optional.empty();
    } else if (main && source.archive().equals("ubuntu-ports")) {
      return Optional.of(
          source.uri()
              + " has nothing for "
              + String.join(", ", wanted)
              + ", which is under /ubuntu");
    } else if (!main && source.archive().equals("ubuntu")) {
      return Optional.of(
          source.uri()
              + " has nothing for "
              + String.join(", ", wanted)
              + ", which is under /ubuntu-ports");
    }
    return Optional.empty();
  }
}
