package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code npu-smi info}: two rows for each chip, one with its health, one with its bus
 * address. Columns are as wide as the version likes, so rows are split at bars and blanks alone. It
 * ends where the table of processes begins, whose rows look like those of chips.
 */
final class NpuTable {
  private static final Pattern BUS =
      Pattern.compile("[0-9A-Fa-f]{4}:[0-9A-Fa-f]{2}:[0-9A-Fa-f]{2}\\.[0-9A-Fa-f]");
  private static final Pattern USED = Pattern.compile("([0-9]+)\\s*/\\s*([0-9]+)");
  private static final Pattern VERSION = Pattern.compile("Version:?\\s+(\\S+)");

  private final ImmutableList.Builder<Object> chips = ImmutableList.builder();
  private Map<String, Object> npu = new LinkedHashMap<>();
  private String second = "";
  private Optional<String> version = Optional.empty();

  private NpuTable() {}

  /** One map a chip: what the table has of it, and nothing for what it has not. */
  static ImmutableList<Object> chips(List<String> lines) {
    return read(lines).chips.build();
  }

  static Optional<String> version(List<String> lines) {
    return read(lines).version;
  }

  private static NpuTable read(List<String> lines) {
    NpuTable table = new NpuTable();
    for (String line : lines) {
      if (line.contains("Process id") || line.contains("Process name")) {
        break;
      } else if (line.strip().startsWith("|")) {
        table.row(line.strip());
      }
    }
    return table;
  }

  private void row(String line) {
    List<String> cells = Splitter.on('|').trimResults().splitToList(line);
    if (line.contains("npu-smi")) {
      Matcher said = VERSION.matcher(line);
      version = said.find() ? Optional.of(said.group(1)) : Optional.empty();
    } else if (cells.size() >= 4) {
      List<String> first = FactLines.words(cells.get(1));
      if (first.isEmpty() || !first.get(0).matches("[0-9]+")) {
        header(cells.get(1));
      } else if (BUS.matcher(cells.get(2)).matches()) {
        chip(first, cells.get(2), cells.get(3));
      } else {
        npu(first, cells.get(2), cells.get(3));
      }
    }
  }

  /** The second column beside the chip is called differently from product to product. */
  private void header(String cell) {
    if (cell.startsWith("Chip")) {
      second = cell.contains("Phy") ? "phy_id" : cell.contains("Device") ? "device" : "";
    }
  }

  private void npu(List<String> first, String health, String rest) {
    npu = new LinkedHashMap<>();
    npu.put("npu", Long.valueOf(first.get(0)));
    if (first.size() > 1) {
      npu.put("name", String.join(" ", first.subList(1, first.size())));
    }
    if (!health.isEmpty()) {
      npu.put("health", health);
      healthy(health).ifPresent(verdict -> npu.put("healthy", verdict));
    }
    List<String> words = FactLines.words(rest);
    number(words, 0).ifPresent(power -> npu.put("power_w", power));
    number(words, 1).ifPresent(degrees -> npu.put("temperature_c", degrees));
  }

  /** A word that is no verdict is none: UNKNOWN is neither well nor ill. */
  private static Optional<Boolean> healthy(String health) {
    return switch (health.toUpperCase(java.util.Locale.ROOT)) {
      case "OK" -> Optional.of(true);
      case "WARNING", "ALARM", "CRITICAL" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Double> number(List<String> words, int at) {
    return Optional.of(words)
        .filter(w -> w.size() > at && w.get(at).matches("[0-9]+([.][0-9]+)?"))
        .map(w -> Double.valueOf(w.get(at)));
  }

  private void chip(List<String> first, String bus, String rest) {
    Map<String, Object> chip = new LinkedHashMap<>(npu);
    chip.put("chip", Long.valueOf(first.get(0)));
    if (first.size() > 1 && !second.isEmpty() && first.get(1).matches("[0-9]+")) {
      chip.put(second, Long.valueOf(first.get(1)));
    }
    chip.put("bus_id", bus);
    number(FactLines.words(rest), 0).ifPresent(use -> chip.put("aicore_percent", use));
    Matcher used = USED.matcher(rest);
    for (String kind : List.of("memory", "hbm")) {
      if (used.find()) {
        chip.put(kind + "_used_mb", Long.valueOf(used.group(1)));
        chip.put(kind + "_total_mb", Long.valueOf(used.group(2)));
      }
    }
    chips.add(ImmutableMap.copyOf(chip));
  }
}
