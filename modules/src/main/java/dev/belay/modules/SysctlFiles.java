package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What all files of kernel settings say of one parameter, and which of them has the last word at
 * boot: by the order of their names over all folders, where a name in a folder that comes first
 * hides the same name in a later one. A line that names the parameter wins over one that matches it
 * by a pattern. systemd reads {@code /etc/sysctl.conf} only through a link in those folders; where
 * there is no systemd it is read last.
 *
 * @param files that were found, in the order of their folders
 * @param links what those of them that are links lead to
 * @param lines in the order in which they were found
 */
record SysctlFiles(
    SysctlKey key,
    ImmutableList<String> files,
    ImmutableMap<String, String> links,
    ImmutableList<Line> lines,
    Boot boot) {
  static final String LAST = "/etc/sysctl.conf";

  private static final ImmutableList<String> FOLDERS =
      ImmutableList.of(
          "/etc/sysctl.d",
          "/run/sysctl.d",
          "/usr/local/lib/sysctl.d",
          "/usr/lib/sysctl.d",
          "/lib/sysctl.d");

  /** What reads the files at boot. */
  enum Boot {
    SYSTEMD,
    PROCPS
  }

  /**
   * One setting.
   *
   * @param name of the parameter, or a pattern
   * @param value empty where the line takes the parameter out of what patterns set
   */
  record Line(String file, String name, Optional<String> value) {}

  static Probe<SysctlFiles> probe(SysctlKey key) {
    Sh script =
        Sh.of(
            """
            [ ! -e /usr/lib/systemd/systemd-sysctl ] && [ ! -e /lib/systemd/systemd-sysctl ] || echo 's'
            set -- /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf
            for f do
              if [ -L "$f" ]; then printf 'f %s\\nl %s\\n' "$f" "$(readlink -f -- "$f")"; elif [ -e "$f" ]; then printf 'f %s\\n' "$f"; fi
            done
            grep -Hs -e {} -- "$@" {} | sed 's/^/g /'; :""",
            key.grep(), LAST);
    return Probe.of(script, output -> read(output, key));
  }

  private static SysctlFiles read(Output output, SysctlKey key) {
    List<String> files = new ArrayList<>();
    Map<String, String> links = new HashMap<>();
    ImmutableList.Builder<Line> lines = ImmutableList.builder();
    for (String line : output.lines()) {
      String rest = line.length() > 2 ? line.substring(2) : "";
      if (line.startsWith("f ")) {
        files.add(rest);
      } else if (line.startsWith("l ")) {
        links.put(files.get(files.size() - 1), rest);
      } else if (line.startsWith("g ")) {
        line(rest).filter(l -> speaksOf(key, l)).ifPresent(lines::add);
      }
    }
    return new SysctlFiles(
        key,
        ImmutableList.copyOf(files),
        ImmutableMap.copyOf(links),
        lines.build(),
        output.lines().contains("s") ? Boot.SYSTEMD : Boot.PROCPS);
  }

  private static Optional<Line> line(String said) {
    int colon = said.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String text = said.substring(colon + 1);
    int equals = text.indexOf('=');
    return Optional.of(
        new Line(
            said.substring(0, colon),
            (equals < 0 ? text : text.substring(0, equals)).strip(),
            equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1).strip())));
  }

  private static boolean speaksOf(SysctlKey key, Line line) {
    return key.isSetBy(line.name) && (line.value.isPresent() || line.name.startsWith("-"))
        || line.value.isPresent() && key.isMatchedBy(line.name);
  }

  /** The last value that a file sets the parameter to by its name. */
  Optional<String> in(String file) {
    return lines.stream()
        .filter(line -> line.file.equals(file) && key.isSetBy(line.name))
        .flatMap(line -> line.value.stream())
        .reduce((a, b) -> b);
  }

  /** Whether a path leads to that file. */
  boolean isSame(String path, String file) {
    return path.equals(file) || file.equals(links.get(path)) || path.equals(links.get(file));
  }

  /** Whether a boot reads it, or something that leads to it. */
  boolean isRead(String file) {
    return boot == Boot.PROCPS && file.equals(LAST)
        || file.endsWith(".conf") && FOLDERS.contains(Paths.parent(file))
        || visible().stream().anyMatch(path -> isSame(path, file));
  }

  /** The same with a file that sets the parameter to that value, and so no more than once. */
  SysctlFiles with(String file, String value) {
    ImmutableList.Builder<Line> all = ImmutableList.builder();
    lines.stream()
        .filter(line -> !isSame(line.file, file) || !key.isSetBy(line.name))
        .forEach(all::add);
    Set<String> known = new LinkedHashSet<>();
    known.add(file);
    known.addAll(files);
    known.stream()
        .filter(path -> isSame(path, file))
        .forEach(path -> all.add(new Line(path, key.name(), Optional.of(value))));
    return new SysctlFiles(key, ImmutableList.copyOf(known), links, all.build(), boot);
  }

  /** The setting that a boot ends with. */
  Optional<Line> winner() {
    Optional<Line> byName = Optional.empty();
    Optional<Line> byPattern = Optional.empty();
    for (Line line : read()) {
      if (key.isSetBy(line.name)) {
        byName = Optional.of(line);
      } else {
        byPattern = Optional.of(line);
      }
    }
    return (byName.isPresent() ? byName : byPattern).filter(line -> line.value.isPresent());
  }

  /** The lines that a boot reads, in its order. */
  private List<Line> read() {
    List<Line> read = new ArrayList<>();
    for (String file : visible()) {
      lines.stream().filter(line -> line.file.equals(file)).forEach(read::add);
    }
    if (boot == Boot.PROCPS) {
      lines.stream().filter(line -> line.file.equals(LAST)).forEach(read::add);
    }
    return read;
  }

  private List<String> visible() {
    Map<String, String> byName = new HashMap<>();
    for (String folder : FOLDERS) {
      files.stream()
          .filter(file -> Paths.parent(file).equals(folder))
          .forEach(file -> byName.putIfAbsent(Paths.name(file), file));
    }
    return byName.values().stream().sorted(Comparator.comparing(Paths::name)).toList();
  }
}
