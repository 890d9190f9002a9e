package dev.belay.modules;

/**
 * What a host tells of its NPUs and of what disturbs jobs on them without a driver, a toolkit or
 * Python: PCI, device nodes, version files, kernel, daemons, and files for everybody.
 */
final class AscendHostScript {
  /**
   * The files that a driver, a firmware and a toolkit leave behind, wherever they are installed.
   */
  private static final String VERSIONS =
      """
      lines install /etc/ascend_install.info
      d=$(sed -n 's/^Driver_Install_Path_Param=//p' /etc/ascend_install.info 2>/dev/null | tail -n 1); d=${d:-/usr/local/Ascend}
      w=$(sed -n 's/^Firmware_Install_Path_Param=//p' /etc/ascend_install.info 2>/dev/null | tail -n 1); w=${w:-$d}
      k ascend_path "$d"; lines driver "$d/driver/version.info"; lines firmware "$w/firmware/version.info"
      for f in "$d"/ascend-toolkit/*/*-linux/ascend_toolkit_install.info "$d"/cann*/*-linux/ascend_*_install.info; do [ -r "$f" ] && k cann "$(readlink -f -- "$f")=$(sed -n 's/^version=//p' "$f" | head -n 1)"; done
      """;

  private static final String DEVICES =
      """
      for d in /sys/bus/pci/devices/*; do
        [ -r "$d/vendor" ] && read -r v < "$d/vendor" && [ "$v" = 0x19e5 ] && read -r c < "$d/class" && case $c in 0x1200*) read -r i < "$d/device"; s=; n=; [ -r "$d/subsystem_device" ] && read -r s < "$d/subsystem_device"; [ -r "$d/numa_node" ] && read -r n < "$d/numa_node"; k pci "${d##*/} $i ${s:--} ${n:--1}";; esac
      done
      for d in /dev/davinci[0-9]* /dev/vdavinci[0-9]*; do if [ -c "$d" ]; then k davinci "$d"; elif [ -e "$d" ]; then k no_device "$d"; fi; done
      for d in davinci_manager davinci_manager_docker devmm_svm hisi_hdc svm0 ummu uburma; do [ -c "/dev/$d" ] && k dev "$d"; done
      for f in /usr/local/bin/npu-smi /usr/local/sbin/npu-smi /usr/bin/npu-smi; do if [ -d $f ]; then k smi "$f directory"; elif [ -f $f ]; then k smi "$f file"; elif [ -L $f ]; then k smi "$f dangling"; fi; done
      """;

  private static final String KERNEL =
      """
      k numa "$(cat /sys/devices/system/node/online 2>/dev/null)"; k pagesize "$(getconf PAGESIZE 2>/dev/null)"
      grep -Hs '' /sys/devices/system/node/node*/cpulist | while IFS= read -r l; do k node "${l#/sys/devices/system/node/}"; done
      grep -Hs '' /sys/kernel/security/lockdown /sys/kernel/mm/transparent_hugepage/enabled /proc/sys/kernel/numa_balancing /proc/sys/vm/swappiness /proc/sys/net/ipv4/ip_local_reserved_ports | while IFS= read -r l; do k knob "$l"; done
      for f in /proc/sys/kernel/sched_migration_cost_ns /sys/kernel/debug/sched/migration_cost_ns; do [ -e $f ] && { k migration "$f $(cat $f 2>/dev/null || echo unreadable)"; break; }; done
      cat /sys/devices/system/cpu/cpufreq/policy*/scaling_governor 2>/dev/null | sort | uniq -c | while read -r n g; do k governor "$g $n"; done
      tail -n +2 /proc/swaps 2>/dev/null | while read -r f t r; do k swap "$f $t"; done
      if [ -e /sys/fs/cgroup/cgroup.controllers ]; then k cgroup 2; elif [ -d /sys/fs/cgroup/memory ]; then k cgroup 1; cat /sys/fs/cgroup/memory/memory.swappiness /sys/fs/cgroup/memory/*/memory.swappiness /sys/fs/cgroup/memory/*/*/memory.swappiness 2>/dev/null | sort -u | while read -r v; do k cgroup_swappiness "$v"; done; fi
      """;

  private static final String OTHERS =
      """
      for f in /.dockerenv /run/.containerenv; do [ -e $f ] && k evidence "$f"; done
      k evidence "$(tr '\\0' '\\n' < /proc/1/environ 2>/dev/null | grep '^container=')"; k evidence "$(sed 's/^/run: /' /run/systemd/container 2>/dev/null)"
      [ -w /proc/sys/vm/swappiness ] || k evidence "/proc/sys is not writable"
      c=" $(cat /proc/[0-9]*/comm 2>/dev/null | sort -u | tr '\\n' ' ')"
      for s in tuned irqbalance sysmonitor atuned cpupower power-profiles-daemon; do
        for f in /etc/systemd/system/$s.service /usr/lib/systemd/system/$s.service /lib/systemd/system/$s.service /etc/init.d/$s; do [ -e "$f" ] || [ -L "$f" ] && { k daemon "$s installed"; break; }; done
        [ "$(readlink /etc/systemd/system/$s.service 2>/dev/null)" = /dev/null ] && k daemon "$s masked"
        for f in /etc/systemd/system/*.wants/$s.service; do [ -L "$f" ] && { k daemon "$s enabled"; break; }; done
        case "$c" in *" $(printf %.15s $s) "*) k daemon "$s running";; esac
      done
      k tuned_profile "$(cat /etc/tuned/active_profile 2>/dev/null)"
      if [ -e /usr/bin/python3 ] || [ -L /usr/bin/python3 ]; then t=$(readlink -f /usr/bin/python3); k python "target $t"
        if command -v dpkg-query >/dev/null; then for p in /usr/bin/python3 "$t"; do k owner "$p $(dpkg-query -S "$p" 2>/dev/null | grep -v '^diversion ' | head -n 1 | cut -d: -f1)"; done
        elif command -v rpm >/dev/null; then for p in /usr/bin/python3 "$t"; do o=$(rpm -qf --qf '%{NAME}' "$p" 2>/dev/null) && k owner "$p $o"; done; fi; fi
      lines aos /etc/os-release; k dpkg_arch "$(dpkg --print-architecture 2>/dev/null)"
      for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do [ -r "$f" ] && grep -E '^[[:space:]]*deb' "$f" | while IFS= read -r l; do k apt "$f $l"; done; done
      for f in /etc/apt/sources.list.d/*.sources; do [ -r "$f" ] && { k apt822 "file $f"; grep -E '^(Types|URIs|Suites|Components|Enabled|Architectures):|^$' "$f" | while IFS= read -r l; do k apt822 "$f $l"; done; }; done
      """;

  static final String TEXT = VERSIONS + DEVICES + KERNEL + OTHERS + PreloadFiles.SCRIPT.text();

  private AscendHostScript() {}
}
