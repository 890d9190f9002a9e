package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PythonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lookup {@code subelements}: each element with each member of a list inside of it. */
final class Subelements {
  private Subelements() {}

  static ImmutableList<Object> of(List<Object> terms) {
    if (terms.size() < 2 || terms.size() > 3) {
      throw ValueLookups.wrong(
          "subelements lookup expects a list of two or three items: elements, a key, flags");
    }
    boolean skips = terms.size() == 3 && skipsMissing(terms.get(2));
    ImmutableList.Builder<Object> pairs = ImmutableList.builder();
    for (Object element : elements(terms.get(0))) {
      if (element instanceof Map<?, ?> map && !isSkipped(map)) {
        String path = PythonText.str(terms.get(1));
        Object rest = without(map, List.of(path.split("\\.", -1)));
        inside(map, path, skips).forEach(member -> pairs.add(ImmutableList.of(rest, member)));
      }
    }
    return pairs.build();
  }

  /** As Ansible gives it: the element no longer has the list that its members come from. */
  private static Object without(Map<?, ?> element, List<String> path) {
    Map<Object, Object> rest = new LinkedHashMap<>(element);
    if (path.size() == 1) {
      rest.remove(path.get(0));
    } else if (rest.get(path.get(0)) instanceof Map<?, ?> inner) {
      rest.put(path.get(0), without(inner, path.subList(1, path.size())));
    }
    return ImmutableMap.copyOf(rest);
  }

  private static boolean isSkipped(Map<?, ?> element) {
    return Boolean.TRUE.equals(element.get("skipped"));
  }

  private static boolean skipsMissing(Object flags) {
    return flags instanceof Map<?, ?> map
        && ("true".equalsIgnoreCase(String.valueOf(map.get("skip_missing")))
            || "yes".equalsIgnoreCase(String.valueOf(map.get("skip_missing"))));
  }

  private static Collection<?> elements(Object term) {
    if (term instanceof Map<?, ?> map) {
      return map.values();
    } else if (term instanceof List<?> list) {
      return list;
    }
    throw ValueLookups.wrong("subelements lookup expects a dictionary or list, not " + term);
  }

  private static List<?> inside(Map<?, ?> element, String path, boolean skips) {
    Object at = element;
    List<String> keys = new ArrayList<>(List.of(path.split("\\.", -1)));
    for (String key : keys) {
      Optional<Object> member =
          at instanceof Map<?, ?> map ? Optional.ofNullable(map.get(key)) : Optional.empty();
      if (member.isEmpty()) {
        return missing(key, element, skips);
      }
      at = member.get();
    }
    if (at instanceof List<?> list) {
      return list;
    }
    return missing(path, element, skips);
  }

  private static List<?> missing(String key, Map<?, ?> element, boolean skips) {
    if (skips) {
      return List.of();
    }
    throw ValueLookups.wrong(
        "could not find a list under '" + key + "' in iterated item '" + element + "'");
  }
}
