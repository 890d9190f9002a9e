package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Probe;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What tuned sets where it is at work: its active profile, with those that it includes.
 *
 * @param profile the active one; empty where tuned neither runs nor starts at boot
 * @param reapplies whether it lets the files of sysctl.d win over its profile
 * @param settings by section and key: {@code sysctl/vm.swappiness}, {@code cpu/governor}
 */
record Tuned(String profile, boolean reapplies, ImmutableMap<String, String> settings) {

  /** A profile may include others; eight deep is more than any does. */
  private static final Sh QUESTION =
      Sh.of(
          """
          [ -s /etc/tuned/active_profile ] || exit 0
          [ -e /run/tuned/tuned.pid ] || [ -L /etc/systemd/system/multi-user.target.wants/tuned.service ] || exit 0
          sed -n 's/^[[:space:]]*reapply_sysctl[[:space:]]*=[[:space:]]*/reapply /p' /etc/tuned/tuned-main.conf 2>/dev/null
          t() {
            [ "$2" -lt 8 ] || return 0
            for d in /etc/tuned/profiles /etc/tuned /usr/lib/tuned/profiles /usr/lib/tuned; do
              if [ -r "$d/$1/tuned.conf" ]; then set -- "$1" "$2" "$d/$1/tuned.conf"; break; fi
            done
            [ -n "$3" ] || return 0
            for i in $(sed -n 's/^[[:space:]]*include[[:space:]]*=//p' "$3" | tr ',;' '  '); do t "$i" $(($2 + 1)) ''; done
            sed -e 's/^[[:space:]]*/= /' -- "$3"; echo
          }
          read -r names </etc/tuned/active_profile; echo "profile $names"
          set -f; for n in $names; do t "$n" 0 ''; done""");

  static Probe<Tuned> probe() {
    return Probe.of(QUESTION, Tuned::read);
  }

  private static Tuned read(Output output) {
    String profile = "";
    boolean reapplies = true;
    String section = "";
    Map<String, String> settings = new HashMap<>();
    for (String line : output.lines()) {
      if (line.startsWith("profile ")) {
        profile = line.substring("profile ".length()).strip();
      } else if (line.startsWith("reapply ")) {
        reapplies = !line.matches("reapply (0|[Ff]alse|[Nn]o)\\s*");
      } else if (line.matches("= \\[[^]]*]\\s*")) {
        section = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
      } else if (line.matches("= [A-Za-z/.].*=.*")) {
        int equals = line.indexOf('=', 1);
        settings.put(
            section + "/" + line.substring(2, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return new Tuned(profile, reapplies, ImmutableMap.copyOf(settings));
  }

  boolean isActive() {
    return !profile.isEmpty();
  }

  /** What it sets a kernel parameter to. */
  Optional<String> sysctl(SysctlKey key) {
    return settings.entrySet().stream()
        .filter(setting -> setting.getKey().startsWith("sysctl/"))
        .filter(setting -> key.isSetBy(setting.getKey().substring("sysctl/".length())))
        .map(setting -> setting.getValue().replaceFirst("^=?>\\s*", ""))
        .findFirst();
  }

  /** The governor that it sets; the first where it names alternatives. */
  Optional<String> governor() {
    return Optional.ofNullable(settings.get("cpu/governor"))
        .map(words -> words.replaceFirst("\\|.*", "").strip());
  }
}
