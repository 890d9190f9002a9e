package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.value.None;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions that are there without anyone defining them. */
final class Functions {
  /** Members of a range. */
  private static final long RANGE_LIMIT = 1_000_000;

  private static final ImmutableSet<String> LOOKUP_OPTIONS = ImmutableSet.of("wantlist", "errors");

  private Functions() {}

  static Optional<Operation> find(String name) {
    return switch (name) {
      case "range" -> Optional.of(Functions::range);
      case "dict" -> Optional.of(Functions::dict);
      case "lookup" -> Optional.of(Functions::lookup);
      case "query", "q" -> Optional.of(Functions::query);
      case "now" -> Optional.of(call -> now(call));
      case "undef" ->
          Optional.of(call -> new Undefined(call.text(0, "hint", "undef() was used"), call.at()));
      case "namespace" -> Optional.of(call -> new Namespace(call.named()));
      default -> Optional.empty();
    };
  }

  /** Whether a name is one of them. */
  static boolean isDefined(String name) {
    return find(name).isPresent();
  }

  private static Object range(Call call) {
    boolean one = call.positional().size() < 2;
    long from = one ? 0 : call.number(0, "start", 0);
    long to = one ? call.number(0, "stop", 0) : call.number(1, "stop", 0);
    long step = call.number(2, "step", 1);
    if (step == 0 || Math.abs((to - from) / step) > RANGE_LIMIT) {
      throw new IllegalArgumentException(
          step == 0 ? "range() arg 3 must not be zero" : "this range is too large");
    }
    ImmutableList.Builder<Object> range = ImmutableList.builder();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      range.add(i);
    }
    return range.build();
  }

  private static Object dict(Call call) {
    Map<Object, Object> map = new LinkedHashMap<>();
    call.find(0, "mapping")
        .ifPresent(
            first -> {
              if (first instanceof Map<?, ?> other) {
                map.putAll(other);
              } else {
                Python.iterate(first)
                    .forEach(
                        pair -> map.put(Python.iterate(pair).get(0), Python.iterate(pair).get(1)));
              }
            });
    map.putAll(call.named());
    return ImmutableMap.copyOf(map);
  }

  private static Object lookup(Call call) {
    ImmutableList<Object> found = query(call);
    if (Python.truth(call.named().getOrDefault("wantlist", false))) {
      return found;
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    boolean texts = found.stream().allMatch(String.class::isInstance);
    return texts ? found.stream().map(PythonText::str).collect(Collectors.joining(",")) : found;
  }

  private static ImmutableList<Object> query(Call call) {
    ImmutableMap.Builder<String, Object> options = ImmutableMap.builder();
    call.named()
        .forEach(
            (name, value) -> {
              if (!LOOKUP_OPTIONS.contains(name)) {
                options.put(name, value);
              }
            });
    ImmutableList<Object> terms =
        call.positional().subList(Math.min(1, call.positional().size()), call.positional().size());
    try {
      return call.in().scope().lookup(call.text(0, "name"), terms, options.buildOrThrow());
    } catch (EvaluationException e) {
      if ("ignore".equals(call.named().getOrDefault("errors", None.NONE))) {
        return ImmutableList.of();
      }
      throw e;
    }
  }

  private static Object now(Call call) {
    LocalDateTime now =
        call.flag(0, "utc", false)
            ? LocalDateTime.now(ZoneOffset.UTC)
            : LocalDateTime.now(java.time.ZoneId.systemDefault());
    return call.find(1, "fmt").isPresent()
        ? Dates.method(now, "strftime", call.forward(now, 1))
        : now;
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
