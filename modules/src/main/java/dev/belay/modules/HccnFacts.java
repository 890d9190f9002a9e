package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fact {@code ansible_ascend_network}, of what {@code hccn_tool} said. */
final class HccnFacts {
  private HccnFacts() {}

  static ImmutableMap<String, Object> of(FactLines said) {
    Map<String, String> status = new LinkedHashMap<>();
    for (String line : said.all("status")) {
      int space = line.lastIndexOf(' ');
      status.put(line.substring(0, space), line.substring(space + 1));
    }
    Map<String, Map<String, Object>> npus = new LinkedHashMap<>();
    boolean hung = false;
    for (Map.Entry<String, String> one : status.entrySet()) {
      List<String> words = FactLines.words(one.getKey());
      if (words.size() == 3 && words.get(0).equals("hccn")) {
        hung |= one.getValue().matches("124|137");
        npus.computeIfAbsent(words.get(1), npu -> new LinkedHashMap<>())
            .put(words.get(2), answer(said.all(one.getKey()), one.getValue()));
      }
    }
    ImmutableMap.Builder<String, Object> facts = ImmutableMap.builder();
    ImmutableMap.Builder<String, Object> all = ImmutableMap.builder();
    npus.forEach((npu, answers) -> all.put(npu, ImmutableMap.copyOf(answers)));
    return facts
        .put("hccn_tool", said.has("hccn") ? hung ? "hung" : "ok" : "absent")
        .put("npus", all.buildOrThrow())
        .put("conf", said.pairs("conf", '='))
        .buildOrThrow();
  }

  /** Its pairs; where it has none, or failed, its words. */
  private static ImmutableMap<String, String> answer(List<String> lines, String status) {
    ImmutableMap<String, String> pairs = NpuTexts.pairs(lines);
    return status.equals("0") && !pairs.isEmpty()
        ? pairs
        : ImmutableMap.of("error", (String.join(" ", lines) + " (" + status + ")").strip());
  }
}
