package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Filters that take lists for sets: no member twice, in the order of the first. */
final class SetFilters {
  private SetFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.of(
        "unique", SetFilters::unique,
        "union", call -> union(call),
        "intersect", call -> distinct(those(call.list(), keys(call.list(0, "b")), true)),
        "difference", call -> distinct(those(call.list(), keys(call.list(0, "b")), false)),
        "symmetric_difference", SetFilters::symmetricDifference);
  }

  private static Object unique(Call call) {
    Optional<Object> attribute = call.find(1, "attribute").filter(name -> name != None.NONE);
    boolean mayChange = attribute.isEmpty() && call.list().stream().anyMatch(SetFilters::mayChange);
    if (mayChange && call.find(0, "case_sensitive").filter(Boolean.FALSE::equals).isPresent()) {
      throw new IllegalArgumentException(
          "Jinja2's unique filter failed and we cannot fall back to Ansible's version as it does not"
              + " support the parameters supplied: lists and dictionaries have no case");
    }
    boolean exact = call.flag(0, "case_sensitive", false) || mayChange;
    Set<Object> known = new HashSet<>();
    ImmutableList.Builder<Object> unique = ImmutableList.builder();
    for (Object each : call.list()) {
      Object value =
          Python.used(attribute.map(name -> Selections.attribute(each, name, call)).orElse(each));
      boolean folds = !exact && value instanceof String;
      if (known.add(folds ? PythonText.str(value).toLowerCase(Locale.ROOT) : key(value))) {
        unique.add(each);
      }
    }
    return unique.build();
  }

  private static boolean mayChange(Object value) {
    return value instanceof Map || value instanceof List && !(value instanceof Tuple);
  }

  private static ImmutableList<Object> union(Call call) {
    Object both = Operators.apply("+", call.value(), call.need(0, "b"));
    return distinct(Python.iterate(both));
  }

  private static Object symmetricDifference(Call call) {
    Set<Object> one = keys(call.list());
    Set<Object> other = keys(call.list(0, "b"));
    List<Object> rest = new ArrayList<>();
    for (Object each : union(call)) {
      if (!one.contains(key(each)) || !other.contains(key(each))) {
        rest.add(each);
      }
    }
    return ImmutableList.copyOf(rest);
  }

  private static List<Object> those(List<?> list, Set<Object> keys, boolean wanted) {
    List<Object> those = new ArrayList<>();
    for (Object each : list) {
      if (keys.contains(key(each)) == wanted) {
        those.add(each);
      }
    }
    return those;
  }

  private static ImmutableList<Object> distinct(List<?> list) {
    Set<Object> known = new HashSet<>();
    ImmutableList.Builder<Object> distinct = ImmutableList.builder();
    for (Object each : list) {
      if (known.add(key(each))) {
        distinct.add(each);
      }
    }
    return distinct.build();
  }

  private static Set<Object> keys(List<?> list) {
    Set<Object> keys = new HashSet<>();
    list.forEach(each -> keys.add(key(each)));
    return keys;
  }

  /** What is equal to Java where the values are to Python. */
  static Object key(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1L : 0L;
    } else if (value instanceof Double number && number == Math.rint(number) && isFinite(number)) {
      return Python.integer(new BigDecimal(number).toBigInteger());
    } else if (value instanceof List<?> list) {
      List<Object> keys = new ArrayList<>();
      keys.add(list instanceof Tuple);
      list.forEach(each -> keys.add(key(each)));
      return keys;
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> keys = new HashMap<>();
      map.forEach((name, each) -> keys.put(key(name), key(each)));
      return keys;
    }
    return Python.used(value);
  }

  private static boolean isFinite(Double number) {
    return !number.isInfinite() && !number.isNaN();
  }
}
