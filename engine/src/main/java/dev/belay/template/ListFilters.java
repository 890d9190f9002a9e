package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Filters about lists. */
final class ListFilters {
  private ListFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("list", call -> new ArrayList<>(call.list()))
        .put("first", call -> at(call, 0, "No first item, sequence was empty."))
        .put("last", call -> at(call, call.list().size() - 1, "No last item, sequence was empty."))
        .put("join", ListFilters::join)
        .put("sort", Orders::sort)
        .put("reverse", ListFilters::reverse)
        .put("min", call -> Orders.extreme(call, -1))
        .put("max", call -> Orders.extreme(call, 1))
        .put("sum", ListFilters::sum)
        .put("map", Selections::map)
        .put("select", call -> Selections.select(call, true))
        .put("reject", call -> Selections.select(call, false))
        .put("selectattr", call -> Selections.selectByAttribute(call, true))
        .put("rejectattr", call -> Selections.selectByAttribute(call, false))
        .put("groupby", Orders::groupBy)
        .put("batch", ListFilters::batch)
        .put("slice", ListFilters::slice)
        .put(
            "flatten",
            call ->
                flatten(
                    call.list(), call.number(0, "levels", -1), call.flag(1, "skip_nulls", true)))
        .putAll(SetFilters.all())
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
    Optional<Object> attribute = call.find(1, "attribute").filter(name -> name != None.NONE);
    String separator = call.text(0, "d", "");
    StringBuilder joined = new StringBuilder();
    boolean first = true;
    for (Object each : call.list()) {
      Object part = attribute.map(name -> Selections.attribute(each, name, call)).orElse(each);
      joined.append(first ? "" : separator).append(PythonText.str(Python.used(part)));
      Sizes.text(joined.length());
      first = false;
    }
    return joined.toString();
  }

  private static Object reverse(Call call) {
    return call.value() instanceof String text
        ? new StringBuilder(text).reverse().toString()
        : Lists.reverse(call.list());
  }

  private static Object sum(Call call) {
    Optional<Object> attribute = call.find(0, "attribute").filter(name -> name != None.NONE);
    Object sum = call.find(1, "start").orElse(0L);
    for (Object each : call.list()) {
      call.spend(1 + Sizes.steps(sum));
      sum =
          Operators.apply(
              "+", sum, attribute.map(name -> Selections.attribute(each, name, call)).orElse(each));
    }
    return sum;
  }

  private static Object batch(Call call) {
    int size = (int) Math.max(1, Sizes.members(call.number(0, "linecount", 1)));
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
    int slices = (int) Math.max(1, Sizes.members(call.number(0, "slices", 1)));
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
