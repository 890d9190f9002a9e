package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of other files that set the same variables, and whether they win over ours. Which file wins
 * depends on who reads them: a login shell reads profile.d by name, systemd its drop-ins by name
 * and EnvironmentFile= last of all.
 *
 * @param lines in the order in which they were found
 */
record EnvOthers(ImmutableList<Line> lines) {
  static final EnvOthers NONE = new EnvOthers(ImmutableList.of());

  /** What one file says. */
  record Line(String file, String text) {}

  private static final String LOGIN_FILES =
      "/etc/environment /etc/profile /etc/profile.d/*.sh /etc/bash.bashrc /etc/bashrc";

  /** Asks for the lines that set one of the variables, in files that are read where ours is. */
  static Probe<EnvOthers> probe(
      EnvDialect dialect, String path, Optional<String> unit, ImmutableSet<String> variables) {
    Optional<String> of = unit.or(() -> unitOf(path));
    if (variables.isEmpty()) {
      return Probe.nothing(NONE);
    } else if (dialect.scope() == EnvSchema.Scope.GLOBAL) {
      Sh grep =
          Sh.of(
              "grep -HsE {} " + LOGIN_FILES + "; :",
              "(^|[[:space:];])(" + String.join("|", variables) + ")=");
      return Probe.of(grep, EnvOthers::read);
    }
    return of.isEmpty()
        ? Probe.nothing(NONE)
        : Probe.of(unitFiles(of.get(), variables), EnvOthers::read);
  }

  /** The unit that a drop-in is of. */
  static Optional<String> unitOf(String path) {
    String folder = Paths.name(Paths.parent(path));
    return Paths.parent(Paths.parent(path)).endsWith("/systemd/system") && folder.endsWith(".d")
        ? Optional.of(folder.substring(0, folder.length() - 2))
        : Optional.empty();
  }

  private static Sh unitFiles(String unit, ImmutableSet<String> variables) {
    return Sh.of(
        """
        u={}; t=${u%%@*}@.service; set --
        for d in /lib/systemd/system /usr/lib/systemd/system /usr/local/lib/systemd/system /run/systemd/system /etc/systemd/system; do
          [ "$d" = /lib/systemd/system ] && [ -L /lib ] && continue
          for f in "$d/$u" "$d/$t" "$d/service.d"/*.conf "$d/$t.d"/*.conf "$d/$u.d"/*.conf; do [ -f "$f" ] && set -- "$@" "$f"; done
        done
        [ $# -gt 0 ] || exit 0
        grep -HsE '^[[:space:]]*(Environment|EnvironmentFile)[[:space:]]*=' "$@"
        sed -n 's/^[[:space:]]*EnvironmentFile[[:space:]]*=[[:space:]]*-\\{0,1\\}//p' "$@" | while read -r f; do grep -HsE {} "$f"; done; :""",
        unit, "^(" + String.join("|", variables) + ")=");
  }

  private static EnvOthers read(Output output) {
    ImmutableList.Builder<Line> lines = ImmutableList.builder();
    for (String line : output.lines()) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.substring(colon + 1).strip().startsWith("#")) {
        lines.add(new Line(line.substring(0, colon), line.substring(colon + 1).strip()));
      }
    }
    return new EnvOthers(lines.build());
  }

  /** What the user should know of the other files, where ours says {@code after}. */
  List<Remark> remarks(
      EnvDialect dialect, String path, Map<String, EnvValue> after, ImmutableSet<String> managed) {
    List<Remark> remarks = new ArrayList<>();
    for (Line line : lines) {
      for (String name : managed) {
        if (!line.file.equals(path)) {
          Optional<String> why =
              dialect.scope() == EnvSchema.Scope.GLOBAL
                  ? login(dialect, path, line, name)
                  : service(dialect, path, line, name);
          why.flatMap(w -> told(line, name, Optional.ofNullable(after.get(name)), w))
              .ifPresent(remarks::add);
        }
      }
    }
    return remarks.stream().distinct().toList();
  }

  private static Optional<Remark> told(
      Line line, String name, Optional<EnvValue> ours, String who) {
    Optional<String> theirs = value(line, name);
    boolean same = theirs.isPresent() && theirs.equals(ours.map(EnvValue::text));
    boolean extends_ = line.text.contains("$" + name) || line.text.contains("${" + name);
    if (same || extends_) {
      return Optional.empty();
    }
    return Optional.of(
        Remark.shadowed(
            line.file
                + " sets "
                + name
                + theirs.map(value -> " to '" + value + "'").orElse(" too")
                + ", "
                + who));
  }

  private static Optional<String> value(Line line, String name) {
    EnvDialect dialect =
        line.text.startsWith("Environment=")
            ? EnvDialect.SYSTEMD
            : line.file.equals("/etc/environment") ? EnvDialect.ENVIRONMENT : EnvDialect.PROFILE;
    return dialect.read(line.text).flatMap(set -> Optional.ofNullable(set.get(name)));
  }

  private static Optional<String> login(EnvDialect dialect, String path, Line line, String name) {
    if (!line.text.matches("(.*[\\s;])?" + name + "=.*")) {
      return Optional.empty();
    } else if (line.file.equals("/etc/environment")) {
      return Optional.of("which sessions without a login shell get");
    } else if (line.file.equals("/etc/profile") && dialect == EnvDialect.PROFILE) {
      // It reads the folder at its end, so what it sets itself comes before.
      return Optional.empty();
    } else if (line.file.startsWith("/etc/profile.d/") && dialect == EnvDialect.PROFILE) {
      boolean later =
          Paths.parent(path).equals("/etc/profile.d")
              && Paths.name(line.file).compareTo(Paths.name(path)) > 0;
      return later ? Optional.of("after " + path) : Optional.empty();
    }
    return Optional.of(
        line.file.contains("bash") ? "which interactive shells get" : "which login shells get");
  }

  private static Optional<String> service(EnvDialect dialect, String path, Line line, String name) {
    if (line.text.startsWith(name + "=")) {
      return Optional.of(
          dialect == EnvDialect.SYSTEMD
              ? "and an EnvironmentFile= wins over Environment="
              : "and the last EnvironmentFile= wins");
    }
    boolean later =
        dialect == EnvDialect.SYSTEMD
            && line.file.contains(".d/")
            && Paths.name(line.file).compareTo(Paths.name(path)) > 0;
    return later && value(line, name).isPresent() ? Optional.of("after " + path) : Optional.empty();
  }

  /** Whether a unit reads the file with {@code EnvironmentFile=}. */
  boolean isRead(String path) {
    return lines.stream()
        .anyMatch(
            line ->
                line.text.startsWith("EnvironmentFile")
                    && line.text.replaceFirst("^\\w+\\s*=\\s*-?", "").strip().equals(path));
  }
}
