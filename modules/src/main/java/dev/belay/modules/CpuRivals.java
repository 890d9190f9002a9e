package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.shell.Sh;

/**
 * Services that set frequency governors by their own lights, where they run or start at boot.
 *
 * @param units by their names
 */
record CpuRivals(ImmutableList<String> units) {
  private static final ImmutableMap<String, String> KNOWN =
      ImmutableMap.of(
          "power-profiles-daemon", "sets governors by its power profile ('powerprofilesctl get')",
          "ondemand", "sets the governor ondemand a minute after boot",
          "cpupower", "sets what /etc/sysconfig/cpupower or /etc/default/cpupower says",
          "cpufrequtils", "sets what /etc/default/cpufrequtils says",
          "thermald", "lowers frequencies when a processor is hot");

  /** systemctl may not be there, and where systemd does not run it has nothing to say. */
  private static final Sh QUESTION =
      Sh.of(
          """
          set -- {}
          for u do
            for l in /etc/systemd/system/*.wants/"$u.service" /etc/rc[2345].d/S[0-9][0-9]"$u"; do if [ -L "$l" ]; then echo "$u"; fi; done
          done
          if [ -d /run/systemd/system ] && command -v systemctl >/dev/null; then
            timeout 5 systemctl is-active "$@" 2>/dev/null | while read -r state; do [ "$state" != active ] || echo "$1"; shift; done
          fi; :""",
          KNOWN.keySet());

  static Probe<CpuRivals> probe() {
    return Probe.of(
        QUESTION,
        output ->
            new CpuRivals(
                output.lines().stream()
                    .filter(KNOWN::containsKey)
                    .distinct()
                    .collect(ImmutableList.toImmutableList())));
  }

  ImmutableList<Remark> remarks() {
    return units.stream()
        .map(unit -> Remark.risk(unit + ".service is at work here: it " + KNOWN.get(unit)))
        .collect(ImmutableList.toImmutableList());
  }
}
