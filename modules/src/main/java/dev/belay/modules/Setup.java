package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.shell.Sh;

/** Facts of a host, by one script without Python. */
record Setup() implements Resource<ImmutableMap<String, Object>> {
  static final ModuleSpec SPEC =
      ModuleSpec.named("ansible.builtin", "setup")
          .summary("Tells facts of the host: system, processors, memory, network, NPUs.")
          .doc(
              "One POSIX sh script; no Python is needed on the host. Facts have Ansible's names; those of Ascend NPUs are in ansible_ascend. 'filter' and subsets other than all are not supported yet.")
          .parameters(
              Parameter.optional("gather_subset", Type.LIST, "Only 'all' so far.").oneOf("all"),
              Parameter.optional(
                      "gather_timeout",
                      Type.INTEGER,
                      "Kept for Ansible's files: nothing here can take long.")
                  .defaultsTo(10L))
          .example("- setup:")
          .result("ansible_facts", "The facts, by their names.")
          .makes(args -> new Setup());

  /**
   * Each line is a key, a tab and a value; values of several lines are escaped by the shell's own
   * %s, line by line.
   */
  private static final Sh SCRIPT =
      Sh.of(
          """
          k() { [ -n "$2" ] && printf '%s\\t%s\\n' "$1" "$2"; }
          k system "$(uname -s)"; k nodename "$(uname -n)"; k kernel "$(uname -r)"; k machine "$(uname -m)"; k kernel_version "$(uname -v)"
          [ -r /etc/os-release ] && while read -r line; do printf 'os\\t%s\\n' "$line"; done < /etc/os-release
          grep -E '^(MemTotal|MemFree|MemAvailable|SwapTotal|SwapFree):' /proc/meminfo 2>/dev/null | while read -r n v r; do printf 'mem\\t%s %s\\n' "$n" "$v"; done
          k nproc "$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)"
          k pagesize "$(getconf PAGESIZE 2>/dev/null)"
          k uptime "$(cut -d. -f1 /proc/uptime 2>/dev/null)"
          k user "$(id -un) $(id -u) $(id -g)"; k home "$HOME"; k shell "$SHELL"
          for p in apt-get dnf yum zypper apk; do if command -v $p >/dev/null; then k pkg "$p"; break; fi; done
          k init "$(cat /proc/1/comm 2>/dev/null)"
          k date "$(date '+%Y-%m-%d %H:%M:%S %s %Z')"
          k fqdn "$(hostname -f 2>/dev/null)"
          ip -o -4 addr show 2>/dev/null | while read -r i dev fam addr r; do printf 'ip4\\t%s %s\\n' "$dev" "$addr"; done
          k route "$(ip -4 route get 192.0.2.1 2>/dev/null | head -n 1)"
          for f in /.dockerenv /run/.containerenv; do [ -e $f ] && k evidence "$f"; done
          k evidence "$(tr '\\0' '\\n' < /proc/1/environ 2>/dev/null | grep '^container=')"
          [ -w /proc/sys/vm/swappiness ] || k evidence "/proc/sys is not writable"
          for d in /sys/bus/pci/devices/*; do
            [ -r "$d/vendor" ] && read -r v < "$d/vendor" && [ "$v" = 0x19e5 ] && read -r c < "$d/class" && case $c in 0x1200*) read -r i < "$d/device"; k npu "$i";; esac
          done
          for d in /dev/davinci[0-9]*; do [ -c "$d" ] && k davinci "$d"; done
          for f in /usr/local/Ascend/driver/version.info; do [ -r $f ] && while read -r line; do printf 'driver\\t%s\\n' "$line"; done < $f; done
          k numa "$(cat /sys/devices/system/node/online 2>/dev/null)"
          grep -Hs '' /sys/kernel/security/lockdown /sys/kernel/mm/transparent_hugepage/enabled /proc/sys/kernel/numa_balancing /proc/sys/vm/swappiness | while read -r line; do printf 'knob\\t%s\\n' "$line"; done
          :""");

  @Override
  public Probe<ImmutableMap<String, Object>> probe() {
    return Probe.of(SCRIPT, output -> Facts.read(output.lines()));
  }

  @Override
  public Plan plan(ImmutableMap<String, Object> seen) {
    return seen.containsKey("ansible_system")
        ? Plan.satisfied()
        : Plan.impossible("the host told no facts");
  }

  @Override
  public ImmutableMap<String, Object> result(ImmutableMap<String, Object> seen) {
    return ImmutableMap.of("ansible_facts", seen);
  }
}
