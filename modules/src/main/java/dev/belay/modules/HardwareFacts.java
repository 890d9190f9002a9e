package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Facts of memory, processors, firmware, mounts and disks. */
final class HardwareFacts {
  private static final long KIB_A_MIB = 1024;
  private static final long SECTOR = 512;
  private static final ImmutableMap<String, String> DMI =
      ImmutableMap.<String, String>builder()
          .put("bios_date", "bios_date")
          .put("bios_vendor", "bios_vendor")
          .put("bios_version", "bios_version")
          .put("board_asset_tag", "board_asset_tag")
          .put("board_name", "board_name")
          .put("board_serial", "board_serial")
          .put("board_vendor", "board_vendor")
          .put("board_version", "board_version")
          .put("chassis_asset_tag", "chassis_asset_tag")
          .put("chassis_serial", "chassis_serial")
          .put("chassis_vendor", "chassis_vendor")
          .put("chassis_version", "chassis_version")
          .put("product_name", "product_name")
          .put("product_serial", "product_serial")
          .put("product_uuid", "product_uuid")
          .put("product_version", "product_version")
          .put("system_vendor", "sys_vendor")
          .buildOrThrow();

  private HardwareFacts() {}

  static void add(Facts facts) {
    memory(facts);
    processors(facts);
    Map<String, String> dmi = facts.said().pairs("dmi", ':');
    DMI.forEach((fact, file) -> facts.put(fact, dmi.getOrDefault(file, "NA")));
    facts.put("uptime_seconds", facts.said().one("uptime").map(Long::valueOf));
    facts.put(
        "mounts",
        facts.said().all("mount").stream()
            .map(HardwareFacts::mount)
            .collect(ImmutableList.toImmutableList()));
    devices(facts);
  }

  private static void memory(Facts facts) {
    Map<String, Long> mib = new HashMap<>();
    facts
        .said()
        .pairs("mem", ':')
        .forEach((name, kib) -> mib.put(name, Long.parseLong(kib) / KIB_A_MIB));
    if (!mib.containsKey("MemTotal")) {
      return;
    }
    long total = mib.get("MemTotal");
    long free = mib.getOrDefault("MemFree", 0L);
    long unused = free + mib.getOrDefault("Buffers", 0L) + mib.getOrDefault("Cached", 0L);
    long swap = mib.getOrDefault("SwapTotal", 0L);
    long swapFree = mib.getOrDefault("SwapFree", 0L);
    facts.put("memtotal_mb", total);
    facts.put("memfree_mb", free);
    facts.put("swaptotal_mb", swap);
    facts.put("swapfree_mb", swapFree);
    facts.put(
        "memory_mb",
        ImmutableMap.of(
            "real", ImmutableMap.of("total", total, "free", free, "used", total - free),
            "nocache", ImmutableMap.of("free", unused, "used", total - unused),
            "swap",
                ImmutableMap.of(
                    "total",
                    swap,
                    "free",
                    swapFree,
                    "used",
                    swap - swapFree,
                    "cached",
                    mib.getOrDefault("SwapCached", 0L))));
  }

  private static void processors(Facts facts) {
    List<String> list = new ArrayList<>();
    Set<String> sockets = new HashSet<>();
    Map<String, Long> numbers = new HashMap<>();
    long processors = 0;
    for (String line : facts.said().all("cpu")) {
      int colon = line.indexOf(':');
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      switch (key) {
        case "processor" -> {
          processors++;
          list.add(value);
        }
        case "vendor_id", "model name", "Model Name", "Processor" -> list.add(value);
        case "physical id" -> sockets.add(value);
        case "siblings", "cpu cores" -> numbers.put(key, Long.valueOf(value));
        default -> {}
      }
    }
    long nproc = facts.said().one("nproc").map(Long::valueOf).orElse(processors);
    long count = sockets.isEmpty() ? Math.max(processors, 1) : sockets.size();
    long cores = sockets.isEmpty() ? 1 : numbers.getOrDefault("cpu cores", 1L);
    long threads =
        sockets.isEmpty() ? 1 : Math.max(numbers.getOrDefault("siblings", cores) / cores, 1);
    facts.put("processor", ImmutableList.copyOf(list));
    facts.put("processor_count", count);
    facts.put("processor_cores", cores);
    facts.put("processor_threads_per_core", threads);
    facts.put("processor_vcpus", count * cores * threads);
    facts.put("processor_nproc", nproc);
  }

  /** Sizes are there only where the file system answered in time. */
  private static ImmutableMap<String, Object> mount(String line) {
    List<String> words = FactLines.words(line);
    ImmutableMap.Builder<String, Object> mount = ImmutableMap.builder();
    mount
        .put("device", decoded(words.get(0)))
        .put("mount", decoded(words.get(1)))
        .put("fstype", words.get(2))
        .put("options", words.get(3))
        .put("uuid", "N/A");
    if (words.size() == 10) {
      List<Long> n = words.subList(4, 10).stream().map(Long::valueOf).toList();
      mount
          .put("block_size", n.get(0))
          .put("block_total", n.get(2))
          .put("block_available", n.get(3))
          .put("block_used", n.get(2) - n.get(3))
          .put("size_total", n.get(1) * n.get(2))
          .put("size_available", n.get(1) * n.get(3))
          .put("inode_total", n.get(4))
          .put("inode_available", n.get(5))
          .put("inode_used", n.get(4) - n.get(5));
    }
    return mount.buildOrThrow();
  }

  /** The kernel writes spaces and the like in octal digits. */
  private static String decoded(String text) {
    return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }

  private static void devices(Facts facts) {
    Map<String, Object> devices = new LinkedHashMap<>();
    facts.said().files("block").forEach((name, files) -> devices.put(name, device(files)));
    facts.put("devices", ImmutableMap.copyOf(devices));
  }

  private static ImmutableMap<String, Object> device(Map<String, String> files) {
    Map<String, Object> partitions = new LinkedHashMap<>();
    files.forEach(
        (file, value) -> {
          if (file.endsWith("/partition")) {
            String name = file.substring(0, file.length() - "/partition".length());
            String sectors = files.getOrDefault(name + "/size", "0");
            partitions.put(
                name,
                ImmutableMap.of(
                    "sectors",
                    sectors,
                    "sectorsize",
                    SECTOR,
                    "size",
                    human(sectors),
                    "start",
                    files.getOrDefault(name + "/start", "0")));
          }
        });
    String sectors = files.getOrDefault("size", "0");
    return ImmutableMap.<String, Object>builder()
        .put("model", Optional.<Object>ofNullable(files.get("device/model")).orElse(None.NONE))
        .put("vendor", Optional.<Object>ofNullable(files.get("device/vendor")).orElse(None.NONE))
        .put("removable", files.getOrDefault("removable", "0"))
        .put("rotational", files.getOrDefault("queue/rotational", "0"))
        .put("sectors", sectors)
        .put("sectorsize", files.getOrDefault("queue/hw_sector_size", "512"))
        .put("size", human(sectors))
        .put("partitions", ImmutableMap.copyOf(partitions))
        .buildOrThrow();
  }

  private static String human(String sectors) {
    double bytes = sectors.matches("[0-9]{1,17}") ? Double.parseDouble(sectors) * SECTOR : 0;
    for (String unit : List.of("Bytes", "KB", "MB", "GB", "TB")) {
      if (bytes < 1024 || unit.equals("TB")) {
        return String.format(Locale.ROOT, "%.2f %s", bytes, unit);
      }
      bytes /= 1024;
    }
    throw new AssertionError();
  }
}
