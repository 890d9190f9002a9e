package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What systemd says of a unit, and of itself.
 *
 * @param properties of the unit, where systemd runs
 * @param enablement what {@code systemctl is-enabled} says, lines and all
 * @param newer files of the unit that were changed since its process began
 */
record UnitSeen(
    ImmutableSet<Flag> flags,
    ImmutableMap<String, String> properties,
    String enablement,
    ImmutableList<String> newer) {

  /** What else is true. */
  enum Flag {
    /** There is a systemctl. */
    SYSTEMCTL,
    /** systemd is what this host was booted with. */
    RUNS,
    /** {@code is-enabled} ended well. */
    ENABLED_STATUS,
    /** Some unit's file differs from what systemd loaded. */
    RELOAD_DUE,
    /** The program of PID 1 was replaced since it started. */
    REEXEC_DUE,
    /** openEuler's sysmonitor, which starts some services again. */
    SYSMONITOR
  }

  private static final ImmutableMap<String, Flag> WORDS =
      ImmutableMap.of(
          "+systemctl", Flag.SYSTEMCTL,
          "+runs", Flag.RUNS,
          "+enabled", Flag.ENABLED_STATUS,
          "+reload", Flag.RELOAD_DUE,
          "+reexec", Flag.REEXEC_DUE,
          "+sysmonitor", Flag.SYSMONITOR);

  /** A bus that hangs must not hang a run. */
  private static final String HEAD =
      """
      command -v systemctl >/dev/null || exit 0
      echo +systemctl
      if [ -d /run/systemd/system ]; then r=1; echo +runs; else r=; fi
      if [ -e /etc/sysmonitor ] || [ -e /usr/lib/systemd/system/sysmonitor.service ]; then echo +sysmonitor; fi
      """;

  private static final String MANAGER =
      """
      if [ "$r" ]; then
        timeout 20 systemctl show '*' --property=NeedDaemonReload 2>/dev/null | grep -qx NeedDaemonReload=yes && echo +reload
        case $(readlink /proc/1/exe) in *' (deleted)') echo +reexec ;; esac
      fi
      :""";

  /** Times of the process are those of the clock that nobody sets. */
  private static final String UNIT =
      """
      if s=$(timeout 20 systemctl is-enabled -l -- "$u" 2>&1); then echo +enabled; fi
      printf '%s\\n' "$s" | sed 's/^/@/'
      [ "$r" ] || exit 0
      p=$(timeout 20 systemctl show -- "$u") || exit 4
      printf '%s\\n' "$p" | sed 's/^/=/'
      m=$(printf '%s\\n' "$p" | sed -n 's/^ExecMainStartTimestampMonotonic=//p')
      if [ "${m:-0}" -gt 0 ] && read -r up rest </proc/uptime; then
        set -f; printf '%s\\n' "$p" | sed -n -e 's/^FragmentPath=//p' -e 's/^DropInPaths=//p' -e 's/^EnvironmentFiles=\\(.*\\) (ignore_errors=.*)$/\\1/p' |
          while read -r l; do find $l -maxdepth 0 -newermt "@$(($(date +%s) - ${up%%.*} + m / 1000000 + 1))" 2>/dev/null; done | sed 's/^/>/'
      fi
      :""";

  static Probe<UnitSeen> probe(Optional<String> unit, ImmutableSet<Flag> wanted) {
    Sh manager = wanted.isEmpty() ? Sh.of("") : Sh.of(MANAGER);
    Sh question =
        unit.map(name -> Sh.of("u={}\n{}{}\n{}", name, Sh.of(HEAD), manager, Sh.of(UNIT)))
            .orElseGet(() -> Sh.of("{}{}\n:", Sh.of(HEAD), manager));
    return Probe.of(question, UnitSeen::read);
  }

  private static UnitSeen read(Output output) {
    ImmutableSet.Builder<Flag> flags = ImmutableSet.builder();
    Map<String, String> properties = new LinkedHashMap<>();
    StringBuilder enablement = new StringBuilder();
    ImmutableList.Builder<String> newer = ImmutableList.builder();
    for (String line : output.lines()) {
      Optional.ofNullable(WORDS.get(line)).ifPresent(flags::add);
      if (line.startsWith("@")) {
        enablement.append(line, 1, line.length()).append('\n');
      } else if (line.startsWith(">")) {
        newer.add(line.substring(1));
      } else if (line.matches("=[A-Za-z0-9]+=.*")) {
        int equals = line.indexOf('=', 1);
        properties.put(line.substring(1, equals), line.substring(equals + 1));
      }
    }
    return new UnitSeen(
        flags.build(),
        ImmutableMap.copyOf(properties),
        enablement.toString().strip(),
        newer.build());
  }

  boolean is(Flag flag) {
    return flags.contains(flag);
  }

  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  /** Whether there is such a unit; where systemd does not run, its files say it. */
  boolean isFound() {
    boolean known =
        !enablement.isEmpty() && !enablement.contains(" ") && !enablement.equals("not-found");
    return is(Flag.RUNS) && !property("LoadState").isEmpty()
        ? !property("LoadState").equals("not-found")
        : known || is(Flag.ENABLED_STATUS);
  }

  boolean isMasked() {
    return enablement.equals("masked");
  }

  /** Whether a boot starts it, as Ansible has it. */
  boolean isEnabled() {
    return is(Flag.ENABLED_STATUS) && !enablement.equals("indirect") && !enablement.equals("alias");
  }

  /** Whether there is nothing that could be enabled: others start it. */
  boolean isStatic() {
    return enablement.equals("static")
        || enablement.equals("generated")
        || enablement.equals("transient");
  }

  boolean isRunning() {
    return property("ActiveState").equals("active") || property("ActiveState").equals("activating");
  }

  boolean isStopping() {
    return property("ActiveState").equals("deactivating");
  }

  /** Whether it ends by itself, and is stopped again as soon as it was started. */
  boolean endsByItself() {
    return property("Type").equals("oneshot") && property("RemainAfterExit").equals("no");
  }
}
