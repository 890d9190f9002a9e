package dev.belay.template;

import com.google.common.collect.ImmutableList;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Filters that put lists in order, or look for what is first or last in one. */
final class Orders {
  /** A member and what it is compared by. */
  private record Keyed(Object member, List<Object> keys) {}

  private Orders() {}

  static Object sort(Call call) {
    boolean exact = call.flag(1, "case_sensitive", false);
    Optional<Object> attribute = attribute(call, 2);
    List<Keyed> sorted = keyed(call, attribute, Optional.empty(), exact);
    Comparator<Keyed> order = Orders::compare;
    // Python's reverse sort keeps equal members in their order, and so does this.
    sorted.sort(call.flag(0, "reverse", false) ? order.reversed() : order);
    return sorted.stream().map(Keyed::member).collect(ImmutableList.toImmutableList());
  }

  private static Optional<Object> attribute(Call call, int place) {
    return call.find(place, "attribute").filter(name -> name != None.NONE);
  }

  private static int compare(Keyed one, Keyed other) {
    for (int i = 0; i < one.keys.size(); i++) {
      if (!Python.equal(one.keys.get(i), other.keys.get(i))) {
        return Python.compare(one.keys.get(i), other.keys.get(i), "<");
      }
    }
    return 0;
  }

  private static List<Keyed> keyed(
      Call call, Optional<Object> attribute, Optional<Object> byDefault, boolean exact) {
    List<Keyed> keyed = new ArrayList<>();
    for (Object member : call.list()) {
      List<Object> keys = new ArrayList<>();
      for (Optional<Object> name : names(attribute)) {
        Object key = name.map(n -> Selections.attribute(member, n, call)).orElse(member);
        keys.add(folded(key instanceof Undefined ? byDefault.orElse(key) : key, exact));
      }
      keyed.add(new Keyed(member, keys));
    }
    return keyed;
  }

  private static List<Optional<Object>> names(Optional<Object> attribute) {
    if (attribute.isPresent() && attribute.get() instanceof String names) {
      return List.of(names.split(",", -1)).stream().map(n -> Optional.<Object>of(n)).toList();
    }
    return List.of(attribute);
  }

  private static Object folded(Object key, boolean exact) {
    return Python.used(key) instanceof String text && !exact ? text.toLowerCase(Locale.ROOT) : key;
  }

  static Object extreme(Call call, int sign) {
    Optional<Keyed> found = Optional.empty();
    boolean exact = call.flag(0, "case_sensitive", false);
    for (Keyed each : keyed(call, attribute(call, 1), Optional.empty(), exact)) {
      if (found.isEmpty() || sign * compare(each, found.get()) > 0) {
        found = Optional.of(each);
      }
    }
    return found
        .map(Keyed::member)
        .orElseGet(() -> new Undefined("No aggregated item, sequence was empty.", call.at()));
  }

  static Object groupBy(Call call) {
    Optional<Object> attribute = Optional.of(call.need(0, "attribute"));
    Optional<Object> byDefault = call.find(1, "default").filter(value -> value != None.NONE);
    boolean exact = call.flag(2, "case_sensitive", false);
    List<Keyed> sorted = keyed(call, attribute, byDefault, exact);
    sorted.sort(Orders::compare);
    ImmutableList.Builder<Object> groups = ImmutableList.builder();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !Python.equal(sorted.get(i).keys, sorted.get(from).keys)) {
        groups.add(group(sorted.subList(from, i), attribute.get(), byDefault, call));
        from = i;
      }
    }
    return groups.build();
  }

  private static Tuple group(
      List<Keyed> members, Object attribute, Optional<Object> byDefault, Call call) {
    Object name = Selections.attribute(members.get(0).member, attribute, call);
    return Tuple.of(
        name instanceof Undefined ? byDefault.orElse(name) : name,
        members.stream().map(Keyed::member).collect(ImmutableList.toImmutableList()));
  }
}
