package dev.belay.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lookups that make values of values, and ask nobody. Pure, but for {@code random_choice}. */
final class ValueLookups {
  static final ImmutableSet<String> NAMES =
      ImmutableSet.of(
          "items",
          "flattened",
          "list",
          "dict",
          "indexed_items",
          "together",
          "nested",
          "cartesian",
          "subelements",
          "sequence",
          "random_choice");

  private static final SecureRandom RANDOM = new SecureRandom();

  private ValueLookups() {}

  /** What the lookup makes; empty where there is none of that name. */
  static Optional<ImmutableList<Object>> find(
      String name, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
    return switch (name) {
      case "items" -> Optional.of(items(terms));
      case "flattened" -> Optional.of(flattened(terms));
      case "list" -> Optional.of(terms);
      case "dict" -> Optional.of(pairs(terms));
      case "indexed_items" -> Optional.of(indexed(items(terms)));
      case "together" -> Optional.of(together(lists(terms)));
      case "nested", "cartesian" -> Optional.of(nested(lists(terms)));
      case "subelements" -> Optional.of(Subelements.of(terms));
      case "sequence" ->
          Optional.of(
              terms.isEmpty()
                  ? Sequence.of("", options)
                  : terms.stream()
                      .flatMap(term -> Sequence.of(PythonText.str(term), options).stream())
                      .collect(toImmutableList()));
      case "random_choice" -> Optional.of(one(terms));
      default -> Optional.empty();
    };
  }

  static EvaluationException wrong(String what) {
    return new EvaluationException(Position.of("lookup"), what);
  }

  private static ImmutableList<Object> items(List<Object> terms) {
    ImmutableList.Builder<Object> items = ImmutableList.builder();
    for (Object term : terms) {
      items.addAll(term instanceof List<?> list ? list : List.of(term));
    }
    return items.build();
  }

  private static ImmutableList<Object> flattened(List<?> terms) {
    ImmutableList.Builder<Object> flat = ImmutableList.builder();
    for (Object term : terms) {
      flat.addAll(term instanceof List<?> list ? flattened(list) : List.of(term));
    }
    return flat.build();
  }

  private static ImmutableList<Object> pairs(List<Object> terms) {
    ImmutableList.Builder<Object> pairs = ImmutableList.builder();
    for (Object term : terms) {
      if (!(term instanceof Map<?, ?> map)) {
        throw wrong("with_dict expects a dict");
      }
      map.forEach((key, value) -> pairs.add(ImmutableMap.of("key", key, "value", value)));
    }
    return pairs.build();
  }

  private static ImmutableList<Object> indexed(List<Object> items) {
    ImmutableList.Builder<Object> indexed = ImmutableList.builder();
    for (int i = 0; i < items.size(); i++) {
      indexed.add(ImmutableList.of((long) i, items.get(i)));
    }
    return indexed.build();
  }

  private static ImmutableList<List<Object>> lists(List<Object> terms) {
    return terms.stream().map(term -> items(ImmutableList.of(term))).collect(toImmutableList());
  }

  /** Side by side; what is shorter is filled up with nothing. */
  private static ImmutableList<Object> together(List<List<Object>> lists) {
    if (lists.isEmpty()) {
      throw wrong("with_together requires at least one element in each list");
    }
    int length = lists.stream().mapToInt(List::size).max().orElse(0);
    ImmutableList.Builder<Object> rows = ImmutableList.builder();
    for (int i = 0; i < length; i++) {
      int row = i;
      rows.add(
          lists.stream()
              .map(list -> row < list.size() ? list.get(row) : dev.belay.value.None.NONE)
              .collect(toImmutableList()));
    }
    return rows.build();
  }

  private static ImmutableList<Object> nested(List<List<Object>> lists) {
    if (lists.isEmpty()) {
      throw wrong("with_nested requires at least one element in the nested list");
    }
    return Lists.cartesianProduct(lists).stream()
        .map(row -> flattenedOnce(row))
        .collect(toImmutableList());
  }

  private static ImmutableList<Object> flattenedOnce(List<Object> row) {
    return items(new ArrayList<>(row));
  }

  private static ImmutableList<Object> one(ImmutableList<Object> terms) {
    return terms.isEmpty() ? terms : ImmutableList.of(terms.get(RANDOM.nextInt(terms.size())));
  }
}
