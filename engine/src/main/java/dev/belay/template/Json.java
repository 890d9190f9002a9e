package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as Python's module reads and writes it. */
public final class Json {
  private static final int DEPTH_LIMIT = 200;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * The value that a text stands for.
   *
   * @throws JsonException where it is not JSON
   */
  public static Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpaces();
    if (json.at < text.length()) {
      throw json.wrong("Extra data");
    }
    return value;
  }

  private JsonException wrong(String what) {
    return new JsonException(what, at);
  }

  private void skipSpaces() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private Object value() {
    skipSpaces();
    if (at >= text.length() || ++depth > DEPTH_LIMIT) {
      throw wrong("Expecting value");
    }
    char c = text.charAt(at);
    Object value =
        switch (c) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> string();
          default -> word();
        };
    depth--;
    return value;
  }

  private Object object() {
    ImmutableMap.Builder<Object, Object> map = ImmutableMap.builder();
    at++;
    while (!takeEnd('}')) {
      skipSpaces();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw wrong("Expecting property name enclosed in double quotes");
      }
      String key = string();
      need(':');
      map.put(key, value());
      separator('}');
    }
    return map.buildKeepingLast();
  }

  private Object array() {
    ImmutableList.Builder<Object> list = ImmutableList.builder();
    at++;
    while (!takeEnd(']')) {
      list.add(value());
      separator(']');
    }
    return list.build();
  }

  private boolean takeEnd(char end) {
    skipSpaces();
    boolean ends = at < text.length() && text.charAt(at) == end;
    at += ends ? 1 : 0;
    return ends;
  }

  private void need(char c) {
    skipSpaces();
    if (at >= text.length() || text.charAt(at) != c) {
      throw wrong("Expecting '" + c + "' delimiter");
    }
    at++;
  }

  private void separator(char end) {
    skipSpaces();
    if (at < text.length() && text.charAt(at) == end) {
      return;
    }
    need(',');
    skipSpaces();
    if (at < text.length() && text.charAt(at) == end) {
      throw wrong("Expecting value");
    }
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c != '\\') {
        value.append(c);
      } else {
        escape(value);
      }
    }
    if (at++ >= text.length()) {
      throw wrong("Unterminated string");
    }
    return value.toString();
  }

  private void escape(StringBuilder value) {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    int letter = "\"\\/bfnrt".indexOf(c);
    if (letter >= 0) {
      value.append("\"\\/\b\f\n\r\t".charAt(letter));
    } else if (c == 'u' && at + 4 <= text.length()) {
      value.append(unit(text.substring(at, at + 4)));
      at += 4;
    } else {
      throw wrong("Invalid \\escape");
    }
  }

  private char unit(String hex) {
    if (!hex.matches("[0-9a-fA-F]{4}")) {
      throw wrong("Invalid \\uXXXX escape");
    }
    return (char) Integer.parseInt(hex, 16);
  }

  private Object word() {
    int start = at;
    while (at < text.length() && ",]} \t\r\n:".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> None.NONE;
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> number(word);
    };
  }

  private Object number(String word) {
    if (word.matches("-?(0|[1-9][0-9]*)")) {
      return Python.integer(new BigInteger(word));
    } else if (word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
      return Double.valueOf(word);
    }
    throw wrong("Expecting value");
  }

  /** On one line, with a space behind commas and colons, as Python writes it. */
  public static String write(Object value) {
    StringBuilder json = new StringBuilder();
    new Writer(json, Layout.compact()).write(value, 0);
    return json.toString();
  }

  /** On many lines, four spaces a level. */
  public static String pretty(Object value) {
    return write(value, new Layout(4, false, false, ",", ": "));
  }

  /** On many lines with sorted keys, as {@code ansible-inventory} prints; text stays text. */
  public static String sorted(Object value) {
    return write(value, new Layout(4, true, false, ",", ": "));
  }

  static String write(Object value, Layout layout) {
    StringBuilder json = new StringBuilder();
    new Writer(json, layout).write(value, 0);
    return json.toString();
  }

  /**
   * How it is laid out.
   *
   * @param indent spaces a level; negative for all on one line
   */
  record Layout(int indent, boolean sorted, boolean ascii, String comma, String colon) {
    static Layout compact() {
      return new Layout(-1, false, true, ", ", ": ");
    }
  }

  private record Writer(StringBuilder json, Layout layout) {

    void write(Object value, int level) {
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
          layout.sorted ? new TreeMap<>() : new java.util.LinkedHashMap<>();
      map.forEach((key, value) -> entries.put(key(key), value));
      json.append('{');
      String separator = "";
      for (Map.Entry<String, Object> entry : entries.entrySet()) {
        json.append(separator);
        line(level + 1);
        string(entry.getKey());
        json.append(layout.colon);
        write(entry.getValue(), level + 1);
        separator = layout.comma;
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
        separator = layout.comma;
      }
      end(list.isEmpty(), level, ']');
    }

    private void line(int level) {
      if (layout.indent >= 0) {
        json.append('\n').append(" ".repeat(layout.indent * level));
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
      } else if (c < ' ' || layout.ascii && c > 126) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
  }
}
