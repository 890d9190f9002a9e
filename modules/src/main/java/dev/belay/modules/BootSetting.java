package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.Content;
import dev.belay.module.FileText;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.module.Step;
import dev.belay.shell.Sh;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of files under {@code /sys} that a boot is to set again: one file of {@code PATTERN VALUE}
 * lines for each setting, and one script and one unit for all of them.
 *
 * <p>Each task owns a whole file, so that replacing it is idempotent and taking it away leaves no
 * trace in another's; script and unit have the same text whoever writes them. The unit is made and
 * enabled as files, so that it needs no systemd that runs: an image that is built, a chroot.
 *
 * @param name of the setting; a file name
 * @param lines each a pattern of paths, a blank, and the value
 */
record BootSetting(String name, ImmutableList<String> lines) {
  static final String FOLDER = "/etc/belay/boot.d";
  static final String SCRIPT = "/etc/belay/boot.sh";
  static final String UNIT = "/etc/systemd/system/belay-tuning.service";
  static final String LINK = "/etc/systemd/system/multi-user.target.wants/belay-tuning.service";

  private static final String SCRIPT_TEXT =
      """
      #!/bin/sh
      # Managed by belay. Sets what /etc/belay/boot.d/*.conf say: lines of a pattern of paths, a blank, a value.
      # Paths that are not there are left out, and so are policies whose CPUs are offline.
      """
          + KernelFile.PUT
          + """
      failed=0
      for file in /etc/belay/boot.d/*.conf; do
        [ -f "$file" ] || continue
        while read -r pattern value; do
          case $pattern in /sys/*) ;; *) continue ;; esac
          for path in $pattern; do
            [ -e "$path" ] || continue
            cpus=${path%/*}/affected_cpus
            if [ -e "$cpus" ] && [ -z "$(cat "$cpus" 2>/dev/null)" ]; then continue; fi
            put "$path" "$value" || failed=1
          done
        done <"$file"
      done
      exit $failed
      """;

  private static final String UNIT_TEXT =
      """
      # Managed by belay.
      [Unit]
      Description=Kernel settings that belay keeps in /etc/belay/boot.d
      ConditionDirectoryNotEmpty=/etc/belay/boot.d
      Wants=sys-kernel-debug.mount
      After=sys-kernel-debug.mount systemd-modules-load.service systemd-sysctl.service systemd-tmpfiles-setup.service
      After=tuned.service cpupower.service cpufrequtils.service ondemand.service power-profiles-daemon.service

      [Service]
      Type=oneshot
      RemainAfterExit=yes
      ExecStart=/bin/sh /etc/belay/boot.sh

      [Install]
      WantedBy=multi-user.target
      """;

  /** What is there of it. */
  record Seen(FileText own, FileText script, FileText unit, String link, boolean systemd) {}

  String file() {
    return FOLDER + "/" + name + ".conf";
  }

  Probe<Seen> probe() {
    Sh rest =
        Sh.of(
            "if [ -d /usr/lib/systemd/system ] || [ -d /lib/systemd/system ]; then echo systemd; else echo; fi; if [ -L {} ]; then readlink -- {}; fi",
            LINK,
            LINK);
    return Probe.text(file())
        .and(Probe.text(SCRIPT), (own, script) -> new FileText[] {own, script})
        .and(Probe.text(UNIT), (two, unit) -> new FileText[] {two[0], two[1], unit})
        .and(
            Probe.of(rest, output -> output.lines()),
            (texts, said) ->
                new Seen(
                    texts[0],
                    texts[1],
                    texts[2],
                    said.size() > 1 ? said.get(1) : "",
                    said.contains("systemd")));
  }

  /** What is to be done for a boot to set it. */
  ImmutableList<Change> changes(Seen seen) {
    ImmutableList.Builder<Change> changes = ImmutableList.builder();
    changes.addAll(file(file(), text(), seen.own, "0644"));
    changes.addAll(file(SCRIPT, SCRIPT_TEXT, seen.script, "0755"));
    List<Change> unit = file(UNIT, UNIT_TEXT, seen.unit, "0644");
    changes.addAll(unit);
    if (!seen.link.equals(UNIT)) {
      changes.add(
          Change.run(
              "belay-tuning.service at boot",
              seen.link.isEmpty() ? "disabled" : seen.link,
              "enabled",
              Sh.of("mkdir -p -- {} && ln -sfT -- {} {}", Paths.parent(LINK), UNIT, LINK)));
    }
    return changes.build();
  }

  /** What is to be done for no boot to set it. */
  ImmutableList<Change> removal(Seen seen) {
    return removal(file(), seen.own);
  }

  static ImmutableList<Change> removal(String path, FileText seen) {
    if (seen instanceof FileText.Absent) {
      return ImmutableList.of();
    }
    return ImmutableList.of(
        Change.run(
            path,
            seen.ifPresent().orElse("(unreadable)"),
            Change.ABSENT,
            Sh.of("rm -f -- {}", path)));
  }

  /** What the user should know of it. */
  ImmutableList<Remark> remarks(Seen seen) {
    return seen.systemd
        ? ImmutableList.of()
        : ImmutableList.of(
            Remark.risk("this host has no systemd: have its boot run 'sh " + SCRIPT + "'"));
  }

  private String text() {
    return "# Managed by belay.\n" + String.join("\n", lines) + "\n";
  }

  /** A file that is to have that text. */
  static List<Change> file(String path, String text, FileText seen, String mode) {
    if (seen.ifPresent().filter(text::equals).isPresent()) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Run(Sh.of("mkdir -p -- {}", Paths.parent(path))));
    steps.add(new Step.Put(Content.of(text), path, Attributes.mode(mode)));
    if (path.startsWith("/etc/systemd/system/")) {
      steps.add(
          new Step.Run(Sh.of("[ ! -d /run/systemd/system ] || systemctl daemon-reload || :")));
    }
    return List.of(
        new Change(
            path, seen.ifPresent().orElse(Change.ABSENT), text, ImmutableList.copyOf(steps)));
  }
}
