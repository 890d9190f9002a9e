package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
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
      throw expected("");
    } else if (!(terms.get(1) instanceof String path)) {
      throw expected("first a dict or a list, second a string pointing to the subkey");
    } else {
      boolean skips = terms.size() == 3 && skipsMissing(terms.get(2));
      return pairs(elements(terms.get(0)), List.of(path.split("\\.", -1)), skips);
    }
  }

  private static EvaluationException expected(String what) {
    return ValueLookups.wrong("subelements lookup expects a list of two or three items, " + what);
  }

  private static ImmutableList<Object> pairs(
      Collection<?> elements, List<String> path, boolean skips) {
    ImmutableList.Builder<Object> pairs = ImmutableList.builder();
    for (Object element : elements) {
      if (!(element instanceof Map<?, ?> map)) {
        throw ValueLookups.wrong(
            "subelements lookup expects a dictionary, got '" + PythonText.str(element) + "'");
      } else if (!isSkipped(map)) {
        Object rest = without(map, path);
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
    boolean known = flags instanceof Map<?, ?> || isFlags(flags);
    if (!known) {
      throw expected("the optional third item must be a dict with flags ('skip_missing',)");
    }
    return flags instanceof Map<?, ?> map
        && String.valueOf(map.get("skip_missing")).matches("(?i)true|yes|on|1|y|t");
  }

  private static boolean isFlags(Object flags) {
    return flags instanceof List<?> list && list.stream().allMatch("skip_missing"::equals);
  }

  private static Collection<?> elements(Object term) {
    if (term instanceof Map<?, ?> map) {
      return isSkipped(map) ? List.of() : map.values();
    } else if (term instanceof List<?> list) {
      return list;
    }
    return List.of(term);
  }

  private static List<?> inside(Map<?, ?> element, List<String> path, boolean skips) {
    Map<?, ?> at = element;
    for (String key : path.subList(0, path.size() - 1)) {
      Optional<Object> member = member(at, key, skips);
      if (member.isPresent() && member.get() instanceof Map<?, ?> inner) {
        at = inner;
      } else if (member.isPresent() && !skips) {
        throw pointsTo("dictionary", key, member.get());
      } else if (member.isEmpty() || skips) {
        return List.of();
      }
    }
    String last = path.get(path.size() - 1);
    Optional<Object> member = member(at, last, skips);
    if (member.isPresent() && !(member.get() instanceof List)) {
      throw pointsTo("list", last, member.get());
    }
    return member.map(list -> (List<?>) list).orElse(List.of());
  }

  /** Empty where it is not there, and may be missing. */
  private static Optional<Object> member(Map<?, ?> map, String key, boolean skips) {
    Optional<Object> member = Optional.ofNullable(map.get(key));
    if (member.isEmpty() && !skips) {
      throw ValueLookups.wrong(
          "could not find '" + key + "' key in iterated item '" + PythonText.str(map) + "'");
    }
    return member;
  }

  private static EvaluationException pointsTo(String kind, String key, Object found) {
    return ValueLookups.wrong(
        "the key " + key + " should point to a " + kind + ", got '" + PythonText.str(found) + "'");
  }
}
