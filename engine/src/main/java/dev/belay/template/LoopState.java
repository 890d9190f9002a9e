package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code loop} tells inside of a for statement. */
final class LoopState extends AbstractMap<Object, Object> {
  private final ImmutableMap<Object, Object> told;
  private final Optional<Operation> again;

  private LoopState(ImmutableMap<Object, Object> told, Optional<Operation> again) {
    this.told = told;
    this.again = again;
  }

  /**
   * The state in one round.
   *
   * @param depth how many loops of the same statement are inside of each other, from 1
   * @param last what {@code changed} was told in the round before
   * @param again goes through other items with the same body
   */
  static LoopState of(
      List<Object> items, int index, int depth, Object[] last, Optional<Operation> again) {
    ImmutableMap.Builder<Object, Object> loop = ImmutableMap.builder();
    int size = items.size();
    loop.put("index", index + 1L).put("index0", (long) index);
    loop.put("revindex", (long) size - index).put("revindex0", size - index - 1L);
    loop.put("first", index == 0).put("last", index == size - 1).put("length", (long) size);
    loop.put("depth", (long) depth).put("depth0", depth - 1L);
    loop.put("cycle", (Operation) call -> cycle(call, index));
    loop.put("changed", (Operation) call -> hasChanged(call, last));
    if (index > 0) {
      loop.put("previtem", items.get(index - 1));
    }
    if (index + 1 < size) {
      loop.put("nextitem", items.get(index + 1));
    }
    return new LoopState(loop.buildOrThrow(), again);
  }

  private static Object cycle(Call call, int index) {
    if (call.positional().isEmpty()) {
      throw new IllegalArgumentException("no items for cycling given");
    }
    return call.positional().get(index % call.positional().size());
  }

  private static boolean hasChanged(Call call, Object[] last) {
    Tuple now = new Tuple(call.positional());
    boolean same = last[0] != null && Python.equal(last[0], now);
    last[0] = now;
    return !same;
  }

  /** {@code loop(…)}. */
  Object again(Call call) {
    return again
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The loop must have the 'recursive' marker to be called recursively."))
        .apply(call);
  }

  @Override
  public Object get(Object key) {
    return told.get(key);
  }

  @Override
  public Set<Map.Entry<Object, Object>> entrySet() {
    return told.entrySet();
  }
}
