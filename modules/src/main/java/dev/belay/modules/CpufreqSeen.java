package dev.belay.modules;

import dev.belay.module.FileText;
import dev.belay.module.Probe;
import dev.belay.shell.Sh;
import java.util.Optional;

/**
 * What is there of CPU frequencies: policies, what keeps them over a boot, and who else sets them.
 */
record CpufreqSeen(CpuPolicies policies, Kept kept, Around around) {
  static final String TMPFILES = "/etc/tmpfiles.d/belay-cpufreq.conf";

  /** What earlier versions made. */
  static final String OLD_UNIT = "/etc/systemd/system/belay-cpufreq.service";

  static final String OLD_LINK =
      "/etc/systemd/system/multi-user.target.wants/belay-cpufreq.service";

  /** What keeps the values over a boot. */
  record Kept(BootSetting.Seen boot, FileText tmpfiles, boolean old) {}

  /** What else decides. */
  record Around(ContainerEvidence evidence, Tuned tuned, CpuRivals rivals) {}

  private record Rest(Kept kept, Around around) {}

  static Probe<CpufreqSeen> probe(CpufreqWanted wanted) {
    Probe<Kept> kept =
        CpufreqBoot.setting(wanted, Optional.empty())
            .probe()
            .and(Probe.text(TMPFILES), (boot, text) -> new Kept(boot, text, false))
            .and(
                Probe.of(Sh.of("[ -e {} ] || [ -L {} ]", OLD_UNIT, OLD_LINK), o -> o.succeeded()),
                (seen, old) -> new Kept(seen.boot, seen.tmpfiles, old));
    Probe<Around> around =
        ContainerEvidence.probe()
            .and(Tuned.probe(), SysctlSeen.Around::new)
            .and(CpuRivals.probe(), (a, rivals) -> new Around(a.evidence(), a.tuned(), rivals));
    return CpuPolicies.probe()
        .and(
            kept.and(around, Rest::new),
            (policies, rest) -> new CpufreqSeen(policies, rest.kept, rest.around));
  }
}
