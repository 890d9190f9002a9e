package dev.belay.modules;

import com.google.common.collect.ImmutableSet;
import dev.belay.shell.Sh;

/**
 * A part of the facts that can be asked for on its own: the words of {@code gather_subset} that
 * name it, and what is run for it. Its script prints lines of a key, a tab and a value, by the
 * function {@code k}.
 */
enum FactSection {
  PLATFORM(
      true,
      "platform architecture kernel kernel_version machine machine_id system",
      """
      k system "$(uname -s)"; k nodename "$(uname -n)"; k kernel "$(uname -r)"; k machine "$(uname -m)"; k kernel_version "$(uname -v)"
      k fqdn "$(timeout 5 hostname -f 2>/dev/null)"; for f in /var/lib/dbus/machine-id /etc/machine-id; do [ -r $f ] && { k machine_id "$(cat $f)"; break; }; done"""),
  DISTRIBUTION(
      true,
      "distribution distribution_version distribution_release distribution_major_version os_family",
      """
      lines os /etc/os-release; lines debian_version /etc/debian_version"""),
  DATE_TIME(
      true,
      "date_time",
      """
      k date "$(date '+%Y-%m-%d|%H:%M:%S|%s|%Z|%z|%A|%w|%W|%N')"; k utc "$(date -u '+%Y-%m-%dT%H:%M:%S')\""""),
  USER(
      true,
      "user user_dir user_gecos user_gid user_id user_shell user_uid effective_user_id effective_group_ids real_user_id",
      """
      k user "$(id -un) $(id -u) $(id -g) $(id -ru) $(id -rg)"; k passwd "$(timeout 5 getent passwd "$(id -un)" 2>/dev/null || grep "^$(id -un):" /etc/passwd)"; k home "$HOME\""""),
  ENV(
      true,
      "env",
      """
      cat /proc/self/environ | tr '\\n\\0' '\\001\\n' | while IFS= read -r l; do k env "$l"; done"""),
  CMDLINE(true, "cmdline", "k cmdline \"$(cat /proc/cmdline 2>/dev/null)\""),
  DNS(true, "dns", "lines dns /etc/resolv.conf"),
  FIPS(true, "fips", "k fips \"$(cat /proc/sys/crypto/fips_enabled 2>/dev/null || echo 0)\""),
  PYTHON(
      true,
      "python python_version",
      """
      for p in python3 python; do if p=$(command -v $p); then k python "$p"; k python_version "$("$p" -V 2>&1)"; break; fi; done"""),
  LSB(
      true,
      "lsb",
      """
      if [ -r /etc/lsb-release ]; then lines lsb /etc/lsb-release; elif [ -x /usr/bin/lsb_release ]; then timeout 10 lsb_release -a 2>/dev/null | while IFS= read -r l; do k lsbr "$l"; done; fi"""),
  SELINUX(
      true,
      "selinux",
      """
      if [ -e /sys/fs/selinux/enforce ]; then k selinux "$(cat /sys/fs/selinux/enforce) $(cat /sys/fs/selinux/policyvers)"; lines selinux_config /etc/selinux/config; fi"""),
  APPARMOR(true, "apparmor", "[ -e /sys/kernel/security/apparmor ] && k apparmor enabled"),
  SERVICE_MGR(
      true,
      "service_mgr",
      """
      k init "$(cat /proc/1/comm 2>/dev/null)"; [ -d /run/systemd/system ] && k init_by systemd; [ -e /run/openrc ] && k init_by openrc; [ -d /etc/init.d ] && k init_by sysvinit"""),
  PKG_MGR(
      true,
      "pkg_mgr",
      """
      for p in apt-get dnf yum zypper apk pacman; do command -v $p >/dev/null && { k pkg "$p"; break; }; done"""),
  SSH_KEYS(
      true,
      "ssh_pub_keys ssh_host_pub_keys ssh_host_key_dsa_public ssh_host_key_ecdsa_public ssh_host_key_ed25519_public ssh_host_key_rsa_public",
      "lines ssh_key /etc/ssh/ssh_host_*_key.pub"),
  LOADAVG(false, "loadavg", "k loadavg \"$(cat /proc/loadavg 2>/dev/null)\""),
  CHROOT(
      false,
      "chroot is_chroot",
      """
      if [ -n "$debian_chroot" ]; then k chroot yes; elif [ -r /proc/1/root/. ]; then if [ / -ef /proc/1/root/. ]; then k chroot no; else k chroot yes; fi; else k chroot no; fi"""),
  HARDWARE(
      false,
      "hardware devices mounts processor processor_cores processor_count",
      """
      grep -E '^(MemTotal|MemFree|MemAvailable|Buffers|Cached|SwapTotal|SwapFree|SwapCached):' /proc/meminfo 2>/dev/null | while read -r n v r; do k mem "$n $v"; done
      k nproc "$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)"; k uptime "$(cut -d. -f1 /proc/uptime 2>/dev/null)"
      grep -E '^(processor|vendor_id|model name|Model Name|CPU implementer|CPU part|physical id|core id|siblings|cpu cores|Processor|Hardware)[[:space:]]*:' /proc/cpuinfo 2>/dev/null | while IFS= read -r l; do k cpu "$l"; done
      grep -Hs '' /sys/devices/virtual/dmi/id/* 2>/dev/null | while IFS= read -r l; do k dmi "${l#/sys/devices/virtual/dmi/id/}"; done
      while read -r d m t o r; do case $d in /*|*:/*) k mount "$d $m $t $o $(timeout 5 stat -f -c '%s %S %b %a %c %d' -- "$(printf %b "$m")" 2>/dev/null)";; esac; done < /proc/mounts
      grep -Hs '' /sys/block/*/size /sys/block/*/removable /sys/block/*/ro /sys/block/*/queue/rotational /sys/block/*/queue/hw_sector_size /sys/block/*/device/model /sys/block/*/device/vendor /sys/block/*/*/partition /sys/block/*/*/size /sys/block/*/*/start | while IFS= read -r l; do k block "${l#/sys/block/}"; done"""),
  NETWORK(
      false,
      "network interfaces default_ipv4 default_ipv6 all_ipv4_addresses all_ipv6_addresses",
      """
      ip -o addr show 2>/dev/null | while IFS= read -r l; do k addr "$l"; done
      grep -Hs '' /sys/class/net/*/address /sys/class/net/*/mtu /sys/class/net/*/speed /sys/class/net/*/flags /sys/class/net/*/operstate /sys/class/net/*/type 2>/dev/null | while IFS= read -r l; do k net "${l#/sys/class/net/}"; done
      for d in /sys/class/net/*; do [ -e "$d/device" ] && k net "${d##*/}/pciid:$(p=$(readlink -f "$d/device"); echo "${p##*/}")"; [ -d "$d/bridge" ] && k net "${d##*/}/kind:bridge"; [ -d "$d/bonding" ] && k net "${d##*/}/kind:bonding"; done
      k route4 "$(ip -4 route get 8.8.8.8 2>/dev/null | head -n 1)"; k route6 "$(ip -6 route get 2404:6800:400a:800::1012 2>/dev/null | head -n 1)\""""),
  VIRTUAL(
      false,
      "virtual virtualization_type virtualization_role virtualization_tech_guest virtualization_tech_host",
      """
      for f in /.dockerenv /.dockerinit /run/.containerenv; do [ -e $f ] && k virt "file $f"; done
      k virt "$(tr '\\0' '\\n' < /proc/1/environ 2>/dev/null | grep '^container=' | tail -n 1)"; k virt "$(sed 's/^/container=/' /run/systemd/container 2>/dev/null)"
      grep -sE '/docker(-|/)|/lxc/|kubepods|/podman|libpod' /proc/1/cgroup | head -n 1 | while IFS= read -r l; do k virt "cgroup $l"; done
      for f in product_name sys_vendor bios_vendor; do [ -r /sys/devices/virtual/dmi/id/$f ] && k virt "$f $(cat /sys/devices/virtual/dmi/id/$f)"; done
      grep -qs QEMU /proc/cpuinfo && k virt "cpu qemu"; [ -e /proc/xen ] && k virt xen; grep -qsE '^kvm(_| )' /proc/modules && k virt "host kvm\""""),
  LOCAL(
      true,
      "local",
      """
      for f in "$facts"/*.fact; do
        [ -e "$f" ] || { [ -L "$f" ] && k local_absent "$f"; continue; }
        if [ -x "$f" ]; then x=$({ c=$(timeout 10 "$f"); printf '\\002%s\\002%s' $? "$c"; } 2>&1); else x=$(printf '\\0020\\002'; cat -- "$f" 2>/dev/null); fi
        k local "$(printf '%s\\003%s' "$f" "$x" | tr '\\n' '\\001')"
      done"""),
  ASCEND(false, "ascend", AscendHostScript.TEXT);

  private static final String PRELUDE =
      """
      k() { [ -n "$2" ] && printf '%s\\t%s\\n' "$1" "$2"; }
      lines() { n=$1; shift; for f; do [ -r "$f" ] && while IFS= read -r l || [ -n "$l" ]; do k "$n" "$l"; done < "$f"; done; }
      """;

  private final boolean minimal;
  private final ImmutableSet<String> words;
  private final Sh script;

  FactSection(boolean minimal, String words, String script) {
    this.minimal = minimal;
    this.words = ImmutableSet.copyOf(words.split(" "));
    this.script = Sh.of(script.replace("{}", "{ }"));
  }

  /** Whether it is gathered where nothing is said, and with {@code min}. */
  boolean isMinimal() {
    return minimal;
  }

  ImmutableSet<String> words() {
    return words;
  }

  Sh script() {
    return script;
  }

  /** What the scripts of all sections need. */
  static Sh prelude(String factPath) {
    return Sh.of("facts={}\n{}", factPath, Sh.of(PRELUDE));
  }
}
