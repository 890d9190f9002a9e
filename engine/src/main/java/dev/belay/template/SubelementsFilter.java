package dev.belay.template;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;

/**
 * The filter {@code subelements}: each of several things beside each member of a list inside it.
 */
final class SubelementsFilter {
  private SubelementsFilter() {}

  static Object of(Call call) {
    Object path = call.need(0, "subelements");
    if (!(path instanceof List || path instanceof String)) {
      throw wrong("subelements must be a list or a string");
    }
    List<?> keys = path instanceof List<?> list ? list : List.of(path.toString().split("\\.", -1));
    boolean skipsMissing = call.flag(1, "skip_missing", false);
    ImmutableList.Builder<Object> pairs = ImmutableList.builder();
    for (Object element : elements(call.value())) {
      inside(element, keys, skipsMissing).forEach(each -> pairs.add(Tuple.of(element, each)));
    }
    return pairs.build();
  }

  private static List<?> elements(Object value) {
    if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.values());
    } else if (value instanceof List<?> list) {
      return list;
    }
    throw wrong("obj must be a list of dicts or a nested dict");
  }

  private static List<?> inside(Object element, List<?> keys, boolean skipsMissing) {
    Object inner = element;
    for (Object key : keys) {
      if (!(inner instanceof Map<?, ?> map)) {
        throw wrong(
            "the key "
                + PythonText.str(key)
                + " should point to a dictionary, got '"
                + PythonText.str(inner)
                + "'");
      } else if (map.get(key) == null && skipsMissing) {
        return List.of();
      } else if (map.get(key) == null) {
        throw wrong(
            "could not find "
                + PythonText.repr(key)
                + " key in iterated item "
                + PythonText.repr(map));
      }
      inner = map.get(key);
    }
    if (inner instanceof List<?> list) {
      return list;
    }
    throw wrong(
        "the key "
            + PythonText.repr(keys.get(keys.size() - 1))
            + " should point to a list, got "
            + PythonText.repr(inner));
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what);
  }
}
