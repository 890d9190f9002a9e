package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.value.None;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values as YAML, laid out as PyYAML does for {@code ansible-inventory --yaml}: everything on its
 * own line, keys sorted, lists as far left as their key, a list or mapping that is used twice under
 * an anchor.
 */
final class YamlDump {
  private static final int INDENT = 2;

  private final StringBuilder text = new StringBuilder();
  private final Map<Object, Integer> seen = new IdentityHashMap<>();
  private final Map<Object, String> anchors = new IdentityHashMap<>();
  private final Map<Object, Boolean> written = new IdentityHashMap<>();

  private YamlDump() {}

  static String of(Object value) {
    YamlDump dump = new YamlDump();
    dump.count(value);
    dump.node(value, -INDENT, Place.START);
    return dump.text.toString();
  }

  /** Where a value stands, which decides how it begins. */
  private enum Place {
    START,
    BEHIND_KEY,
    BEHIND_DASH
  }

  /** Anchors are numbered in the order in which a second use is found. What is empty has none. */
  private void count(Object value) {
    if (!(value instanceof Map || value instanceof List) || isEmpty(value)) {
      return;
    } else if (seen.merge(value, 1, Integer::sum) > 1) {
      anchors.computeIfAbsent(value, v -> String.format("id%03d", anchors.size() + 1));
      return;
    }
    if (value instanceof Map<?, ?> map) {
      sorted(map).forEach(key -> count(map.get(key)));
    } else {
      ((List<?>) value).forEach(this::count);
    }
  }

  private static boolean isEmpty(Object value) {
    return value instanceof Map<?, ?> map ? map.isEmpty() : ((List<?>) value).isEmpty();
  }

  private static ImmutableList<Object> sorted(Map<?, ?> map) {
    return ImmutableList.sortedCopyOf(
        Comparator.comparing(PythonText::str), ImmutableList.<Object>copyOf(map.keySet()));
  }

  private void node(Object value, int indent, Place place) {
    if (value instanceof Map || value instanceof List) {
      collection(value, indent, place);
    } else {
      text.append(place == Place.START ? "" : " ").append(scalar(value, indent + INDENT));
      text.append('\n');
    }
  }

  private void collection(Object value, int indent, Place place) {
    String anchor = anchors.get(value);
    if (anchor != null && written.put(value, true) != null) {
      text.append(" *").append(anchor).append('\n');
      return;
    }
    text.append(anchor == null ? "" : " &" + anchor);
    boolean empty = value instanceof Map<?, ?> map ? map.isEmpty() : ((List<?>) value).isEmpty();
    if (empty) {
      text.append(place == Place.START ? "" : " ").append(value instanceof Map ? "{}" : "[]");
      text.append('\n');
      return;
    }
    boolean here = place == Place.BEHIND_DASH && anchor == null;
    if (here) {
      text.append(' ');
    } else if (place != Place.START) {
      text.append('\n');
    }
    if (value instanceof Map<?, ?> map) {
      map(map, indent + INDENT, here);
    } else {
      list((List<?>) value, place == Place.BEHIND_KEY ? indent : indent + INDENT, here);
    }
  }

  private void map(Map<?, ?> map, int indent, boolean here) {
    boolean first = here;
    for (Object key : sorted(map)) {
      text.append(first ? "" : " ".repeat(indent)).append(YamlScalar.key(plain(key))).append(':');
      first = false;
      node(map.get(key), indent, Place.BEHIND_KEY);
    }
  }

  private void list(List<?> list, int indent, boolean here) {
    boolean first = here;
    for (Object member : list) {
      text.append(first ? "" : " ".repeat(indent)).append('-');
      first = false;
      node(member, indent, Place.BEHIND_DASH);
    }
  }

  private String scalar(Object value, int indent) {
    int line = text.lastIndexOf("\n");
    YamlScalar scalar = plain(value);
    return scalar.isText()
        ? YamlScalar.value(scalar.text(), text.length() - line, indent)
        : scalar.text();
  }

  /** A scalar before it is known whether it needs quotes. */
  private static YamlScalar plain(Object value) {
    if (value instanceof String || value instanceof Template) {
      return new YamlScalar(value.toString(), true);
    } else if (value instanceof Boolean || value == None.NONE) {
      return new YamlScalar(value == None.NONE ? "null" : value.toString(), false);
    } else if (value instanceof Double number) {
      return new YamlScalar(decimal(number), false);
    }
    return new YamlScalar(PythonText.str(value), false);
  }

  private static String decimal(double number) {
    if (Double.isNaN(number)) {
      return ".nan";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? ".inf" : "-.inf";
    }
    String written = PythonText.str(number);
    return written.contains(".") ? written : written.replace("e", ".0e");
  }
}
