package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * In what the system runs, as Ansible names it. A verdict of hints; what was really seen is told
 * with the NPUs.
 */
final class VirtualFacts {
  private VirtualFacts() {}

  static void add(Facts facts) {
    Set<String> guest = new LinkedHashSet<>();
    Set<String> host = new LinkedHashSet<>();
    for (String hint : facts.said().all("virt")) {
      int space = hint.indexOf(' ');
      String kind = space < 0 ? hint : hint.substring(0, space);
      String rest = space < 0 ? "" : hint.substring(space + 1);
      switch (kind) {
        case "file" -> container(rest.contains("docker") ? "docker" : "podman", guest);
        case "cgroup" ->
            container(
                rest.contains("lxc") ? "lxc" : rest.contains("libpod") ? "podman" : "docker",
                guest);
        case "product_name", "sys_vendor", "bios_vendor" -> guest.addAll(firmware(rest));
        case "cpu" -> guest.add("kvm");
        case "xen" -> guest.add("xen");
        case "host" -> host.add("kvm");
        default -> {
          if (kind.startsWith("container=")) {
            container(kind.substring("container=".length()), guest);
          }
        }
      }
    }
    facts.put("virtualization_tech_guest", ImmutableList.copyOf(guest));
    facts.put("virtualization_tech_host", ImmutableList.copyOf(host));
    String type = guest.stream().findFirst().or(() -> host.stream().findFirst()).orElse("NA");
    facts.put("virtualization_type", type);
    facts.put("virtualization_role", !guest.isEmpty() ? "guest" : host.isEmpty() ? "NA" : "host");
  }

  private static void container(String kind, Set<String> guest) {
    guest.add(kind);
    guest.add("container");
  }

  private static List<String> firmware(String text) {
    if (text.matches("(?i)(kvm.*|bochs|ahv|rhel|openstack.*|amazon ec2|qemu.*)")) {
      return List.of("kvm");
    } else if (text.matches("(?i)vmware.*")) {
      return List.of("VMware");
    } else if (text.matches("(?i)(virtualbox|innotek gmbh)")) {
      return List.of("virtualbox");
    } else if (text.matches("(?i)(xen|hvm domu)")) {
      return List.of("xen");
    }
    return text.equals("Microsoft Corporation") ? List.of("VirtualPC") : List.of();
  }
}
