package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.belay.playbook.Rollout;
import dev.belay.template.PythonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Puts a play's hosts in order, and divides them into those that are taken together. Pure. */
final class Batches {
  private Batches() {}

  /** The hosts in that order; {@code hosts} are in the inventory's. */
  static ImmutableList<String> ordered(
      ImmutableList<String> hosts, Rollout.HostOrder order, Random random) {
    return switch (order) {
      case INVENTORY -> hosts;
      case REVERSE_INVENTORY -> hosts.reverse();
      case SORTED -> ImmutableList.sortedCopyOf(hosts);
      case REVERSE_SORTED -> ImmutableList.sortedCopyOf(hosts).reverse();
      case SHUFFLE -> shuffled(hosts, random);
    };
  }

  private static ImmutableList<String> shuffled(ImmutableList<String> hosts, Random random) {
    List<String> mixed = new ArrayList<>(hosts);
    Collections.shuffle(mixed, random);
    return ImmutableList.copyOf(mixed);
  }

  /**
   * The batches, by their sizes; the last size goes for all that follow. A size that is not above
   * zero takes all that are left.
   *
   * @throws IllegalArgumentException for a size that is neither a number nor a percentage
   */
  static ImmutableList<ImmutableList<String>> of(ImmutableList<String> hosts, List<?> sizes) {
    ImmutableList.Builder<ImmutableList<String>> batches = ImmutableList.builder();
    int from = 0;
    for (int i = 0; from < hosts.size(); i++) {
      int size = sizes.isEmpty() ? 0 : size(sizes.get(Math.min(i, sizes.size() - 1)), hosts.size());
      int to = size <= 0 ? hosts.size() : Math.min(hosts.size(), from + size);
      batches.add(hosts.subList(from, to));
      from = to;
    }
    return batches.build();
  }

  private static int size(Object size, int hosts) {
    String text = PythonText.str(size).strip();
    if (text.matches("[0-9]{1,9}([.][0-9]+)?%")) {
      double percent = Double.parseDouble(text.substring(0, text.length() - 1));
      return Math.max(1, (int) (percent / 100 * hosts));
    } else if (text.matches("-?[0-9]{1,9}")) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "'serial' takes numbers and percentages, and '" + text + "' is neither");
  }

  /** The members of sizes that are lists themselves, as a template's value may be. */
  static ImmutableList<Object> flat(List<?> sizes) {
    ImmutableList.Builder<Object> flat = ImmutableList.builder();
    Lists.newArrayList(sizes)
        .forEach(size -> flat.addAll(size instanceof List<?> more ? more : List.of(size)));
    return flat.build();
  }
}
