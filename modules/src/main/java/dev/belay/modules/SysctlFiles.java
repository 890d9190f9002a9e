package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What all files of kernel settings say of one parameter, and which of them has the last word at
 * boot: by the order of their names over all folders, where a name in a folder that comes first
 * hides the same name in a later one.
 *
 * @param lines in the order in which they were found
 * @param hiding the folder that each name is taken from
 */
record SysctlFiles(ImmutableList<Line> lines, Map<String, String> hiding) {
  private static final ImmutableList<String> FOLDERS =
      ImmutableList.of(
          "/etc/sysctl.d",
          "/run/sysctl.d",
          "/usr/local/lib/sysctl.d",
          "/usr/lib/sysctl.d",
          "/lib/sysctl.d");
  private static final String LAST = "/etc/sysctl.conf";

  /** One setting. */
  record Line(String file, String value) {}

  static Probe<SysctlFiles> probe(SysctlKey key) {
    Sh all =
        Sh.of(
            "printf '%s\\n' /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf");
    Sh found =
        Sh.of(
            "grep -Hs -e {} /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf {} || :",
            key.grep(),
            LAST);
    return Probe.of(Sh.of("{}; echo --; {}", all, found), output -> read(output, key));
  }

  private static SysctlFiles read(Output output, SysctlKey key) {
    ImmutableList<String> said = output.lines();
    int border = said.indexOf("--");
    Map<String, String> hiding = new HashMap<>();
    for (String folder : FOLDERS) {
      said.subList(0, Math.max(0, border)).stream()
          .filter(file -> Paths.parent(file).equals(folder))
          .forEach(file -> hiding.putIfAbsent(Paths.name(file), folder));
    }
    ImmutableList.Builder<Line> lines = ImmutableList.builder();
    for (String line : said.subList(border + 1, said.size())) {
      int colon = line.indexOf(':');
      int equals = line.indexOf('=', colon);
      if (colon > 0 && equals > 0 && key.isSetBy(line.substring(colon + 1, equals).strip())) {
        lines.add(new Line(line.substring(0, colon), line.substring(equals + 1).strip()));
      }
    }
    return new SysctlFiles(lines.build(), hiding);
  }

  /** The last value that a file sets. */
  Optional<String> in(String file) {
    return lines.stream()
        .filter(line -> line.file.equals(file))
        .map(Line::value)
        .reduce((a, b) -> b);
  }

  /** The setting that a boot ends with. */
  Optional<Line> winner() {
    Map<String, Line> byName = new TreeMap<>();
    for (Line line : lines) {
      boolean last = line.file.equals(LAST);
      boolean shown = last || Paths.parent(line.file).equals(hiding.get(Paths.name(line.file)));
      if (shown) {
        // sysctl.conf is read as 99-sysctl.conf.
        byName.put(last ? "99-sysctl.conf~" : Paths.name(line.file), line);
      }
    }
    return byName.values().stream().reduce((a, b) -> b);
  }
}
