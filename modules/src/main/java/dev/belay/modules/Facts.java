package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes facts, under Ansible's names, of what the script of {@code setup} prints: a key, a tab and
 * a value a line.
 */
final class Facts {
  private static final long KIB_A_MIB = 1024;
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
          .put("openeuler", "openEuler")
          .put("kylin", "RedHat")
          .put("euleros", "RedHat")
          .put("alpine", "Alpine")
          .buildOrThrow();
  private static final ImmutableMap<String, String> NPUS =
      ImmutableMap.of(
          "0xd100", "310", "0xd500", "310P", "0xd801", "910", "0xd802", "910B", "0xd803", "910_93");
  private static final Pattern ROUTE = Pattern.compile("(?:via (\\S+) )?dev (\\S+).* src (\\S+)");

  private final ListMultimap<String, String> said = ArrayListMultimap.create();
  private final Map<String, Object> facts = new LinkedHashMap<>();

  private Facts() {}

  static ImmutableMap<String, Object> read(List<String> lines) {
    Facts facts = new Facts();
    for (String line : lines) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        facts.said.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    facts.system();
    facts.memory();
    facts.distribution();
    facts.user();
    facts.network();
    facts.ascend();
    return ImmutableMap.copyOf(facts.facts);
  }

  private Optional<String> one(String key) {
    return said.get(key).stream().findFirst();
  }

  private void put(String name, Optional<?> value) {
    value.ifPresent(v -> facts.put("ansible_" + name, v));
  }

  private void system() {
    put("system", one("system"));
    put("nodename", one("nodename"));
    put("hostname", one("nodename").map(name -> name.replaceFirst("\\..*", "")));
    put("fqdn", one("fqdn").or(() -> one("nodename")));
    put(
        "domain",
        one("fqdn").map(name -> name.contains(".") ? name.substring(name.indexOf('.') + 1) : ""));
    put("kernel", one("kernel"));
    put("kernel_version", one("kernel_version"));
    put("machine", one("machine"));
    put("architecture", one("machine"));
    put("userspace_bits", one("machine").map(m -> m.contains("64") ? "64" : "32"));
    put("processor_vcpus", one("nproc").map(Long::valueOf));
    put("processor_nproc", one("nproc").map(Long::valueOf));
    put("uptime_seconds", one("uptime").map(Long::valueOf));
    put("pkg_mgr", one("pkg").map(p -> p.equals("apt-get") ? "apt" : p));
    put("service_mgr", one("init"));
    one("date").ifPresent(this::date);
  }

  private void date(String line) {
    List<String> parts = Splitter.on(' ').splitToList(line);
    facts.put(
        "ansible_date_time",
        ImmutableMap.of(
            "date",
            parts.get(0),
            "time",
            parts.get(1),
            "epoch",
            parts.get(2),
            "tz",
            parts.get(3),
            "iso8601",
            parts.get(0) + "T" + parts.get(1) + "Z"));
  }

  private void memory() {
    Map<String, Long> kib = new HashMap<>();
    for (String line : said.get("mem")) {
      int space = line.indexOf(' ');
      kib.put(line.substring(0, space - 1), Long.valueOf(line.substring(space + 1)));
    }
    put("memtotal_mb", mib(kib, "MemTotal"));
    put("memfree_mb", mib(kib, "MemFree"));
    put("swaptotal_mb", mib(kib, "SwapTotal"));
    put("swapfree_mb", mib(kib, "SwapFree"));
  }

  private static Optional<Long> mib(Map<String, Long> kib, String name) {
    return Optional.ofNullable(kib.get(name)).map(amount -> amount / KIB_A_MIB);
  }

  private void distribution() {
    Map<String, String> os = new HashMap<>();
    for (String line : said.get("os")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        os.put(
            line.substring(0, equals), line.substring(equals + 1).replaceAll("^[\"']|[\"']$", ""));
      }
    }
    String id = os.getOrDefault("ID", "").toLowerCase(java.util.Locale.ROOT);
    put(
        "distribution",
        Optional.ofNullable(os.get("NAME"))
            .map(name -> name.replaceFirst("( GNU/Linux| Linux)$", "").strip()));
    put("distribution_version", Optional.ofNullable(os.get("VERSION_ID")));
    put(
        "distribution_major_version",
        Optional.ofNullable(os.get("VERSION_ID")).map(v -> v.replaceFirst("\\..*", "")));
    put("distribution_release", Optional.ofNullable(os.get("VERSION_CODENAME")));
    put(
        "os_family",
        Optional.ofNullable(FAMILIES.get(id)).or(() -> Optional.ofNullable(os.get("NAME"))));
  }

  private void user() {
    one("user")
        .map(line -> Splitter.on(' ').splitToList(line))
        .ifPresent(
            parts -> {
              facts.put("ansible_user_id", parts.get(0));
              facts.put("ansible_user_uid", Long.valueOf(parts.get(1)));
              facts.put("ansible_user_gid", Long.valueOf(parts.get(2)));
            });
    put("user_dir", one("home"));
    put("user_shell", one("shell"));
  }

  private void network() {
    ImmutableList.Builder<Object> all = ImmutableList.builder();
    ImmutableList.Builder<Object> interfaces = ImmutableList.builder();
    for (String line : said.get("ip4")) {
      List<String> parts = Splitter.on(' ').splitToList(line);
      interfaces.add(parts.get(0));
      if (!parts.get(0).equals("lo")) {
        all.add(parts.get(1).replaceFirst("/.*", ""));
      }
    }
    facts.put("ansible_all_ipv4_addresses", all.build());
    facts.put("ansible_interfaces", interfaces.build());
    facts.put("ansible_default_ipv4", one("route").map(Facts::route).orElse(ImmutableMap.of()));
  }

  private static ImmutableMap<String, Object> route(String line) {
    Matcher route = ROUTE.matcher(line);
    if (!route.find()) {
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, Object> fact = ImmutableMap.builder();
    fact.put("interface", route.group(2)).put("address", route.group(3));
    Optional.ofNullable(route.group(1)).ifPresent(gateway -> fact.put("gateway", gateway));
    return fact.buildOrThrow();
  }

  private void ascend() {
    ImmutableMap.Builder<String, Object> ascend = ImmutableMap.builder();
    ascend.put("npu_count", (long) said.get("npu").size());
    ascend.put(
        "npu_types",
        said.get("npu").stream()
            .map(id -> NPUS.getOrDefault(id, id))
            .distinct()
            .collect(ImmutableList.toImmutableList()));
    ascend.put("devices", ImmutableList.copyOf(said.get("davinci")));
    ascend.put("driver", pairs("driver", '='));
    ascend.put("container_evidence", ImmutableList.copyOf(said.get("evidence")));
    ascend.put("knobs", pairs("knob", ':'));
    one("numa").ifPresent(nodes -> ascend.put("numa_nodes", nodes));
    one("pagesize").ifPresent(size -> ascend.put("page_size", Long.valueOf(size)));
    facts.put("ansible_ascend", ascend.buildOrThrow());
  }

  private ImmutableMap<String, Object> pairs(String key, char separator) {
    ImmutableMap.Builder<String, Object> pairs = ImmutableMap.builder();
    for (String line : said.get(key)) {
      int at = line.indexOf(separator);
      if (at > 0) {
        pairs.put(line.substring(0, at), line.substring(at + 1).strip());
      }
    }
    return pairs.buildKeepingLast();
  }
}
