package dev.belay.template;

import com.google.common.collect.ImmutableList;
import dev.belay.value.None;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Python's {@code value[from:to:step]}. */
final class Slices {
  private Slices() {}

  static Object of(
      Object value, Optional<Object> from, Optional<Object> to, Optional<Object> step) {
    ImmutableList<Object> members =
        value instanceof List || value instanceof String ? Python.iterate(value) : refused(value);
    long stride = number(step).orElse(1L);
    if (stride == 0) {
      throw new IllegalArgumentException("slice step cannot be zero");
    }
    ImmutableList<Object> chosen =
        stride > 0 ? forward(members, from, to, stride) : backward(members, from, to, stride);
    if (value instanceof String) {
      return chosen.stream().map(Object::toString).collect(Collectors.joining());
    }
    return value instanceof Tuple ? new Tuple(chosen) : chosen;
  }

  private static ImmutableList<Object> refused(Object value) {
    throw new IllegalArgumentException(
        "'" + Python.type(value) + "' object is not subscriptable by a slice");
  }

  private static Optional<Long> number(Optional<Object> bound) {
    return bound.filter(value -> value != None.NONE).map(value -> Python.big(value).longValue());
  }

  private static ImmutableList<Object> forward(
      ImmutableList<Object> members, Optional<Object> from, Optional<Object> to, long step) {
    long end = clamp(number(to).orElse((long) members.size()), members.size(), 0, members.size());
    ImmutableList.Builder<Object> chosen = ImmutableList.builder();
    for (long i = clamp(number(from).orElse(0L), members.size(), 0, members.size());
        i < end;
        i += step) {
      chosen.add(members.get((int) i));
    }
    return chosen.build();
  }

  private static ImmutableList<Object> backward(
      ImmutableList<Object> members, Optional<Object> from, Optional<Object> to, long step) {
    int size = members.size();
    long end = number(to).map(bound -> clamp(bound, size, -1, size - 1)).orElse(-1L);
    ImmutableList.Builder<Object> chosen = ImmutableList.builder();
    for (long i = clamp(number(from).orElse(size - 1L), size, -1, size - 1); i > end; i += step) {
      chosen.add(members.get((int) i));
    }
    return chosen.build();
  }

  private static long clamp(long bound, int size, long least, long most) {
    long place = bound < 0 ? bound + size : bound;
    return Math.max(least, Math.min(most, place));
  }
}
