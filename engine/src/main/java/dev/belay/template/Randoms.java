package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Choices by chance; with a seed the same each time (and not the ones that Python's generator
 * makes).
 */
final class Randoms {
  private Randoms() {}

  static Object random(Call call) {
    Random chance = chance(call);
    if (Python.isInteger(call.value())) {
      long end = Python.big(call.value()).longValue();
      long start = ((Number) call.named().getOrDefault("start", 0L)).longValue();
      long step = ((Number) call.named().getOrDefault("step", 1L)).longValue();
      long choices = Math.max(1, Math.floorDiv(end - start + step - 1, step));
      return start + step * Math.floorMod(chance.nextLong(), choices);
    }
    if (call.named().containsKey("start") || call.named().containsKey("step")) {
      throw new IllegalArgumentException("start and step can only be used with integer values");
    } else if (!(call.value() instanceof String || call.value() instanceof Collection)) {
      throw new IllegalArgumentException("random can only be used on sequences and integers");
    }
    ImmutableList<Object> list = call.list();
    return list.isEmpty()
        ? new Undefined("No random item, sequence was empty.", call.at())
        : list.get(chance.nextInt(list.size()));
  }

  /** What has no members to shuffle stays what it is. */
  static Object shuffle(Call call) {
    if (!(call.value() instanceof String || call.value() instanceof Collection)) {
      return call.value();
    }
    List<Object> shuffled = new ArrayList<>(call.list());
    Collections.shuffle(shuffled, chance(call));
    return ImmutableList.copyOf(shuffled);
  }

  private static Random chance(Call call) {
    Object seed = call.named().get("seed");
    return seed == null ? new Random() : new Random(PythonText.str(seed).hashCode());
  }
}
