package dev.belay.modules;

import dev.belay.shell.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Texts of files of kernel settings. */
final class SysctlText {
  private SysctlText() {}

  /** The file that keeps one parameter and nothing else. */
  static String ownFile(SysctlKey key) {
    return "/etc/sysctl.d/90-belay-" + key.name().replace('/', '.') + ".conf";
  }

  static String own(SysctlKey key, String value) {
    return "# Managed by belay.\n" + key.name() + " = " + value + "\n";
  }

  /** The last value that a text sets the parameter to. */
  static Optional<String> valueIn(String text, SysctlKey key) {
    return Output.lines(text).stream()
        .filter(line -> line.indexOf('=') > 0)
        .filter(line -> key.isSetBy(line.substring(0, line.indexOf('=')).strip()))
        .map(line -> line.substring(line.indexOf('=') + 1).strip())
        .reduce((a, b) -> b);
  }

  /**
   * A text with the first line that sets the parameter replaced, and other such lines gone; without
   * a value they all go.
   */
  static String edited(String text, SysctlKey key, Optional<String> wanted) {
    List<String> lines = new ArrayList<>();
    boolean done = false;
    for (String line : Output.lines(text)) {
      int equals = line.indexOf('=');
      boolean ours = equals > 0 && key.isSetBy(line.substring(0, equals).strip());
      if (!ours) {
        lines.add(line);
      } else if (!done && wanted.isPresent()) {
        lines.add(key.name() + "=" + wanted.get());
        done = true;
      }
    }
    if (!done && wanted.isPresent()) {
      lines.add(key.name() + "=" + wanted.get());
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
