package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import java.util.stream.Collectors;

/**
 * A task's place in a play. Tasks that are included while it runs get a longer path, behind the
 * task that includes them.
 */
public record Order(ImmutableList<Integer> path) implements Comparable<Order> {

  public static Order of(int index) {
    return new Order(ImmutableList.of(index));
  }

  /** The place of the {@code index}th task that the task here brings in. */
  public Order inside(int index) {
    return new Order(ImmutableList.<Integer>builder().addAll(path).add(index).build());
  }

  /** The place just behind this one and all that it brings in. */
  public Order next() {
    int last = path.size() - 1;
    return new Order(
        ImmutableList.<Integer>builder()
            .addAll(path.subList(0, last))
            .add(path.get(last) + 1)
            .build());
  }

  @Override
  public int compareTo(Order other) {
    return Ordering.<Integer>natural().lexicographical().compare(path, other.path);
  }

  @Override
  public String toString() {
    return path.stream().map(String::valueOf).collect(Collectors.joining("."));
  }
}
