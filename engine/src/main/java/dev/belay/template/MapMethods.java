package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import dev.belay.value.None;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The methods of dictionaries; those that change one as {@link ListMethods} has them. */
final class MapMethods {
  private MapMethods() {}

  static Object call(Map<?, ?> map, String name, Call call) {
    return switch (name) {
      case "items" ->
          map.entrySet().stream()
              .map(e -> Tuple.of(e.getKey(), e.getValue()))
              .collect(toImmutableList());
      case "keys" -> ImmutableList.copyOf(map.keySet());
      case "values" -> ImmutableList.copyOf(map.values());
      case "get" ->
          find(map, call.need(0, "key")).orElseGet(() -> call.raw(1, "default").orElse(None.NONE));
      case "copy" -> new LinkedHashMap<Object, Object>(map);
      case "update", "setdefault", "pop", "popitem", "clear" -> changed(own(map), name, call);
      default -> throw Methods.missing(map, name);
    };
  }

  private static Optional<Object> find(Map<?, ?> map, Object key) {
    return Optional.ofNullable(map.get(key));
  }

  @SuppressWarnings("unchecked")
  private static LinkedHashMap<Object, Object> own(Map<?, ?> map) {
    if (map instanceof LinkedHashMap) {
      return (LinkedHashMap<Object, Object>) map;
    }
    throw new IllegalArgumentException(
        "the value of a variable does not change; use the filter 'combine'");
  }

  private static Object changed(LinkedHashMap<Object, Object> map, String name, Call call) {
    switch (name) {
      case "update" -> {
        map.putAll(Functions.pairs(call));
        Sizes.members(map.size());
      }
      case "setdefault" -> {
        map.putIfAbsent(call.need(0, "key"), call.find(1, "default").orElse(None.NONE));
        Sizes.members(map.size());
        return map.get(call.need(0, "key"));
      }
      case "pop" -> {
        return popped(map, call);
      }
      case "popitem" -> {
        return lastOf(map);
      }
      default -> map.clear();
    }
    return None.NONE;
  }

  private static Object popped(LinkedHashMap<Object, Object> map, Call call) {
    Object key = call.need(0, "key");
    Object value = map.remove(key);
    return Optional.ofNullable(value)
        .or(() -> call.raw(1, "default"))
        .orElseThrow(() -> new IllegalArgumentException(PythonText.repr(key)));
  }

  private static Object lastOf(LinkedHashMap<Object, Object> map) {
    if (map.isEmpty()) {
      throw new IllegalArgumentException("'popitem(): dictionary is empty'");
    }
    Object key = ImmutableList.copyOf(map.keySet()).get(map.size() - 1);
    return Tuple.of(key, map.remove(key));
  }
}
