package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;

/** Python's {@code itertools}, as far as templates have it. */
final class Combinations {
  /** Members of one row: each is one call deeper. */
  private static final int LENGTH_LIMIT = 200;

  private Combinations() {}

  static Object product(Call call) {
    List<List<Object>> lists = new ArrayList<>(List.of(call.list()));
    call.positional().forEach(other -> lists.add(Python.iterate(other)));
    List<List<Object>> all = new ArrayList<>();
    long times = Python.integer(call.named().getOrDefault("repeat", 1L), "repeat").longValue();
    for (long i = 0; i < Sizes.members(times); i++) {
      all.addAll(lists);
    }
    long size = 1;
    for (List<Object> list : all) {
      size = Math.min(Sizes.MEMBER_LIMIT + 1, size * list.size());
    }
    refuse(size * Math.max(1, Math.min(all.size(), LENGTH_LIMIT)));
    return Lists.cartesianProduct(all).stream()
        .map(row -> new Tuple(ImmutableList.copyOf(row)))
        .collect(ImmutableList.toImmutableList());
  }

  private static void refuse(long size) {
    Sizes.members(size);
  }

  private static int length(Call call, int members) {
    long length = call.number(0, "r", members);
    if (length < 0) {
      throw new IllegalArgumentException("r must be non-negative");
    } else if (Math.min(length, members) > LENGTH_LIMIT) {
      throw new IllegalArgumentException("this would take more than " + LENGTH_LIMIT + " of them");
    }
    return (int) Math.min(length, members + 1L);
  }

  static Object permutations(Call call) {
    ImmutableList<Object> list = call.list();
    int length = length(call, list.size());
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
      refuse(++count[0] * Math.max(1, length));
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
    int length = length(call, list.size());
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
      refuse(++count[0] * Math.max(1, length));
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
