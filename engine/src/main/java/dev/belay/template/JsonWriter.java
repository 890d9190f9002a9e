package dev.belay.template;

import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes values as JSON, up to a limit of characters. */
record JsonWriter(StringBuilder json, Json.Layout layout, long limit) {

  void write(Object value, int level) {
    if (json.length() > limit) {
      Sizes.text(json.length());
    }
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Map<?, ?> map) {
      map(map, level);
    } else if (value instanceof List<?> list) {
      list(list, level);
    } else if (value instanceof Double number) {
      json.append(special(number));
    } else if (value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      json.append(value == None.NONE ? "null" : string(PythonText.str(value)));
    }
  }

  private static String special(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    return PythonText.decimal(number);
  }

  private void map(Map<?, ?> map, int level) {
    Map<String, Object> entries =
        layout.sorted() ? new TreeMap<>() : new java.util.LinkedHashMap<>();
    map.forEach((key, value) -> entries.put(key(key), value));
    json.append('{');
    String separator = "";
    for (Map.Entry<String, Object> entry : entries.entrySet()) {
      json.append(separator);
      line(level + 1);
      string(entry.getKey());
      json.append(layout.colon());
      write(entry.getValue(), level + 1);
      separator = layout.comma();
    }
    end(entries.isEmpty(), level, '}');
  }

  private static String key(Object key) {
    return key instanceof Boolean || key == None.NONE ? Json.write(key) : PythonText.str(key);
  }

  private void list(List<?> list, int level) {
    json.append('[');
    String separator = "";
    for (Object member : list) {
      json.append(separator);
      line(level + 1);
      write(member, level + 1);
      separator = layout.comma();
    }
    end(list.isEmpty(), level, ']');
  }

  private void line(int level) {
    if (layout.indent() >= 0) {
      json.append('\n').append(" ".repeat(layout.indent() * level));
    }
  }

  private void end(boolean empty, int level, char end) {
    if (!empty) {
      line(level);
    }
    json.append(end);
  }

  private String string(String text) {
    json.append('"');
    text.chars().forEach(c -> character((char) c));
    json.append('"');
    return "";
  }

  private void character(char c) {
    int escape = "\"\\\b\f\n\r\t".indexOf(c);
    if (escape >= 0) {
      json.append('\\').append("\"\\bfnrt".charAt(escape));
    } else if (c < ' ' || layout.ascii() && c > 126) {
      json.append(String.format("\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }
}
