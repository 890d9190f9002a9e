package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Filters about lists. */
final class ListFilters {
  private ListFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("list", Call::list)
        .put("first", call -> at(call, 0, "No first item, sequence was empty."))
        .put("last", call -> at(call, call.list().size() - 1, "No last item, sequence was empty."))
        .put("join", ListFilters::join)
        .put("sort", ListFilters::sort)
        .put("unique", ListFilters::unique)
        .put("reverse", ListFilters::reverse)
        .put("min", call -> extreme(call, -1))
        .put("max", call -> extreme(call, 1))
        .put("sum", ListFilters::sum)
        .put("map", Selections::map)
        .put("select", call -> Selections.select(call, true))
        .put("reject", call -> Selections.select(call, false))
        .put("selectattr", call -> Selections.selectByAttribute(call, true))
        .put("rejectattr", call -> Selections.selectByAttribute(call, false))
        .put("groupby", ListFilters::groupBy)
        .put("batch", ListFilters::batch)
        .put("slice", ListFilters::slice)
        .put(
            "flatten",
            call ->
                flatten(
                    call.list(), call.number(0, "levels", -1), call.flag(1, "skip_nulls", true)))
        .put("union", call -> distinct(concat(call.list(), call.list(0, "b"))))
        .put(
            "intersect",
            call -> distinct(call.list().stream().filter(e -> has(call.list(0, "b"), e)).toList()))
        .put(
            "difference",
            call -> distinct(call.list().stream().filter(e -> !has(call.list(0, "b"), e)).toList()))
        .put("symmetric_difference", ListFilters::symmetricDifference)
        .put("zip", call -> zip(call, Optional.empty()))
        .put(
            "zip_longest",
            call -> zip(call, Optional.of(call.named().getOrDefault("fillvalue", None.NONE))))
        .put("product", Combinations::product)
        .put("permutations", Combinations::permutations)
        .put("combinations", Combinations::combinations)
        .put("random", Randoms::random)
        .put("shuffle", Randoms::shuffle)
        .buildOrThrow();
  }

  private static Object at(Call call, int place, String why) {
    ImmutableList<Object> list = call.list();
    return list.isEmpty() ? new Undefined(why, call.at()) : list.get(place);
  }

  private static Object join(Call call) {
    Optional<Object> attribute = call.find(1, "attribute");
    return call.list().stream()
        .map(each -> attribute.map(name -> Selections.attribute(each, name, call)).orElse(each))
        .map(each -> PythonText.str(Python.used(each)))
        .collect(Collectors.joining(call.text(0, "d", "")));
  }

  private static Object sort(Call call) {
    boolean exact = call.flag(1, "case_sensitive", false);
    Optional<Object> attribute = call.find(2, "attribute");
    List<Object> sorted = new ArrayList<>(call.list());
    sorted.sort(order(call, attribute, exact));
    return call.flag(0, "reverse", false)
        ? ImmutableList.copyOf(stableReverse(call, attribute, exact))
        : ImmutableList.copyOf(sorted);
  }

  /** Python's reverse sort keeps equal members in their order. */
  private static List<Object> stableReverse(Call call, Optional<Object> attribute, boolean exact) {
    List<Object> sorted = new ArrayList<>(call.list());
    sorted.sort(order(call, attribute, exact).reversed());
    return sorted;
  }

  private static Comparator<Object> order(Call call, Optional<Object> attribute, boolean exact) {
    List<Optional<Object>> keys =
        attribute
            .map(
                names ->
                    List.of(PythonText.str(names).split(",", -1)).stream()
                        .map(n -> Optional.<Object>of(n))
                        .toList())
            .orElse(List.of(Optional.empty()));
    Comparator<Object> all = (a, b) -> 0;
    for (Optional<Object> key : keys) {
      all =
          all.thenComparing(
              (a, b) -> Python.compare(key(a, key, exact, call), key(b, key, exact, call), "<"));
    }
    return all;
  }

  private static Object key(Object value, Optional<Object> attribute, boolean exact, Call call) {
    Object key =
        Python.used(attribute.map(name -> Selections.attribute(value, name, call)).orElse(value));
    return key instanceof String text && !exact ? text.toLowerCase(java.util.Locale.ROOT) : key;
  }

  private static Object unique(Call call) {
    boolean exact = call.flag(0, "case_sensitive", false);
    Optional<Object> attribute = call.find(1, "attribute").filter(name -> name != None.NONE);
    List<Object> keys = new ArrayList<>();
    ImmutableList.Builder<Object> unique = ImmutableList.builder();
    for (Object each : call.list()) {
      Object key = key(each, attribute, exact, call);
      if (!has(keys, key)) {
        keys.add(key);
        unique.add(each);
      }
    }
    return unique.build();
  }

  private static Object reverse(Call call) {
    return call.value() instanceof String text
        ? new StringBuilder(text).reverse().toString()
        : Lists.reverse(call.list());
  }

  private static Object extreme(Call call, int sign) {
    Optional<Object> attribute = call.find(1, "attribute");
    boolean exact = call.flag(0, "case_sensitive", false);
    Optional<Object> found = Optional.empty();
    for (Object each : call.list()) {
      Object key = key(each, attribute, exact, call);
      if (found.isEmpty()
          || sign * Python.compare(key, key(found.get(), attribute, exact, call), "<") > 0) {
        found = Optional.of(each);
      }
    }
    return found.orElseGet(
        () -> new Undefined("No aggregated item, sequence was empty.", call.at()));
  }

  private static Object sum(Call call) {
    Optional<Object> attribute = call.find(0, "attribute").filter(name -> name != None.NONE);
    Object sum = call.find(1, "start").orElse(0L);
    for (Object each : call.list()) {
      sum =
          Operators.apply(
              "+", sum, attribute.map(name -> Selections.attribute(each, name, call)).orElse(each));
    }
    return sum;
  }

  private static Object groupBy(Call call) {
    Object name = call.need(0, "attribute");
    List<Object> sorted = new ArrayList<>(call.list());
    sorted.sort(order(call, Optional.of(name), true));
    List<Object> keys = new ArrayList<>();
    List<ImmutableList.Builder<Object>> groups = new ArrayList<>();
    for (Object each : sorted) {
      Object key = Selections.attribute(each, name, call);
      if (keys.isEmpty() || !Python.equal(keys.get(keys.size() - 1), key)) {
        keys.add(key);
        groups.add(ImmutableList.builder());
      }
      groups.get(groups.size() - 1).add(each);
    }
    ImmutableList.Builder<Object> pairs = ImmutableList.builder();
    for (int i = 0; i < keys.size(); i++) {
      pairs.add(Tuple.of(keys.get(i), groups.get(i).build()));
    }
    return pairs.build();
  }

  private static Object batch(Call call) {
    int size = (int) call.number(0, "linecount", 1);
    Object fill = call.find(1, "fill_with").orElse(None.NONE);
    List<Object> batches = new ArrayList<>();
    for (List<Object> part : Lists.partition(call.list(), size)) {
      batches.add(filled(part, fill, size));
    }
    return ImmutableList.copyOf(batches);
  }

  private static ImmutableList<Object> filled(List<Object> part, Object fill, int size) {
    List<Object> filled = new ArrayList<>(part);
    while (fill != None.NONE && filled.size() < size) {
      filled.add(fill);
    }
    return ImmutableList.copyOf(filled);
  }

  private static Object slice(Call call) {
    ImmutableList<Object> list = call.list();
    int slices = (int) call.number(0, "slices", 1);
    Object fill = call.find(1, "fill_with").orElse(None.NONE);
    int each = list.size() / slices;
    int longer = list.size() % slices;
    ImmutableList.Builder<Object> parts = ImmutableList.builder();
    int from = 0;
    for (int i = 0; i < slices; i++) {
      int to = from + each + (i < longer ? 1 : 0);
      parts.add(
          i >= longer
              ? filled(list.subList(from, to), fill, to - from + 1)
              : list.subList(from, to));
      from = to;
    }
    return parts.build();
  }

  static ImmutableList<Object> flatten(List<?> list, long levels, boolean skipNulls) {
    ImmutableList.Builder<Object> flat = ImmutableList.builder();
    for (Object each : list) {
      boolean isNull = each == None.NONE || "None".equals(each) || "null".equals(each);
      if (each instanceof List<?> inner) {
        flat.addAll(levels == 0 ? ImmutableList.of(inner) : flatten(inner, levels - 1, skipNulls));
      } else if (!isNull || !skipNulls) {
        flat.add(each);
      }
    }
    return flat.build();
  }

  private static boolean has(List<?> list, Object value) {
    return list.stream().anyMatch(each -> Python.equal(each, value));
  }

  private static List<Object> concat(List<?> one, List<?> other) {
    return ImmutableList.builder().addAll(one).addAll(other).build();
  }

  private static ImmutableList<Object> distinct(List<?> list) {
    List<Object> distinct = new ArrayList<>();
    for (Object each : list) {
      if (!has(distinct, each)) {
        distinct.add(each);
      }
    }
    return ImmutableList.copyOf(distinct);
  }

  private static Object symmetricDifference(Call call) {
    ImmutableList<Object> one = call.list();
    ImmutableList<Object> other = call.list(0, "b");
    return distinct(
        concat(
            one.stream().filter(each -> !has(other, each)).toList(),
            other.stream().filter(each -> !has(one, each)).toList()));
  }

  private static Object zip(Call call, Optional<Object> fill) {
    List<ImmutableList<Object>> lists = new ArrayList<>(List.of(call.list()));
    call.positional().forEach(other -> lists.add(Python.iterate(other)));
    int rows =
        fill.isPresent()
            ? lists.stream().mapToInt(List::size).max().orElse(0)
            : lists.stream().mapToInt(List::size).min().orElse(0);
    ImmutableList.Builder<Object> zipped = ImmutableList.builder();
    for (int i = 0; i < rows; i++) {
      int row = i;
      zipped.add(
          new Tuple(
              lists.stream()
                  .map(list -> row < list.size() ? list.get(row) : fill.orElseThrow())
                  .collect(toImmutableList())));
    }
    return zipped.build();
  }
}
