package dev.belay.inventory;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import dev.belay.problem.Position;

/** Where the values of an inventory's variables come from, as far as its sources say them. */
final class Origins {
  private final ListMultimap<Key, Origin> kept = ArrayListMultimap.create();

  /** A value and where it stands. */
  record Origin(Object value, Position at) {}

  private record Key(Owner owner, String name, String variable) {}

  private enum Owner {
    GROUP,
    HOST
  }

  void ofHost(String host, String variable, Object value, Position at) {
    kept.put(new Key(Owner.HOST, host, variable), new Origin(value, at));
  }

  void ofGroup(String group, String variable, Object value, Position at) {
    kept.put(new Key(Owner.GROUP, group, variable), new Origin(value, at));
  }

  /** All that was said, the last of which counts. */
  ImmutableList<Origin> host(String host, String variable) {
    return ImmutableList.copyOf(kept.get(new Key(Owner.HOST, host, variable)));
  }

  ImmutableList<Origin> group(String group, String variable) {
    return ImmutableList.copyOf(kept.get(new Key(Owner.GROUP, group, variable)));
  }
}
