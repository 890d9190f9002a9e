package dev.belay.modules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The fact {@code ansible_ascend_runtime}: what starts containers, and with which runtime. */
final class RuntimeFacts {
  private RuntimeFacts() {}

  static ImmutableMap<String, Object> of(FactLines said) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (String program : ImmutableList.of("docker", "containerd", "isulad")) {
      facts.put(program, said.all("runtime").contains(program));
    }
    Optional<Map<?, ?>> daemon = said.one("daemon_json").flatMap(RuntimeFacts::json);
    facts.put(
        "daemon_json",
        daemon.isPresent()
            ? "ok"
            : said.has("daemon_json") || said.has("daemon_json_closed") ? "unreadable" : "absent");
    daemon.ifPresent(
        settings -> {
          Optional.ofNullable(settings.get("default-runtime"))
              .ifPresent(name -> facts.put("default_runtime", name.toString()));
          if (settings.get("runtimes") instanceof Map<?, ?> runtimes) {
            facts.put(
                "runtimes",
                runtimes.keySet().stream()
                    .map(Object::toString)
                    .collect(ImmutableList.toImmutableList()));
          }
        });
    said.one("containerd_default").ifPresent(name -> facts.put("containerd_default_runtime", name));
    return ImmutableMap.copyOf(facts);
  }

  private static Optional<Map<?, ?>> json(String text) {
    try {
      return Json.read(text) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
