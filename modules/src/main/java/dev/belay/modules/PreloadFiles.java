package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Probe;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;

/**
 * Libraries that files for everybody preload into every program, and whether they can be: where one
 * cannot, every program on the host writes an error of ld.so.
 */
record PreloadFiles(ImmutableList<Entry> entries) {
  static final PreloadFiles NONE = new PreloadFiles(ImmutableList.of());

  /** What a line of the script begins with. */
  static final String KEY = "preload";

  /**
   * One library in one file.
   *
   * @param said {@code ok}, {@code missing}, or what a program says that it is preloaded into
   */
  record Entry(String file, String library, String said) {
    boolean loads() {
      return said.equals("ok");
    }
  }

  /** Tries each library on /bin/true, which does nothing. */
  static final Sh SCRIPT =
      Sh.of(
          """
          loads() { if [ ! -e "$1" ]; then echo missing; else s=$(LD_PRELOAD=$1 /bin/true 2>&1 || echo "status $?"); printf '%s' "${s:-ok}" | head -c 300 | tr '\\n\\t' '  '; fi; }
          { grep -HsE '(^|[[:space:];])LD_PRELOAD=' /etc/environment /etc/profile /etc/profile.d/*.sh /etc/bash.bashrc /etc/bashrc /root/.bashrc /root/.profile "$HOME/.bashrc" | grep -vE '^[^:]*:[[:space:]]*#' | sed 's/:.*LD_PRELOAD=/:/'
            grep -HsE '^[^#]*/' /etc/ld.so.preload; } | sort -u | while IFS= read -r l; do
            printf '%s' "${l#*:}" | tr ":\\"'; \\t" '\\n\\n\\n\\n\\n\\n' | grep '^/' | while IFS= read -r p; do printf 'preload\\t%s\\t%s\\t%s\\n' "${l%%:*}" "$p" "$(loads "$p")"; done
          done""");

  static Probe<PreloadFiles> probe() {
    return Probe.of(Sh.of("{}; :", SCRIPT), PreloadFiles::read);
  }

  static PreloadFiles read(Output output) {
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    for (String line : output.lines()) {
      List<String> parts = Splitter.on('\t').splitToList(line);
      if (parts.size() == 4 && parts.get(0).equals(KEY)) {
        entries.add(new Entry(parts.get(1), parts.get(2), parts.get(3).strip()));
      }
    }
    return new PreloadFiles(entries.build());
  }

  /** What the user should know of the entries of other files than {@code own}. */
  List<Remark> remarks(String own) {
    return entries.stream()
        .filter(entry -> !entry.loads() && !entry.file.equals(own))
        .map(
            entry ->
                Remark.risk(
                    entry.file
                        + " preloads "
                        + entry.library
                        + " into every program, and it does not load: "
                        + entry.said))
        .toList();
  }

  ImmutableList<ImmutableMap<String, Object>> facts() {
    return entries.stream()
        .map(
            e ->
                ImmutableMap.<String, Object>of(
                    "file", e.file, "library", e.library, "loads", e.loads(), "said", e.said))
        .collect(ImmutableList.toImmutableList());
  }
}
