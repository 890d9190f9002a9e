package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The methods of lists. Those that change one work on lists that this evaluation has made; the
 * values of variables are other tasks' and hosts' too, and stay.
 */
final class ListMethods {
  private ListMethods() {}

  static Object call(List<?> list, String name, Call call) {
    return switch (name) {
      case "index" -> index(list, call.need(0, "value"));
      case "count" ->
          list.stream().filter(each -> Python.equal(each, call.need(0, "value"))).count();
      case "copy" -> new ArrayList<Object>(list);
      case "issubset" -> call.list(0, "other").containsAll(list);
      case "issuperset" -> list.containsAll(call.list(0, "other"));
      case "union", "intersection", "difference" ->
          throw new IllegalArgumentException("use the filter for it: union, intersect, difference");
      case "append", "extend", "insert", "remove", "pop", "sort", "reverse", "clear" ->
          changed(own(list), name, call);
      default -> throw Methods.missing(list, name);
    };
  }

  @SuppressWarnings("unchecked")
  private static ArrayList<Object> own(List<?> list) {
    if (list instanceof ArrayList) {
      return (ArrayList<Object>) list;
    }
    throw new IllegalArgumentException(
        "the value of a variable does not change; join lists with +, or use a filter");
  }

  private static Object changed(ArrayList<Object> list, String name, Call call) {
    switch (name) {
      case "append" -> list.add(call.need(0, "object"));
      case "extend" -> list.addAll(call.list(0, "iterable"));
      case "insert" ->
          list.add(place(call.number(0, "index", 0), list.size()), call.need(1, "object"));
      case "remove" -> list.remove((int) index(list, call.need(0, "value")));
      case "pop" -> {
        return popped(list, call);
      }
      case "sort" -> sort(list, call);
      case "reverse" -> Collections.reverse(list);
      default -> list.clear();
    }
    Sizes.members(list.size());
    return dev.belay.value.None.NONE;
  }

  private static Object popped(ArrayList<Object> list, Call call) {
    long given = call.number(0, "index", -1);
    long place = given < 0 ? given + list.size() : given;
    if (place < 0 || place >= list.size()) {
      throw new IllegalArgumentException(
          list.isEmpty() ? "pop from empty list" : "pop index out of range");
    }
    return list.remove((int) place);
  }

  private static int place(long given, int size) {
    long place = given < 0 ? given + size : given;
    return (int) Math.max(0, Math.min(size, place));
  }

  private static void sort(ArrayList<Object> list, Call call) {
    list.sort((a, b) -> Python.compare(a, b, "<"));
    if (Python.truth(call.named().getOrDefault("reverse", false))) {
      Collections.reverse(list);
    }
  }

  private static long index(List<?> list, Object value) {
    for (int i = 0; i < list.size(); i++) {
      if (Python.equal(list.get(i), value)) {
        return i;
      }
    }
    throw new IllegalArgumentException(PythonText.repr(value) + " is not in list");
  }

  /** All that is in a list, which nobody can change any more. */
  static ImmutableList<Object> fixed(List<?> list) {
    return ImmutableList.copyOf(list);
  }
}
