package dev.belay.custom;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Convert;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.template.Json;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what a program of the user's printed: a JSON object, from the first line that begins with a
 * brace to the last that ends with one. What is printed around it is no part of the result.
 */
final class Said {
  private static final String FAILURE = "MODULE FAILURE: ";

  private final Output output;

  Said(Output output) {
    this.output = output;
  }

  /** What came of it. */
  Acted acted() {
    if (output.cut() > 0) {
      return broken("it printed more than is read");
    }
    List<String> lines = output.out().lines().toList();
    int from = first(lines);
    int to = last(lines);
    if (from > to) {
      return broken("it printed no JSON object");
    }
    try {
      return Json.read(String.join("\n", lines.subList(from, to + 1))) instanceof Map<?, ?> object
          ? acted(object, lines.subList(to + 1, lines.size()))
          : broken("it printed no JSON object");
    } catch (IllegalArgumentException e) {
      return broken("what it printed is no JSON object: " + e.getMessage());
    }
  }

  private static int first(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith("{")) {
        return i;
      }
    }
    return lines.size();
  }

  private static int last(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).strip().endsWith("}")) {
        return i;
      }
    }
    return -1;
  }

  private Acted broken(String why) {
    String said = output.err().isBlank() ? "" : ": " + output.err().strip();
    return new Acted(
        ImmutableMap.of(
            "module_stdout", output.out(),
            "module_stderr", output.err(),
            "rc", (long) output.status()),
        Optional.of(FAILURE + why + ", and ended with status " + output.status() + said));
  }

  private static Acted acted(Map<?, ?> object, List<String> behind) {
    Map<String, Object> values = new LinkedHashMap<>();
    withoutInternal(object).forEach((key, value) -> values.put(key.toString(), value));
    addLines(values, "stdout");
    addLines(values, "stderr");
    return new Acted(
        ImmutableMap.copyOf(values),
        hasFailed(values) ? Optional.of(why(values)) : Optional.empty(),
        effect(values),
        remarks(values, behind));
  }

  /** Ansible's own words to a module are no part of what it says, however deep. */
  private static Map<?, ?> withoutInternal(Map<?, ?> object) {
    ImmutableMap.Builder<Object, Object> kept = ImmutableMap.builder();
    object.forEach(
        (key, value) -> {
          if (!key.toString().startsWith("_ansible_")) {
            kept.put(key, value instanceof Map<?, ?> map ? withoutInternal(map) : value);
          }
        });
    return kept.buildOrThrow();
  }

  private static void addLines(Map<String, Object> values, String stream) {
    if (values.containsKey(stream)) {
      Object text = values.get(stream);
      values.putIfAbsent(
          stream + "_lines",
          text == None.NONE
              ? ImmutableList.of()
              : PythonText.str(text).lines().collect(toImmutableList()));
    }
  }

  /** Where it does not say, a status that is not 0 says it. */
  private static boolean hasFailed(Map<String, Object> values) {
    Object rc = values.getOrDefault("rc", 0L);
    return values.containsKey("failed")
        ? isTrue(values.get("failed"))
        : !rc.equals(0L) && !rc.equals("0");
  }

  private static String why(Map<String, Object> values) {
    return values.containsKey("msg")
        ? PythonText.str(values.get("msg"))
        : "the module says that it failed, and not why";
  }

  private static Acted.Effect effect(Map<String, Object> values) {
    if (isTrue(values.getOrDefault("skipped", false))) {
      return Acted.Effect.SKIPPED;
    }
    return isTrue(values.getOrDefault("changed", false))
        ? Acted.Effect.CHANGED
        : Acted.Effect.UNCHANGED;
  }

  private static boolean isTrue(Object value) {
    try {
      return value != None.NONE && Convert.flag(value);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static ImmutableList<Remark> remarks(Map<String, Object> values, List<String> behind) {
    Stream<Remark> warnings =
        values.getOrDefault("warnings", ImmutableList.of()) instanceof List<?> list
            ? list.stream().map(warning -> Remark.note(PythonText.str(warning)))
            : Stream.of();
    String rest = String.join(" ", behind).strip();
    return Stream.concat(
            warnings,
            rest.isEmpty()
                ? Stream.of()
                : Stream.of(Remark.note("the module printed more behind its JSON: " + rest)))
        .collect(toImmutableList());
  }
}
