package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes facts, under Ansible's names and with its types, of what the script of {@code setup} says.
 */
final class Facts {
  private final FactLines said;
  private final Map<String, Object> facts = new LinkedHashMap<>();

  private Facts(FactLines said) {
    this.said = said;
  }

  static ImmutableMap<String, Object> read(FactLines said, ImmutableSet<FactSection> sections) {
    Facts facts = new Facts(said);
    sections.forEach(facts::add);
    return ImmutableMap.copyOf(facts.facts);
  }

  FactLines said() {
    return said;
  }

  /** A fact, where there is a value; {@code ansible_} comes before the name. */
  void put(String name, Optional<?> value) {
    value.ifPresent(v -> facts.put("ansible_" + name, v));
  }

  void put(String name, Object value) {
    facts.put("ansible_" + name, value);
  }

  private void add(FactSection section) {
    switch (section) {
      case PLATFORM -> SystemFacts.platform(this);
      case DISTRIBUTION -> DistributionFacts.add(this);
      case DATE_TIME -> SystemFacts.dateTime(this);
      case USER -> SystemFacts.user(this);
      case ENV -> put("env", said.pairs("env", '='));
      case CMDLINE -> SystemFacts.commandLine(this);
      case DNS -> NetworkFacts.dns(this);
      case PYTHON -> SystemFacts.python(this);
      case FIPS -> put("fips", said.one("fips").filter("1"::equals).isPresent());
      case LSB -> DistributionFacts.lsb(this);
      case SELINUX -> SystemFacts.selinux(this);
      case APPARMOR ->
          put("apparmor", ImmutableMap.of("status", said.one("apparmor").orElse("disabled")));
      case SERVICE_MGR -> SystemFacts.serviceManager(this);
      case PKG_MGR -> put("pkg_mgr", said.one("pkg").map(p -> p.equals("apt-get") ? "apt" : p));
      case SSH_KEYS -> SystemFacts.sshKeys(this);
      case LOADAVG -> SystemFacts.load(this);
      case CHROOT -> put("is_chroot", said.one("chroot").filter("yes"::equals).isPresent());
      case HARDWARE -> HardwareFacts.add(this);
      case NETWORK -> NetworkFacts.add(this);
      case VIRTUAL -> VirtualFacts.add(this);
      case LOCAL -> SystemFacts.local(this);
      case ASCEND -> AscendHostFacts.add(this);
    }
  }
}
