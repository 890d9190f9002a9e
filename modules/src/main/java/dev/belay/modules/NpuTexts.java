package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The other texts of {@code npu-smi}, and those of {@code hccn_tool}. */
final class NpuTexts {
  private NpuTexts() {}

  /** {@code Key : Value} lines, keys in lower case with underscores. */
  static ImmutableMap<String, String> pairs(List<String> lines) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        pairs.put(name(line.substring(0, colon)), line.substring(colon + 1).strip());
      }
    }
    return ImmutableMap.copyOf(pairs);
  }

  private static String name(String key) {
    return key.strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_|_$", "");
  }

  /** The blocks of {@code info -l}, one for each NPU. */
  static ImmutableList<Object> list(List<String> lines) {
    ImmutableList.Builder<Object> all = ImmutableList.builder();
    List<String> block = new ArrayList<>();
    for (String line : lines) {
      if (line.strip().startsWith("NPU ID")) {
        add(block, all);
        block = new ArrayList<>();
      }
      block.add(line);
    }
    add(block, all);
    return all.build();
  }

  private static void add(List<String> block, ImmutableList.Builder<Object> all) {
    ImmutableMap<String, String> pairs = pairs(block);
    if (pairs.containsKey("npu_id")) {
      all.add(pairs);
    }
  }

  /**
   * The rows of {@code info -m} by the names of its header; rows of another length are left out.
   */
  static ImmutableList<Object> map(List<String> lines) {
    ImmutableList.Builder<Object> rows = ImmutableList.builder();
    List<String> header = List.of();
    for (String line : lines) {
      List<String> cells = List.of(line.strip().split("\\t+\\s*|\\s{2,}"));
      if (line.contains("NPU ID")) {
        header = cells.stream().map(NpuTexts::name).toList();
      } else if (cells.size() == header.size() && cells.get(0).matches("[0-9]+")) {
        ImmutableMap.Builder<String, Object> row = ImmutableMap.builder();
        for (int i = 0; i < cells.size(); i++) {
          row.put(header.get(i), cells.get(i));
        }
        rows.add(row.buildKeepingLast());
      }
    }
    return rows.build();
  }

  /** CPUs that are near each NPU, from {@code info -t topo}: the last column. */
  static ImmutableMap<String, String> affinity(List<String> lines) {
    Map<String, String> affinity = new LinkedHashMap<>();
    for (String line : lines) {
      List<String> words = FactLines.words(line);
      boolean row = words.size() > 2 && words.get(0).matches("NPU[0-9]+");
      String last = words.isEmpty() ? "" : words.get(words.size() - 1);
      if (row && last.matches("[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*")) {
        affinity.put(words.get(0), last);
      }
    }
    return ImmutableMap.copyOf(affinity);
  }

  /**
   * The processor's name as software for it spells it, from its board: type and name on A2 and
   * 310P, name and NPU name on later ones.
   */
  static Optional<String> soc(Map<String, String> board) {
    String type = board.getOrDefault("chip_type", "");
    String name = board.getOrDefault("chip_name", "");
    String npu = board.getOrDefault("npu_name", "");
    if (name.isEmpty()) {
      return Optional.empty();
    } else if (name.toLowerCase(Locale.ROOT).contains("a2g3")) {
      return Optional.of("ascend910b1");
    }
    String whole = npu.isEmpty() || npu.equals("-") ? type + name : name + "_" + npu;
    String plain = whole.toLowerCase(Locale.ROOT).replace(" ", "");
    return Optional.of(plain.startsWith("ascend") ? plain : "ascend" + plain);
  }
}
