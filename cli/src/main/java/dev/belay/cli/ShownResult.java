package dev.belay.cli;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.ModuleSpec;
import dev.belay.value.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a task's result goes into the JSON lines: the values that its module documents, and those
 * of a setting.
 *
 * <p>Facts are left out: those of {@code setup} are many, and those of {@code set_fact} are the
 * playbook's variables, which may be secrets. Values that are large are left out and named.
 *
 * @param omitted names of values that are too large
 */
record ShownResult(ImmutableMap<String, Object> values, ImmutableList<String> omitted) {
  /** Characters of one value's JSON. */
  static final int VALUE_LIMIT = 1000;

  /** Facts have a command of their own, and differences are the changes of the same line. */
  private static final ImmutableSet<String> SAID_ELSEWHERE =
      ImmutableSet.of("ansible_facts", "diff");

  /** Knows the documented results of modules. */
  static final class Filter {
    private final ImmutableMap<String, ImmutableSet<String>> documented;

    Filter(List<ModuleSpec> modules) {
      documented =
          modules.stream().collect(toImmutableMap(ModuleSpec::name, Filter::names, (a, b) -> a));
    }

    private static ImmutableSet<String> names(ModuleSpec module) {
      return module.results().stream()
          .map(ModuleSpec.Result::name)
          .collect(ImmutableSet.toImmutableSet());
    }

    ShownResult of(String module, Map<String, Object> result) {
      Map<String, Object> shown = new LinkedHashMap<>();
      List<String> omitted = new ArrayList<>();
      ImmutableSet<String> names = documented.getOrDefault(module, ImmutableSet.of());
      for (Map.Entry<String, Object> entry : result.entrySet()) {
        String name = entry.getKey();
        boolean wanted = names.contains(name) && !SAID_ELSEWHERE.contains(name);
        if (!wanted && !KnobValues.NAMES.contains(name) || entry.getValue() instanceof Unknown) {
          continue;
        } else if (JsonValues.text(entry.getValue(), JsonValues.Layout.LINE).length()
            > VALUE_LIMIT) {
          omitted.add(name);
        } else {
          shown.put(name, withoutPassword(entry.getValue()));
        }
      }
      return new ShownResult(ImmutableMap.copyOf(shown), ImmutableList.copyOf(omitted));
    }
  }

  /** An address may hold a password: {@code https://me:secret@host/}. */
  private static Object withoutPassword(Object value) {
    return value instanceof String text
        ? text.replaceAll("(?<=://)[^/\\s@]*:[^/\\s@]*@", "***@")
        : value;
  }
}
