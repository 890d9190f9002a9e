package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** What {@code loop} tells inside of a for statement. */
final class LoopState {
  private LoopState() {}

  static ImmutableMap<Object, Object> of(List<Object> items, int index) {
    ImmutableMap.Builder<Object, Object> loop = ImmutableMap.builder();
    int size = items.size();
    loop.put("index", index + 1L).put("index0", (long) index);
    loop.put("revindex", (long) size - index).put("revindex0", size - index - 1L);
    loop.put("first", index == 0).put("last", index == size - 1).put("length", (long) size);
    loop.put("cycle", (Operation) call -> call.positional().get(index % call.positional().size()));
    if (index > 0) {
      loop.put("previtem", items.get(index - 1));
    }
    if (index + 1 < size) {
      loop.put("nextitem", items.get(index + 1));
    }
    return loop.buildOrThrow();
  }
}
