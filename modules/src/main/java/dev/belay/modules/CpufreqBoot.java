package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keeps governors over a boot, and who sets others after it. */
final class CpufreqBoot {
  private CpufreqBoot() {}

  /** All values of the task in one file. */
  static BootSetting setting(CpufreqWanted wanted, Optional<CpuPolicies.Boost> boost) {
    ImmutableList<String> names =
        wanted.names().isEmpty() ? ImmutableList.of("policy*") : wanted.names();
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (String name : names) {
      lines.add(line(name, "scaling_governor", wanted.governor()));
      wanted
          .preference()
          .ifPresent(value -> lines.add(line(name, "energy_performance_preference", value)));
    }
    wanted
        .boost()
        .ifPresent(
            on ->
                boost.ifPresent(
                    file -> lines.add(file.path() + " " + (on ? file.on() : file.off()))));
    String name =
        wanted.names().isEmpty() ? "cpufreq" : "cpufreq-" + String.join("-", wanted.names());
    return new BootSetting(name, lines.build());
  }

  private static String line(String policy, String file, String value) {
    return CpuPolicies.FOLDER + "/" + policy + "/" + file + " " + value;
  }

  static List<Change> changes(CpufreqSeen seen, CpufreqWanted wanted, Cpufreq.Persist persist) {
    BootSetting setting = setting(wanted, seen.policies().boost());
    List<Change> changes = new ArrayList<>();
    if (seen.kept().old()) {
      changes.add(
          Change.run(
              CpufreqSeen.OLD_UNIT,
              "(of an earlier version)",
              Change.ABSENT,
              Sh.of(
                  "rm -f -- {} {} && if [ -d /run/systemd/system ]; then systemctl daemon-reload || :; fi",
                  CpufreqSeen.OLD_LINK,
                  CpufreqSeen.OLD_UNIT)));
    }
    if (persist != Cpufreq.Persist.TMPFILES) {
      changes.addAll(BootSetting.removal(CpufreqSeen.TMPFILES, seen.kept().tmpfiles()));
    }
    changes.addAll(
        switch (persist) {
          case NONE -> setting.removal(seen.kept().boot());
          case TMPFILES ->
              ImmutableList.<Change>builder()
                  .addAll(setting.removal(seen.kept().boot()))
                  .addAll(
                      BootSetting.file(
                          CpufreqSeen.TMPFILES, tmpfiles(setting), seen.kept().tmpfiles(), "0644"))
                  .build();
          case UNIT ->
              isTuneds(seen, wanted) ? List.<Change>of() : setting.changes(seen.kept().boot());
        });
    return changes;
  }

  private static String tmpfiles(BootSetting setting) {
    StringBuilder text = new StringBuilder("# Managed by belay.\n");
    for (String line : setting.lines()) {
      int blank = line.indexOf(' ');
      text.append("w ")
          .append(line, 0, blank)
          .append(" - - - - ")
          .append(line.substring(blank + 1));
      text.append('\n');
    }
    return text.toString();
  }

  /** Whether tuned sets the very governor, and so a boot is its. */
  private static boolean isTuneds(CpufreqSeen seen, CpufreqWanted wanted) {
    return wanted.names().isEmpty()
        && wanted.preference().isEmpty()
        && wanted.boost().isEmpty()
        && seen.around().tuned().governor().equals(Optional.of(wanted.governor()));
  }

  static List<Remark> remarks(CpufreqSeen seen, CpufreqWanted wanted, Cpufreq.Persist persist) {
    List<Remark> remarks = new ArrayList<>();
    Tuned tuned = seen.around().tuned();
    if (tuned.isActive()) {
      remarks.add(tuned(tuned, wanted, persist));
    }
    remarks.addAll(seen.around().rivals().remarks());
    if (persist == Cpufreq.Persist.UNIT && !isTuneds(seen, wanted)) {
      remarks.addAll(setting(wanted, Optional.empty()).remarks(seen.kept().boot()));
    }
    return remarks;
  }

  private static Remark tuned(Tuned tuned, CpufreqWanted wanted, Cpufreq.Persist persist) {
    String profile = "tuned's profile '" + tuned.profile() + "'";
    Optional<String> governor = tuned.governor();
    if (governor.isEmpty()) {
      return Remark.note(profile + " is active and sets no governor");
    }
    return governor.get().equals(wanted.governor())
        ? Remark.note(
            profile
                + " sets the same governor"
                + (persist == Cpufreq.Persist.UNIT ? ", at boot too" : ""))
        : Remark.shadowed(
            profile + " sets the governor to " + governor.get() + " whenever tuned starts");
  }
}
