package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.util.stream.Collectors;

/**
 * A set of numbers that the kernel writes as {@code 50000-50001,60000-60031}: sorted, neighbours
 * joined.
 */
record PortSet(ImmutableRangeSet<Long> ranges) {

  /**
   * The set that is written so; an empty text is the empty set.
   *
   * @throws IllegalArgumentException where it is none
   */
  static PortSet of(String text) {
    RangeSet<Long> ranges = TreeRangeSet.create();
    for (String part : Splitter.onPattern("[,\\s]+").omitEmptyStrings().split(text)) {
      if (!part.matches("[0-9]{1,18}(-[0-9]{1,18})?")) {
        throw new IllegalArgumentException(
            "'" + part + "' is no number and no range such as 60000-60031");
      }
      int dash = part.indexOf('-');
      long from = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
      long to = Long.parseLong(dash < 0 ? part : part.substring(dash + 1));
      ranges.add(Range.closed(from, to).canonical(DiscreteDomain.longs()));
    }
    return new PortSet(ImmutableRangeSet.copyOf(ranges));
  }

  boolean holds(PortSet other) {
    return ranges.enclosesAll(other.ranges);
  }

  PortSet with(PortSet other) {
    return new PortSet(ranges.union(other.ranges));
  }

  @Override
  public String toString() {
    return ranges.asRanges().stream().map(PortSet::written).collect(Collectors.joining(","));
  }

  private static String written(Range<Long> range) {
    ContiguousSet<Long> numbers = ContiguousSet.create(range, DiscreteDomain.longs());
    return numbers.size() == 1
        ? String.valueOf(numbers.first())
        : numbers.first() + "-" + numbers.last();
  }
}
