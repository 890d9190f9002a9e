package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;

/** Python's {@code itertools}, as far as templates have it. */
final class Combinations {
  /** Members of a result. */
  private static final long LIMIT = 1_000_000;

  private Combinations() {}

  static Object product(Call call) {
    List<List<Object>> lists = new ArrayList<>(List.of(call.list()));
    call.positional().forEach(other -> lists.add(Python.iterate(other)));
    long size =
        lists.stream().mapToLong(List::size).reduce(1, (a, b) -> Math.min(LIMIT + 1, a * b));
    refuse(size);
    return Lists.cartesianProduct(lists).stream()
        .map(row -> new Tuple(ImmutableList.copyOf(row)))
        .collect(ImmutableList.toImmutableList());
  }

  private static void refuse(long size) {
    if (size > LIMIT) {
      throw new IllegalArgumentException("this would make more than " + LIMIT + " members");
    }
  }

  static Object permutations(Call call) {
    ImmutableList<Object> list = call.list();
    int length = (int) call.number(0, "r", list.size());
    ImmutableList.Builder<Object> found = ImmutableList.builder();
    permute(list, length, new ArrayList<>(), found, new long[1]);
    return found.build();
  }

  private static void permute(
      List<Object> list,
      int length,
      List<Integer> chosen,
      ImmutableList.Builder<Object> found,
      long[] count) {
    if (chosen.size() == length) {
      refuse(++count[0]);
      found.add(row(list, chosen));
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      if (!chosen.contains(i)) {
        chosen.add(i);
        permute(list, length, chosen, found, count);
        chosen.remove(chosen.size() - 1);
      }
    }
  }

  static Object combinations(Call call) {
    ImmutableList<Object> list = call.list();
    int length = (int) call.number(0, "r", list.size());
    ImmutableList.Builder<Object> found = ImmutableList.builder();
    combine(list, length, 0, new ArrayList<>(), found, new long[1]);
    return found.build();
  }

  private static void combine(
      List<Object> list,
      int length,
      int from,
      List<Integer> chosen,
      ImmutableList.Builder<Object> found,
      long[] count) {
    if (chosen.size() == length) {
      refuse(++count[0]);
      found.add(row(list, chosen));
      return;
    }
    for (int i = from; i < list.size(); i++) {
      chosen.add(i);
      combine(list, length, i + 1, chosen, found, count);
      chosen.remove(chosen.size() - 1);
    }
  }

  private static Tuple row(List<Object> list, List<Integer> chosen) {
    return new Tuple(chosen.stream().map(list::get).collect(ImmutableList.toImmutableList()));
  }
}
