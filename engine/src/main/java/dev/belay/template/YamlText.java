package dev.belay.template;

import dev.belay.value.None;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values as YAML, laid out as libyaml does for Ansible's {@code to_yaml} and {@code to_nice_yaml}:
 * what stands on a line of its own, and how far in.
 */
final class YamlText {
  /** Keys that are longer are written with a question mark. */
  private static final int KEY_LIMIT = 128;

  private static final int WIDTH = 80;

  /** Which lists and dictionaries are written in brackets. */
  enum Style {
    /** Those without others inside. */
    SHORT,
    /** None. */
    NICE,
    /** All. */
    FLOW
  }

  private final Style style;
  private final int indent;
  private final YamlLines lines;
  private final boolean sorted;

  private YamlText(Style style, int indent, YamlLines lines, boolean sorted) {
    this.style = style;
    this.indent = indent;
    this.lines = lines;
    this.sorted = sorted;
  }

  static String write(Object value, Call call, Style byDefault) {
    long indent = number(call, "indent", byDefault == Style.NICE ? 4 : 2);
    int step = indent > 1 && indent < 10 ? (int) indent : 2;
    long width = number(call, "width", WIDTH);
    YamlLines lines = new YamlLines(width > step * 2L ? width : WIDTH);
    boolean sorted = Python.truth(call.named().getOrDefault("sort_keys", true));
    new YamlText(style(call, byDefault), step, lines, sorted).node(value, -step, Place.ROOT);
    return lines.text();
  }

  private static long number(Call call, String name, long byDefault) {
    return Optional.ofNullable(call.named().get(name))
        .filter(given -> given != None.NONE)
        .map(given -> Python.integer(given, name).longValue())
        .orElse(byDefault);
  }

  private static Style style(Call call, Style byDefault) {
    Object given = call.named().getOrDefault("default_flow_style", None.NONE);
    return given == None.NONE ? byDefault : Python.truth(given) ? Style.FLOW : Style.NICE;
  }

  private enum Place {
    ROOT,
    MEMBER,
    VALUE
  }

  private void node(Object value, int level, Place place) {
    if (value instanceof Map<?, ?> map && !isFlow(map.values())) {
      map(map, level + indent);
    } else if (value instanceof List<?> list && !isFlow(list)) {
      // The members of a list under a key stand no farther in than the key.
      list(list, place == Place.VALUE ? level : level + indent);
    } else if (value instanceof Map || value instanceof List) {
      flow(value, inner(level));
    } else {
      scalar(value, inner(level), YamlScalar.Context.BLOCK);
    }
    Sizes.text(lines.length());
  }

  /** How far in a text or brackets go on that are too long for their line. */
  private int inner(int level) {
    return Math.max(indent, level + indent);
  }

  private boolean isFlow(Collection<?> members) {
    return members.isEmpty()
        || style == Style.FLOW
        || style == Style.SHORT
            && members.stream().noneMatch(each -> each instanceof Map || each instanceof List);
  }

  private Map<Object, Object> entries(Map<?, ?> map) {
    Map<String, Object> names = new TreeMap<>();
    map.keySet().forEach(key -> names.put(PythonText.str(key), key));
    boolean texts = map.keySet().stream().allMatch(String.class::isInstance);
    boolean numbers = map.keySet().stream().allMatch(Python::isNumber);
    if (!sorted || !texts && !numbers) {
      return new LinkedHashMap<>(map);
    }
    Map<Object, Object> entries = new LinkedHashMap<>();
    map.keySet().stream()
        .<Object>map(key -> key)
        .sorted((a, b) -> Python.compare(a, b, "<"))
        .forEach(key -> entries.put(key, map.get(key)));
    return entries;
  }

  private void map(Map<?, ?> map, int level) {
    entries(map)
        .forEach(
            (key, value) -> {
              lines.indent(level);
              node(value, level, key(key, level));
            });
  }

  private static boolean isLong(Object key) {
    String text = YamlScalar.plain(key);
    return text.length() > KEY_LIMIT || text.indexOf('\n') >= 0;
  }

  private Place key(Object key, int level) {
    if (isLong(key)) {
      lines.mark("?", true, true);
      scalar(key, level + indent, YamlScalar.Context.BLOCK);
      lines.indent(level);
      lines.mark(":", true, true);
      return Place.MEMBER;
    }
    scalar(key, level, YamlScalar.Context.KEY);
    lines.mark(":", false, false);
    return Place.VALUE;
  }

  private void list(List<?> list, int level) {
    for (Object member : list) {
      lines.indent(level);
      lines.mark("-", true, true);
      node(member, level, Place.MEMBER);
    }
  }

  private void flow(Object value, int level) {
    if (value instanceof Map<?, ?> map) {
      lines.mark("{", true, false);
      boolean first = true;
      for (Map.Entry<Object, Object> entry : entries(map).entrySet()) {
        next(first, level);
        first = false;
        flowKey(entry.getKey(), level);
        flowMember(entry.getValue(), level);
      }
      lines.mark("}", false, false);
    } else {
      lines.mark("[", true, false);
      boolean first = true;
      for (Object member : (List<?>) value) {
        next(first, level);
        first = false;
        flowMember(member, level);
      }
      lines.mark("]", false, false);
    }
  }

  private void flowKey(Object key, int level) {
    if (!isLong(key)) {
      scalar(key, level + indent, YamlScalar.Context.FLOW_KEY);
      lines.mark(":", false, false);
      return;
    }
    lines.mark("?", true, false);
    scalar(key, level + indent, YamlScalar.Context.FLOW);
    if (lines.isFull()) {
      lines.indent(level);
    }
    lines.mark(":", true, false);
  }

  private void next(boolean first, int level) {
    if (first) {
      lines.open();
    } else {
      lines.mark(",", false, false);
    }
    if (lines.isFull()) {
      lines.indent(level);
    }
  }

  private void flowMember(Object value, int level) {
    if (value instanceof Map || value instanceof List) {
      flow(value, level + indent);
    } else {
      scalar(value, level + indent, YamlScalar.Context.FLOW);
    }
  }

  private void scalar(Object value, int level, YamlScalar.Context context) {
    new YamlScalar(lines, Math.max(0, level), context).write(value);
  }
}
