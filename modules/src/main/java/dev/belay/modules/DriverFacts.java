package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fact {@code ansible_ascend_driver}, of what {@code npu-smi} said. */
final class DriverFacts {
  private DriverFacts() {}

  static ImmutableMap<String, Object> of(FactLines said) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Map<String, String> status = said.pairs("status", ' ');
    List<String> info = said.all("info");
    facts.put("npu_smi", state(said, status));
    error(status.getOrDefault("info", "0"), info).ifPresent(words -> facts.put("error", words));
    NpuTable.version(info).ifPresent(version -> facts.put("version", version));
    ImmutableList<Object> chips = NpuTable.chips(info);
    facts.put("chips", chips);
    facts.put("count", (long) chips.size());
    facts.put("all_healthy", !chips.isEmpty() && chips.stream().allMatch(DriverFacts::isHealthy));
    facts.put("list", NpuTexts.list(said.all("list")));
    facts.put("map", NpuTexts.map(said.all("map")));
    boards(said, facts);
    topology(said, facts);
    return ImmutableMap.copyOf(facts);
  }

  private static boolean isHealthy(Object chip) {
    return Boolean.TRUE.equals(((Map<?, ?>) chip).get("healthy"));
  }

  private static String state(FactLines said, Map<String, String> status) {
    if (!said.all("smi").contains("found")) {
      return said.has("smi") ? "directory" : "absent";
    } else if (said.all("status").stream()
        .anyMatch(line -> line.matches("(info|list|map|board.*|chip.*|topo) (124|137)"))) {
      return "hung";
    }
    return error(status.getOrDefault("info", "0"), said.all("info")).isPresent() ? "failed" : "ok";
  }

  /** Some versions end with 0 although they failed. */
  private static Optional<String> error(String status, List<String> lines) {
    boolean failed =
        !status.equals("0")
            || lines.stream()
                .anyMatch(l -> l.matches(".*(?i)(initialize failed|ret is -).*|DrvMng.*failed.*"));
    return failed ? Optional.of(String.join(" ", lines).strip()) : Optional.empty();
  }

  private static void boards(FactLines said, Map<String, Object> facts) {
    Map<String, Object> boards = new LinkedHashMap<>();
    for (String key : said.said().keySet()) {
      if (key.startsWith("board ")) {
        String npu = key.substring("board ".length());
        Map<String, String> board = new LinkedHashMap<>(NpuTexts.pairs(said.all(key)));
        NpuTexts.pairs(said.all("chip " + npu)).forEach(board::putIfAbsent);
        boards.put(npu, ImmutableMap.copyOf(board));
        NpuTexts.soc(board).ifPresent(soc -> facts.putIfAbsent("soc", soc));
      }
    }
    facts.put("boards", ImmutableMap.copyOf(boards));
  }

  private static void topology(FactLines said, Map<String, Object> facts) {
    List<String> lines = said.all("topo");
    ImmutableMap<String, String> affinity = NpuTexts.affinity(lines);
    facts.put("cpu_affinity", affinity);
    if (!lines.isEmpty() && affinity.isEmpty()) {
      facts.put("topology_error", String.join(" ", lines).strip());
    }
  }
}
