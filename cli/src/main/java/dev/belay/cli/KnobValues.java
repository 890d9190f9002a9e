package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PythonText;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The values that a setting has apart from each other: now, as it is stored, and as the next boot
 * will set it. Modules that know them have them in their results.
 */
record KnobValues(ImmutableMap<String, String> byName) {
  /** The results' names. */
  static final ImmutableList<String> NAMES = ImmutableList.of("live", "persisted", "next_boot");

  /** Longer ones are no settings. */
  private static final int LENGTH_LIMIT = 200;

  static KnobValues none() {
    return new KnobValues(ImmutableMap.of());
  }

  /** Those that a result has. */
  static KnobValues of(Map<String, Object> result) {
    ImmutableMap.Builder<String, String> values = ImmutableMap.builder();
    for (String name : NAMES) {
      Object value = result.get(name);
      boolean single = value instanceof String || value instanceof Number;
      if (single && value.toString().length() <= LENGTH_LIMIT) {
        values.put(name, PythonText.str(value));
      }
    }
    return new KnobValues(values.buildOrThrow());
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** On one line: {@code live 60, persisted none}. */
  String line() {
    return byName.entrySet().stream()
        .map(entry -> entry.getKey().replace('_', ' ') + " " + shown(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : Visible.line(value);
  }
}
