package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.math.BigInteger;

/** JSON as Python's module reads and writes it. */
public final class Json {
  private static final int DEPTH_LIMIT = 200;

  /** Python reads no longer numbers either. */
  private static final int DIGIT_LIMIT = 4300;

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
    if (word.length() > DIGIT_LIMIT) {
      throw wrong("Exceeds the limit of " + DIGIT_LIMIT + " digits");
    } else if (word.matches("-?(0|[1-9][0-9]*)")) {
      return Python.integer(new BigInteger(word));
    } else if (word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
      return Double.valueOf(word);
    }
    throw wrong("Expecting value");
  }

  /** On one line, with a space behind commas and colons, as Python writes it. */
  public static String write(Object value) {
    StringBuilder json = new StringBuilder();
    new JsonWriter(json, Layout.compact(), Long.MAX_VALUE).write(value, 0);
    return json.toString();
  }

  /** On many lines, four spaces a level. */
  public static String pretty(Object value) {
    StringBuilder json = new StringBuilder();
    new JsonWriter(json, new Layout(4, false, false, ",", ": "), Long.MAX_VALUE).write(value, 0);
    return json.toString();
  }

  /** On many lines with sorted keys, as {@code ansible-inventory} prints; text stays text. */
  public static String sorted(Object value) {
    return write(value, new Layout(4, true, false, ",", ": "));
  }

  static String write(Object value, Layout layout) {
    StringBuilder json = new StringBuilder();
    new JsonWriter(json, layout, Sizes.TEXT_LIMIT).write(value, 0);
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
}
