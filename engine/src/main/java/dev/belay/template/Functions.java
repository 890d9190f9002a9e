package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The functions that are there without anyone defining them. */
final class Functions {
  private Functions() {}

  static Optional<Operation> find(String name) {
    return switch (name) {
      case "range" -> Optional.of(Functions::range);
      case "dict" -> Optional.of(Functions::pairs);
      case "cycler" -> Optional.of(Functions::cycler);
      case "joiner" -> Optional.of(Functions::joiner);
      case "lookup" -> Optional.of(Lookup::one);
      case "query", "q" -> Optional.of(Lookup::all);
      case "now" -> Optional.of(call -> now(call));
      case "undef" ->
          Optional.of(call -> new Undefined(call.text(0, "hint", "undef() was used"), call.at()));
      case "namespace" -> Optional.of(call -> new Namespace(namesOf(pairs(call))));
      default -> Optional.empty();
    };
  }

  private static Object range(Call call) {
    boolean one = call.positional().size() < 2;
    BigInteger from = one ? BigInteger.ZERO : bound(call, 0);
    BigInteger to = bound(call, one ? 0 : 1);
    BigInteger step = call.positional().size() < 3 ? BigInteger.ONE : bound(call, 2);
    if (step.signum() == 0) {
      throw new IllegalArgumentException("range() arg 3 must not be zero");
    }
    BigInteger rest = step.signum() > 0 ? BigInteger.ONE : BigInteger.ONE.negate();
    BigInteger count = to.subtract(from).add(step).subtract(rest).divide(step).max(BigInteger.ZERO);
    Sizes.members(count.bitLength() >= Long.SIZE ? Long.MAX_VALUE : count.longValue());
    ImmutableList.Builder<Object> range = ImmutableList.builder();
    for (int i = 0; i < count.intValue(); i++) {
      range.add(Python.integer(from.add(step.multiply(BigInteger.valueOf(i)))));
    }
    return range.build();
  }

  private static BigInteger bound(Call call, int place) {
    if (place >= call.positional().size()) {
      throw new IllegalArgumentException("range expected at least 1 argument, got 0");
    }
    return Python.integer(Python.used(call.positional().get(place)), "a bound of a range");
  }

  /** What a call of {@code dict} or {@code update} is given. */
  static Map<Object, Object> pairs(Call call) {
    Map<Object, Object> map = new LinkedHashMap<>();
    Object first = call.find(0, "mapping").orElse(ImmutableList.of());
    if (first instanceof Map<?, ?> other) {
      map.putAll(other);
    } else {
      for (Object pair : Python.iterate(first)) {
        ImmutableList<Object> both = Python.iterate(pair);
        if (both.size() != 2) {
          throw new IllegalArgumentException("a dictionary is made of pairs");
        }
        map.put(Python.key(both.get(0)), both.get(1));
      }
    }
    map.putAll(call.named());
    return map;
  }

  private static Object cycler(Call call) {
    ImmutableList<Object> items = call.positional();
    if (items.isEmpty()) {
      throw new IllegalArgumentException("at least one item has to be provided");
    }
    int[] at = new int[1];
    Namespace cycler = new Namespace(ImmutableMap.of("current", items.get(0)));
    cycler.set(
        "next",
        (Operation)
            next -> {
              Object item = items.get(at[0]);
              at[0] = (at[0] + 1) % items.size();
              cycler.set("current", items.get(at[0]));
              return item;
            });
    cycler.set(
        "reset",
        (Operation)
            reset -> {
              at[0] = 0;
              cycler.set("current", items.get(0));
              return None.NONE;
            });
    return cycler;
  }

  private static Object joiner(Call call) {
    String separator = call.text(0, "sep", ", ");
    boolean[] used = new boolean[1];
    return (Operation)
        next -> {
          boolean first = !used[0];
          used[0] = true;
          return first ? "" : separator;
        };
  }

  private static Object now(Call call) {
    LocalDateTime now =
        call.flag(0, "utc", false)
            ? LocalDateTime.now(ZoneOffset.UTC)
            : LocalDateTime.now(java.time.ZoneId.systemDefault());
    String format = call.text(1, "fmt", "");
    return format.isEmpty()
        ? now
        : Dates.method(now, "strftime", call.about(now, ImmutableMap.of("format", format)));
  }

  private static Map<String, Object> namesOf(Map<Object, Object> pairs) {
    Map<String, Object> names = new LinkedHashMap<>();
    pairs.forEach((name, value) -> names.put(PythonText.str(name), value));
    return names;
  }

  /** What {@code namespace()} makes: names that an inner scope may set. */
  static final class Namespace {
    private final Map<String, Object> values;

    Namespace(Map<String, Object> values) {
      this.values = new LinkedHashMap<>(values);
    }

    void set(String name, Object value) {
      values.put(name, value);
    }

    Optional<Object> find(String name) {
      return Optional.ofNullable(values.get(name));
    }
  }
}
