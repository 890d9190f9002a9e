package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/** Tests about what {@code register} keeps of a task. */
final class ResultTests {
  private ResultTests() {}

  static ImmutableMap<String, Operation> all() {
    ImmutableMap.Builder<String, Operation> tests = ImmutableMap.builder();
    List.of("failed", "failure").forEach(name -> tests.put(name, call -> flag(call, "failed")));
    List.of("succeeded", "success", "successful")
        .forEach(name -> tests.put(name, call -> !flag(call, "failed")));
    List.of("changed", "change").forEach(name -> tests.put(name, ResultTests::isChanged));
    List.of("skipped", "skip").forEach(name -> tests.put(name, call -> flag(call, "skipped")));
    tests.put("unreachable", call -> flag(call, "unreachable"));
    tests.put("reachable", call -> !flag(call, "unreachable"));
    tests.put("started", call -> number(call, "started"));
    tests.put("finished", call -> number(call, "finished"));
    return tests.buildOrThrow();
  }

  private static Map<?, ?> result(Call call) {
    if (call.value() instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("this test expects a dictionary: the result of a task");
  }

  private static boolean flag(Call call, String name) {
    Object value = result(call).get(name);
    return value != null && Python.truth(value);
  }

  private static Object isChanged(Call call) {
    Map<?, ?> result = result(call);
    if (result.get("changed") != null) {
      return flag(call, "changed");
    }
    return result.get("results") instanceof List<?> list
        && list.stream()
            .anyMatch(
                each ->
                    each instanceof Map<?, ?> map
                        && map.get("changed") != null
                        && Python.truth(map.get("changed")));
  }

  private static Object number(Call call, String name) {
    Object value = result(call).get(name);
    return value == null ? name.equals("finished") || name.equals("started") : Python.truth(value);
  }
}
