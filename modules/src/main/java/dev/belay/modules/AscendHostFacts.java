package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The fact {@code ansible_ascend}: what a host tells of its NPUs, and of what disturbs jobs on
 * them, without a driver. What is not there is left out, never guessed.
 */
final class AscendHostFacts {
  private static final ImmutableMap<String, String> NPUS =
      ImmutableMap.of(
          "0xd100", "310", "0xd500", "310P", "0xd801", "910", "0xd802", "910B", "0xd803", "910_93");

  /** Ids of NPUs begin so; compression and crypto engines of the same vendor and class do not. */
  private static final String NPU_IDS = "0xd[0-9a-f]{3}";

  private static final String HCCL_PORTS = "60000-60031";

  private final FactLines said;
  private final ImmutableMap.Builder<String, Object> ascend = ImmutableMap.builder();

  private AscendHostFacts(FactLines said) {
    this.said = said;
  }

  static void add(Facts facts) {
    AscendHostFacts host = new AscendHostFacts(facts.said());
    host.npus();
    host.versions();
    host.kernel();
    host.others();
    facts.put("ascend", host.ascend.buildKeepingLast());
    facts.put("apt_sources", AptSourceFacts.of(facts.said()));
  }

  private void npus() {
    ImmutableList.Builder<Object> npus = ImmutableList.builder();
    ImmutableList.Builder<String> engines = ImmutableList.builder();
    TreeSet<String> types = new TreeSet<>();
    long count = 0;
    for (String line : said.all("pci")) {
      List<String> words = FactLines.words(line);
      String id = words.get(1);
      if (id.matches(NPU_IDS)) {
        count++;
        String type = NPUS.getOrDefault(id, id);
        types.add(type);
        npus.add(
            ImmutableMap.of(
                "pci", words.get(0),
                "type", type,
                "device", id,
                "subsystem", words.get(2),
                "numa_node", Long.valueOf(words.get(3))));
      } else {
        engines.add(words.get(0) + " " + id);
      }
    }
    ascend.put("npu_count", count).put("npu_types", ImmutableList.copyOf(types));
    ascend.put("npus", npus.build()).put("other_accelerators", engines.build());
    ascend.put("devices", said.all("davinci")).put("not_devices", said.all("no_device"));
    ascend.put("device_nodes", said.all("dev"));
    ascend.put("counts_match", count == said.all("davinci").size());
    ImmutableMap.Builder<String, Object> smi = ImmutableMap.builder();
    said.pairs("smi", ' ').forEach(smi::put);
    ascend.put("npu_smi", smi.buildOrThrow());
  }

  private void versions() {
    ascend.put("install_info", said.pairs("install", '='));
    ascend.put("driver", said.pairs("driver", '=')).put("firmware", said.pairs("firmware", '='));
    said.one("ascend_path").ifPresent(path -> ascend.put("path", path));
    Optional<String> driver = version("driver");
    Optional<String> firmware = version("firmware");
    driver.ifPresent(v -> ascend.put("driver_version", v));
    firmware.ifPresent(v -> ascend.put("firmware_version", v));
    Optional<String> range =
        Optional.ofNullable(said.pairs("driver", '=').get("compatible_version_fw"));
    range.ifPresent(r -> ascend.put("firmware_range", r));
    if (range.isPresent() && firmware.isPresent()) {
      VersionRange.fits(range.get(), firmware.get())
          .ifPresent(fits -> ascend.put("firmware_fits", fits));
    }
    ImmutableList.Builder<Object> toolkits = ImmutableList.builder();
    said.pairs("cann", '=')
        .forEach(
            (path, version) -> toolkits.add(ImmutableMap.of("path", path, "version", version)));
    ascend.put("cann", toolkits.build());
  }

  private Optional<String> version(String key) {
    Map<String, String> pairs = said.pairs(key, '=');
    return Optional.ofNullable(pairs.get("package_version"))
        .filter(v -> !v.isEmpty())
        .or(() -> Optional.ofNullable(pairs.get("Version")));
  }

  private void kernel() {
    said.one("numa").ifPresent(nodes -> ascend.put("numa_nodes", nodes));
    ascend.put("numa_cpus", numa());
    said.one("pagesize").ifPresent(size -> ascend.put("page_size", Long.valueOf(size)));
    Map<String, String> knobs = said.pairs("knob", ':');
    ascend.put("knobs", knobs);
    bracketed(knobs, "/sys/kernel/security/lockdown").ifPresent(w -> ascend.put("lockdown", w));
    bracketed(knobs, "/sys/kernel/mm/transparent_hugepage/enabled")
        .ifPresent(w -> ascend.put("thp", w));
    Optional.ofNullable(knobs.get("/proc/sys/net/ipv4/ip_local_reserved_ports"))
        .ifPresent(
            ports -> {
              ascend.put("reserved_ports", ports);
              ascend.put("hccl_ports_reserved", PortSet.of(ports).holds(PortSet.of(HCCL_PORTS)));
            });
    said.one("migration")
        .map(FactLines::words)
        .ifPresent(
            words ->
                ascend.put(
                    "sched_migration_cost",
                    ImmutableMap.of("path", words.get(0), "value", words.get(1))));
    Map<String, Object> governors = new LinkedHashMap<>();
    said.pairs("governor", ' ').forEach((name, n) -> governors.put(name, Long.valueOf(n)));
    ascend.put("governors", ImmutableMap.copyOf(governors));
    ascend.put("swaps", ImmutableList.copyOf(said.pairs("swap", ' ').keySet()));
    said.one("cgroup").ifPresent(version -> ascend.put("cgroup_version", Long.valueOf(version)));
    ascend.put("cgroup_swappiness", said.all("cgroup_swappiness"));
  }

  private ImmutableMap<String, String> numa() {
    ImmutableMap.Builder<String, String> nodes = ImmutableMap.builder();
    said.files("node").forEach((node, files) -> nodes.put(node, files.getOrDefault("cpulist", "")));
    return nodes.buildOrThrow();
  }

  private static Optional<String> bracketed(Map<String, String> knobs, String file) {
    return Optional.ofNullable(knobs.get(file))
        .filter(text -> text.matches(".*\\[.+\\].*"))
        .map(text -> text.replaceFirst(".*\\[(.+)\\].*", "$1"));
  }

  private void others() {
    ascend.put("container_evidence", said.all("evidence"));
    Map<String, ImmutableList.Builder<String>> daemons = new LinkedHashMap<>();
    for (String line : said.all("daemon")) {
      List<String> words = FactLines.words(line);
      daemons.computeIfAbsent(words.get(0), name -> ImmutableList.builder()).add(words.get(1));
    }
    ImmutableMap.Builder<String, Object> states = ImmutableMap.builder();
    daemons.forEach((name, list) -> states.put(name, list.build()));
    ascend.put("daemons", states.buildOrThrow());
    said.one("tuned_profile").ifPresent(profile -> ascend.put("tuned_profile", profile));
    python();
    ascend.put(
        "preloads",
        PreloadFiles.read(
                Output.ok(
                    said.all(PreloadFiles.KEY).stream()
                        .map(line -> PreloadFiles.KEY + "\t" + line + "\n")
                        .reduce("", String::concat)))
            .facts());
  }

  /** The system's own Python is what both the link and what it leads to belong to a package of. */
  private void python() {
    Optional<String> target = Optional.ofNullable(said.pairs("python", ' ').get("target"));
    if (target.isEmpty()) {
      return;
    }
    Map<String, String> owners = said.pairs("owner", ' ');
    String owner = owners.getOrDefault("/usr/bin/python3", "");
    String targetOwner = owners.getOrDefault(target.get(), "");
    ImmutableMap.Builder<String, Object> python = ImmutableMap.builder();
    python.put("target", target.get()).put("owner", owner).put("target_owner", targetOwner);
    if (said.has("owner")) {
      python.put("is_the_systems", !owner.isEmpty() && !targetOwner.isEmpty());
    }
    ascend.put("python3", python.buildOrThrow());
  }
}
