package dev.belay.inventory;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.template.PythonLiteral;
import dev.belay.template.Template;
import java.util.List;
import java.util.Map;

/**
 * What a user's text stands for where the file's form has no types: a Python literal, a template,
 * or the text.
 */
final class TypedText {
  private TypedText() {}

  /** Mistakes in a template go to the problems. */
  static Object of(String text, SourceMap source, Problems problems) {
    try {
      return PythonLiteral.read(text)
          .map(value -> withTemplates(value, text, source))
          .orElseGet(() -> Template.of(text, source));
    } catch (ProblemsException e) {
      problems.addAll(e);
      return text;
    }
  }

  /**
   * A value of the user's that came without places, as from a script: its texts may be templates.
   */
  static Object templated(Object value, SourceMap source, Problems problems) {
    try {
      return withTemplates(value, "{{", source);
    } catch (ProblemsException e) {
      problems.addAll(e);
      return value;
    }
  }

  private static Object withTemplates(Object value, String whole, SourceMap source) {
    if (!whole.contains("{{") && !whole.contains("{%") && !whole.contains("{#")) {
      return value;
    }
    SourceMap start = SourceMap.fixed(source.at(0));
    if (value instanceof String text) {
      return Template.of(text, start);
    } else if (value instanceof Map<?, ?> map) {
      ImmutableMap.Builder<Object, Object> templated = ImmutableMap.builder();
      map.forEach((key, member) -> templated.put(key, withTemplates(member, whole, start)));
      return templated.buildOrThrow();
    } else if (value instanceof List<?> list) {
      return list.stream()
          .map(member -> withTemplates(member, whole, start))
          .collect(toImmutableList());
    }
    return value;
  }
}
