package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which distribution it is, by Ansible's names. */
final class DistributionFacts {
  private static final ImmutableMap<String, String> NAMES =
      ImmutableMap.<String, String>builder()
          .put("debian", "Debian")
          .put("ubuntu", "Ubuntu")
          .put("rhel", "RedHat")
          .put("centos", "CentOS")
          .put("fedora", "Fedora")
          .put("rocky", "Rocky")
          .put("almalinux", "AlmaLinux")
          .put("openeuler", "openEuler")
          .put("euleros", "EulerOS")
          .put("alpine", "Alpine")
          .put("uos", "Uos")
          .put("tencentos", "TencentOS")
          .buildOrThrow();
  private static final ImmutableMap<String, String> FAMILIES =
      ImmutableMap.<String, String>builder()
          .put("debian", "Debian")
          .put("ubuntu", "Debian")
          .put("uos", "Debian")
          .put("rhel", "RedHat")
          .put("centos", "RedHat")
          .put("fedora", "RedHat")
          .put("rocky", "RedHat")
          .put("almalinux", "RedHat")
          .put("openeuler", "RedHat")
          .put("kylin", "RedHat")
          .put("euleros", "RedHat")
          .put("tencentos", "RedHat")
          .put("alpine", "Alpine")
          .buildOrThrow();

  private DistributionFacts() {}

  static void add(Facts facts) {
    Map<String, String> os = unquoted(facts.said().pairs("os", '='));
    String id = os.getOrDefault("ID", "").toLowerCase(Locale.ROOT);
    Optional<String> name =
        Optional.ofNullable(NAMES.get(id))
            .or(() -> Optional.ofNullable(os.get("NAME")))
            .map(n -> n.replaceFirst("( GNU/Linux| Linux)$", "").strip());
    facts.put("distribution", name);
    Optional<String> version =
        Optional.ofNullable(os.get("VERSION_ID"))
            .map(
                v ->
                    id.equals("debian")
                        ? facts
                            .said()
                            .one("debian_version")
                            .filter(d -> d.matches("[0-9.]+"))
                            .orElse(v)
                        : v);
    facts.put("distribution_version", version);
    List<String> parts = Splitter.on('.').splitToList(version.orElse(""));
    facts.put("distribution_major_version", version.map(v -> parts.get(0)));
    if (id.equals("debian") && parts.size() > 1) {
      facts.put("distribution_minor_version", parts.get(1));
    }
    facts.put("distribution_release", release(os));
    facts.put("distribution_file_path", "/etc/os-release");
    facts.put("distribution_file_parsed", true);
    facts.put("os_family", Optional.ofNullable(FAMILIES.get(id)).or(() -> name));
  }

  /** The code name; where there is none what stands in brackets behind the version, else NA. */
  private static String release(Map<String, String> os) {
    String version = os.getOrDefault("VERSION", "");
    return Optional.ofNullable(os.get("VERSION_CODENAME"))
        .filter(name -> !name.isEmpty())
        .orElseGet(
            () -> version.contains("(") ? version.replaceFirst(".*\\((.*)\\).*", "$1") : "NA");
  }

  private static Map<String, String> unquoted(Map<String, String> pairs) {
    Map<String, String> plain = new LinkedHashMap<>();
    pairs.forEach((key, value) -> plain.put(key, value.replaceAll("^[\"']|[\"']$", "")));
    return plain;
  }

  static void lsb(Facts facts) {
    Map<String, String> lsb = new LinkedHashMap<>();
    unquoted(facts.said().pairs("lsb", '='))
        .forEach((key, value) -> put(lsb, key.replace("DISTRIB_", ""), value));
    facts
        .said()
        .pairs("lsbr", ':')
        .forEach((key, value) -> put(lsb, key.toUpperCase(Locale.ROOT), value));
    if (lsb.containsKey("release")) {
      lsb.put("major_release", lsb.get("release").replaceFirst("\\..*", ""));
    }
    facts.put("lsb", ImmutableMap.copyOf(lsb));
  }

  private static void put(Map<String, String> lsb, String key, String value) {
    switch (key) {
      case "ID", "DISTRIBUTOR ID" -> lsb.put("id", value);
      case "RELEASE" -> lsb.put("release", value);
      case "DESCRIPTION" -> lsb.put("description", value);
      case "CODENAME" -> lsb.put("codename", value);
      default -> {}
    }
  }
}
