package dev.belay.template;

import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values as YAML, laid out as PyYAML does for Ansible's {@code to_yaml} and {@code to_nice_yaml}.
 */
final class YamlText {
  private static final String SPECIAL = "-?:,[]{}#&*!|>'\"%@`";

  /** How much goes on a line. */
  enum Style {
    /** Innermost lists and maps on one line. */
    SHORT,
    /** Everything on its own line. */
    NICE
  }

  private final StringBuilder text = new StringBuilder();
  private final Style style;
  private final int indent;

  private YamlText(Style style, int indent) {
    this.style = style;
    this.indent = indent;
  }

  static String write(Object value, Call call, Style style) {
    Object given = call.named().getOrDefault("indent", style == Style.NICE ? 4L : 2L);
    YamlText yaml = new YamlText(style, Python.big(given).intValue());
    yaml.block(value, 0, false);
    String written = yaml.text.toString();
    return value instanceof Map || value instanceof List ? written : written + "\n";
  }

  private void block(Object value, int level, boolean inline) {
    if (isFlow(value)) {
      text.append(flow(value));
      text.append(level == 0 && (value instanceof Map || value instanceof List) ? "\n" : "");
    } else if (value instanceof Map<?, ?> map) {
      map(map, level, inline);
    } else {
      list((List<?>) value, level, inline);
    }
  }

  private boolean isFlow(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty()
          || style == Style.SHORT && map.values().stream().noneMatch(YamlText::isCollection);
    } else if (value instanceof List<?> list) {
      return list.isEmpty()
          || style == Style.SHORT && list.stream().noneMatch(YamlText::isCollection);
    }
    return true;
  }

  private static boolean isCollection(Object value) {
    return value instanceof Map || value instanceof List;
  }

  private void map(Map<?, ?> map, int level, boolean inline) {
    boolean first = inline;
    for (Map.Entry<String, Object> entry : sorted(map).entrySet()) {
      text.append(first ? "" : " ".repeat(level)).append(entry.getKey()).append(':');
      first = false;
      member(entry.getValue(), level, entry.getValue() instanceof List ? level : level + indent);
    }
  }

  private static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(scalar(key), value));
    return sorted;
  }

  private void member(Object value, int level, int inner) {
    if (isFlow(value)) {
      text.append(' ').append(flow(value)).append('\n');
    } else {
      text.append('\n');
      block(value, inner, false);
    }
  }

  private void list(List<?> list, int level, boolean inline) {
    boolean first = inline;
    for (Object member : list) {
      text.append(first ? "" : " ".repeat(level))
          .append('-')
          .append(isFlow(member) ? " " : " ".repeat(Math.max(1, indent - 1)));
      first = false;
      if (isFlow(member)) {
        text.append(flow(member)).append('\n');
      } else {
        block(member, level + Math.max(2, indent), true);
      }
    }
  }

  private static String flow(Object value) {
    StringBuilder flow = new StringBuilder();
    if (value instanceof Map<?, ?> map) {
      sorted(map)
          .forEach(
              (k, v) ->
                  flow.append(flow.length() == 0 ? "" : ", ")
                      .append(k)
                      .append(": ")
                      .append(flow(v)));
      return "{" + flow + "}";
    } else if (value instanceof List<?> list) {
      list.forEach(each -> flow.append(flow.length() == 0 ? "" : ", ").append(flow(each)));
      return "[" + flow + "]";
    }
    return scalar(value);
  }

  private static String scalar(Object value) {
    if (value instanceof String string) {
      return quoted(string);
    } else if (value instanceof Boolean) {
      return value.toString();
    }
    return value == None.NONE ? "null" : PythonText.str(value);
  }

  private static String quoted(String string) {
    boolean plain =
        !string.isEmpty()
            && SPECIAL.indexOf(string.charAt(0)) < 0
            && !string.contains(": ")
            && !string.contains(" #")
            && !string.endsWith(":")
            && string.equals(string.strip())
            && string.chars().allMatch(c -> c >= ' ')
            && !string.matches(
                "(?i)yes|no|true|false|on|off|null|~|[-+]?[0-9][0-9_.:eExa-f]*|[-+]?\\.(inf|nan)|<<|=");
    if (string.chars().anyMatch(c -> c < ' ')) {
      return Json.write(string);
    }
    return plain ? string : "'" + string.replace("'", "''") + "'";
  }
}
