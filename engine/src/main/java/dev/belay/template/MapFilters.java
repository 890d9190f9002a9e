package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Filters about dictionaries. */
final class MapFilters {
  private MapFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("combine", MapFilters::combine)
        .put("dict2items", MapFilters::toItems)
        .put("items2dict", MapFilters::ofItems)
        .put(
            "items",
            call -> call.subject() instanceof Undefined ? ImmutableList.of() : pairs(call.map()))
        .put("dictsort", MapFilters::sorted)
        .put("extract", MapFilters::extract)
        .put("subelements", SubelementsFilter::of)
        .put("rekey_on_member", MapFilters::rekey)
        .buildOrThrow();
  }

  private static ImmutableList<Object> pairs(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(e -> Tuple.of(e.getKey(), e.getValue()))
        .collect(toImmutableList());
  }

  private static Object combine(Call call) {
    if (!List.of("recursive", "list_merge").containsAll(call.named().keySet())) {
      throw new IllegalArgumentException(
          "'recursive' and 'list_merge' are the only valid keyword arguments");
    }
    boolean recursive = Python.truth(call.named().getOrDefault("recursive", false));
    String lists = PythonText.str(call.named().getOrDefault("list_merge", "replace"));
    List<Object> maps = new ArrayList<>();
    maps.add(call.value());
    maps.addAll(call.positional());
    ImmutableList<Object> all = ListFilters.flatten(maps, 1, true);
    if (all.size() == 1) {
      return all.get(0);
    }
    Map<Object, Object> combined = new LinkedHashMap<>();
    for (Object each : all) {
      if (!(Python.used(each) instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException(
            "failed to combine variables, expected dicts but got a '"
                + Python.type(each)
                + "': "
                + PythonText.repr(each));
      }
      merge(combined, map, recursive, lists);
    }
    return ImmutableMap.copyOf(combined);
  }

  private static void merge(
      Map<Object, Object> into, Map<?, ?> from, boolean recursive, String lists) {
    from.forEach(
        (key, value) -> {
          Object before = into.get(key);
          if (recursive && before instanceof Map<?, ?> one && value instanceof Map<?, ?> other) {
            Map<Object, Object> inner = new LinkedHashMap<>(one);
            merge(inner, other, true, lists);
            into.put(key, ImmutableMap.copyOf(inner));
          } else if (before instanceof List<?> one && value instanceof List<?> other) {
            into.put(key, mergedLists(one, other, lists));
          } else {
            into.put(key, value);
          }
        });
  }

  private static Object mergedLists(List<?> one, List<?> other, String how) {
    return switch (how) {
      case "keep" -> one;
      case "append" -> joined(one, other);
      case "prepend" -> joined(other, one);
      case "append_rp" -> joined(without(one, other), other);
      case "prepend_rp" -> joined(other, without(one, other));
      default -> other;
    };
  }

  private static ImmutableList<Object> joined(List<?> one, List<?> other) {
    return ImmutableList.builder().addAll(one).addAll(other).build();
  }

  private static List<?> without(List<?> list, List<?> drop) {
    return list.stream()
        .filter(each -> drop.stream().noneMatch(d -> Python.equal(d, each)))
        .toList();
  }

  private static Object toItems(Call call) {
    String key = call.text(0, "key_name", "key");
    String value = call.text(1, "value_name", "value");
    if (!(call.value() instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(
          "dict2items requires a dictionary, got "
              + PythonText.ofClass(call.value())
              + " instead.");
    }
    return map.entrySet().stream()
        .map(entry -> ImmutableMap.<Object, Object>of(key, entry.getKey(), value, entry.getValue()))
        .collect(toImmutableList());
  }

  private static Object ofItems(Call call) {
    Object key = call.text(0, "key_name", "key");
    Object value = call.text(1, "value_name", "value");
    if (!(call.value() instanceof List<?> list)) {
      throw new IllegalArgumentException(
          "items2dict requires a list, got " + PythonText.ofClass(call.value()) + " instead.");
    }
    ImmutableMap.Builder<Object, Object> map = ImmutableMap.builder();
    for (Object item : list) {
      if (!(item instanceof Map<?, ?> pair)) {
        throw new IllegalArgumentException(
            "items2dict requires a list of dictionaries, got "
                + PythonText.repr(list)
                + " instead.");
      } else if (!pair.containsKey(key) || !pair.containsKey(value)) {
        throw new IllegalArgumentException(
            "items2dict requires each dictionary in the list to contain the keys '"
                + key
                + "' and '"
                + value
                + "', got "
                + PythonText.repr(list)
                + " instead.");
      }
      map.put(pair.get(key), pair.get(value));
    }
    return map.buildKeepingLast();
  }

  private static Object needed(Object item, Object key, Call call) {
    return Python.used(Members.of(item, key, call.at()));
  }

  private static Object sorted(Call call) {
    boolean byValue = call.text(1, "by", "key").equals("value");
    boolean exact = call.flag(0, "case_sensitive", false);
    Comparator<Map.Entry<?, ?>> order =
        (a, b) ->
            Python.compare(folded(part(a, byValue), exact), folded(part(b, byValue), exact), "<");
    List<Map.Entry<?, ?>> entries = new ArrayList<>(call.map().entrySet());
    entries.sort(call.flag(2, "reverse", false) ? order.reversed() : order);
    return entries.stream().map(e -> Tuple.of(e.getKey(), e.getValue())).collect(toImmutableList());
  }

  private static Object part(Map.Entry<?, ?> entry, boolean value) {
    return value ? entry.getValue() : entry.getKey();
  }

  private static Object folded(Object value, boolean exact) {
    return value instanceof String text && !exact ? text.toLowerCase(java.util.Locale.ROOT) : value;
  }

  private static Object extract(Call call) {
    Object container = call.raw(0, "container").orElseGet(() -> call.need(0, "container"));
    Object value = Members.of(container, call.value(), call.at());
    Object more = call.find(1, "morekeys").orElse(None.NONE);
    List<?> keys =
        more == None.NONE ? List.of() : more instanceof List<?> list ? list : List.of(more);
    for (Object key : keys) {
      value = Members.of(value, key, call.at());
    }
    return value;
  }

  private static Object rekey(Call call) {
    Object key = call.need(0, "key");
    String duplicates = call.text(1, "duplicates", "error");
    if (!duplicates.matches("error|overwrite")) {
      throw new IllegalArgumentException(
          "duplicates parameter to rekey_on_member has unknown value: " + duplicates);
    } else if (!(call.value() instanceof Map || call.value() instanceof List)) {
      throw new IllegalArgumentException("Type is not a valid list, set, or dict");
    }
    List<?> members =
        call.value() instanceof Map<?, ?> map ? List.copyOf(map.values()) : call.list();
    Map<Object, Object> rekeyed = new LinkedHashMap<>();
    for (Object member : members) {
      if (!(member instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("List item is not a valid dict");
      } else if (!map.containsKey(key)) {
        throw new IllegalArgumentException("Key " + PythonText.str(key) + " was not found");
      }
      Object name = needed(member, key, call);
      if (rekeyed.put(name, member) != null && duplicates.equals("error")) {
        throw new IllegalArgumentException(
            "Key " + PythonText.str(name) + " is not unique, cannot correctly turn into dict");
      }
    }
    return ImmutableMap.copyOf(rekeyed);
  }
}
