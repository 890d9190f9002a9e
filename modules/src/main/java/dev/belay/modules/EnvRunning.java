package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Processes that run with an environment of their own time: what a file says reaches them when they
 * start again. Their environment itself is compared, which no date can replace.
 *
 * @param processes by their number
 * @param needsReload whether systemd has not yet read what its files say
 */
record EnvRunning(ImmutableList<Process> processes, boolean needsReload) {
  static final EnvRunning NONE = new EnvRunning(ImmutableList.of(), false);

  /**
   * One process.
   *
   * @param variables those that were asked for and it has; empty where they cannot be read
   */
  record Process(String pid, Optional<Map<String, String>> variables) {}

  /** Asks after the main process of a unit, or after all processes of a name. */
  static Probe<EnvRunning> probe(
      Optional<String> unit, Optional<String> name, ImmutableSet<String> variables) {
    if (variables.isEmpty() || unit.isEmpty() && name.isEmpty()) {
      return Probe.nothing(NONE);
    }
    Sh pids =
        unit.map(
                u ->
                    Sh.of(
                        "p=$(timeout 10 systemctl show -p MainPID -p NeedDaemonReload -- {} 2>/dev/null); case $p in *NeedDaemonReload=yes*) echo reload;; esac; set -- $(printf '%s\\n' \"$p\" | sed -n 's/^MainPID=\\([1-9][0-9]*\\)$/\\1/p')",
                        u))
            .orElseGet(
                () ->
                    Sh.of(
                        "set -- $(grep -lsxF -e {} /proc/[0-9]*/comm | sed 's|/proc/||; s|/comm||')",
                        name.orElseThrow()));
    Sh variablesOf =
        Sh.of(
            "for p; do if [ -r /proc/$p/environ ]; then echo \"pid $p\"; tr '\\n\\0' ' \\n' 2>/dev/null < /proc/$p/environ | grep -E {}; elif [ -d /proc/$p ]; then echo \"closed $p\"; fi; done; :",
            "^(" + String.join("|", variables) + ")=");
    return Probe.of(Sh.of("{}\n{}", pids, variablesOf), EnvRunning::read);
  }

  private static EnvRunning read(Output output) {
    Map<String, Optional<Map<String, String>>> processes = new LinkedHashMap<>();
    Map<String, String> now = new LinkedHashMap<>();
    for (String line : output.lines()) {
      int equals = line.indexOf('=');
      if (line.startsWith("pid ")) {
        now = new LinkedHashMap<>();
        processes.put(line.substring(4), Optional.of(now));
      } else if (line.startsWith("closed ")) {
        processes.put(line.substring(7), Optional.empty());
      } else if (equals > 0) {
        now.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    ImmutableList.Builder<Process> all = ImmutableList.builder();
    processes.forEach((pid, variables) -> all.add(new Process(pid, variables)));
    return new EnvRunning(all.build(), output.lines().contains("reload"));
  }

  /** Which of them have to start again for {@code after} to be true of them. */
  List<Remark> remarks(Map<String, EnvValue> after, ImmutableSet<String> managed) {
    List<Remark> remarks = new ArrayList<>();
    if (needsReload) {
      remarks.add(Remark.restartNeeded("systemd has to read its units again: daemon-reload"));
    }
    for (Process process : processes) {
      process
          .variables
          .map(variables -> differing(variables, after, managed))
          .ifPresentOrElse(
              names -> {
                if (!names.isEmpty()) {
                  remarks.add(
                      Remark.restartNeeded(
                          "process "
                              + process.pid
                              + " runs with another value of "
                              + String.join(", ", names)
                              + ", or without it"));
                }
              },
              () ->
                  remarks.add(
                      Remark.note(
                          "the environment of process "
                              + process.pid
                              + " cannot be read by this user")));
    }
    return remarks;
  }

  private static List<String> differing(
      Map<String, String> runs, Map<String, EnvValue> after, ImmutableSet<String> managed) {
    return managed.stream()
        .filter(
            name ->
                !fits(Optional.ofNullable(runs.get(name)), Optional.ofNullable(after.get(name))))
        .toList();
  }

  private static boolean fits(Optional<String> runs, Optional<EnvValue> wanted) {
    if (wanted.isPresent() && wanted.get() instanceof EnvValue.Listed list) {
      return runs.filter(
              value ->
                  List.of(value.split(java.util.regex.Pattern.quote(list.separator())))
                      .containsAll(list.members()))
          .isPresent();
    }
    return runs.equals(wanted.map(EnvValue::text));
  }
}
