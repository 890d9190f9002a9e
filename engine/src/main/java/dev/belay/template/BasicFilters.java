package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters about any value: defaults, truth, types. */
final class BasicFilters {
  private static final Set<String> TRUE_WORDS = Set.of("yes", "on", "1", "true");

  private BasicFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("default", BasicFilters::byDefault)
        .put("d", BasicFilters::byDefault)
        .put("mandatory", BasicFilters::mandatory)
        .put("bool", BasicFilters::bool)
        .put("ternary", BasicFilters::ternary)
        .put("type_debug", call -> typeDebug(call.subject()))
        .put("string", call -> call.text())
        .put("length", call -> size(call.value()))
        .put("count", call -> size(call.value()))
        .put("safe", Call::value)
        .put("attr", call -> Members.attribute(call.value(), call.text(0, "name"), call.at()))
        .put("pprint", call -> PythonText.repr(sorted(call.value())))
        .put("vault", BasicFilters::noVault)
        .put("unvault", BasicFilters::noVault)
        .buildOrThrow();
  }

  /** As Python's {@code pprint} has dictionaries. */
  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Map.Entry<?, ?>> byName = new java.util.TreeMap<>();
      map.entrySet().forEach(entry -> byName.put(PythonText.repr(entry.getKey()), entry));
      ImmutableMap.Builder<Object, Object> sorted = ImmutableMap.builder();
      byName.values().forEach(entry -> sorted.put(entry.getKey(), sorted(entry.getValue())));
      return sorted.buildOrThrow();
    } else if (value instanceof List<?> list && !(value instanceof Tuple)) {
      return list.stream().map(BasicFilters::sorted).toList();
    }
    return value;
  }

  private static Object noVault(Call call) {
    throw new IllegalArgumentException("vault filters are not supported");
  }

  private static Object byDefault(Call call) {
    boolean absent = call.subject() instanceof Undefined;
    boolean empty = !absent && call.flag(1, "boolean", false) && !Python.truth(call.subject());
    return absent || empty ? call.raw(0, "default_value").orElse("") : call.subject();
  }

  private static Object mandatory(Call call) {
    if (call.subject() instanceof Undefined undefined) {
      throw new IllegalArgumentException(
          call.text(0, "msg", "Mandatory variable " + undefined.quoted() + " not defined."));
    }
    return call.subject();
  }

  private static Object bool(Call call) {
    Object value = call.value();
    if (value == None.NONE || value instanceof Boolean) {
      return value;
    } else if (value instanceof String text) {
      return TRUE_WORDS.contains(text.toLowerCase(java.util.Locale.ROOT));
    }
    return Python.isNumber(value) && Python.real(value) == 1;
  }

  private static Object ternary(Call call) {
    Object value = call.value();
    if (value == None.NONE && call.raw(2, "none_val").isPresent()) {
      return call.raw(2, "none_val").get();
    }
    return Python.truth(value)
        ? call.raw(0, "true_val").orElse(None.NONE)
        : call.raw(1, "false_val").orElse(None.NONE);
  }

  private static String typeDebug(Object value) {
    return value instanceof Undefined ? "AnsibleUndefined" : Python.type(value);
  }

  static long size(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    } else if (value instanceof List<?> list) {
      return list.size();
    }
    throw new IllegalArgumentException("object of type '" + Python.type(value) + "' has no len()");
  }
}
