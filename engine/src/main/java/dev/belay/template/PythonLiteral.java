package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.value.None;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A text read as {@code ast.literal_eval} reads it, which is how Ansible types the values of an INI
 * inventory: {@code True} is a flag and {@code true} a text, {@code 1,2} is a tuple, {@code 5 # or
 * 6} is a number.
 *
 * <p>Nothing is looked up or run. Complex numbers and {@code ...} stay text, for nothing here can
 * use them; bytes become text.
 */
public final class PythonLiteral {
  /** Longer texts are texts. */
  private static final int LENGTH_LIMIT = 1_000_000;

  /** Python's own limit for brackets inside of brackets. */
  private static final int DEPTH_LIMIT = 200;

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** No literal after all; thrown often, so without a stack trace. */
  static final class NoLiteralException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLiteralException() {
      super("no literal", null, false, false);
    }
  }

  /** The value, where the text is a literal. */
  public static Optional<Object> read(String text) {
    int start = 0;
    while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
      start++;
    }
    if (start == text.length()
        || text.length() > LENGTH_LIMIT
        || !mayStart(text.charAt(start))
        || text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PythonLiteral(text.substring(start)).whole());
    } catch (NoLiteralException e) {
      return Optional.empty();
    }
  }

  private static boolean mayStart(char c) {
    return c >= '0' && c <= '9' || "-+.'\"[({TFNsbBrRuU".indexOf(c) >= 0;
  }

  /** One value, or several with commas, which are a tuple. */
  private Object whole() {
    Object first = value();
    ImmutableList.Builder<Object> members = ImmutableList.<Object>builder().add(first);
    boolean tuple = false;
    while (take(',')) {
      tuple = true;
      if (!atEnd()) {
        members.add(value());
      }
    }
    if (!atEnd()) {
      throw new NoLiteralException();
    }
    return tuple ? new Tuple(members.build()) : first;
  }

  private boolean atEnd() {
    skip();
    while (depth == 0 && at < text.length() && "\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
      skip();
    }
    return at >= text.length();
  }

  private Object value() {
    skip();
    if (at >= text.length()) {
      throw new NoLiteralException();
    }
    char c = text.charAt(at);
    return switch (c) {
      case '+', '-' -> signed(c);
      case '[' -> list();
      case '(' -> tuple();
      case '{' -> braces();
      default ->
          PythonNumber.starts(text, at)
              ? number()
              : PythonStrings.starts(text, at) ? strings() : word();
    };
  }

  private Object signed(char sign) {
    at++;
    skip();
    boolean again = at < text.length() && "+-".indexOf(text.charAt(at)) >= 0;
    Object operand = again ? None.NONE : value();
    if (!(operand instanceof Number number)) {
      throw new NoLiteralException();
    }
    return sign == '-' ? Operators.negative(number) : number;
  }

  private Object number() {
    int end = PythonNumber.end(text, at);
    Object number = PythonNumber.of(text.substring(at, end));
    at = end;
    return number;
  }

  /** Texts one behind the other are one. */
  private Object strings() {
    PythonStrings strings = new PythonStrings(text, at);
    do {
      at = strings.next();
      skip();
    } while (PythonStrings.starts(text, at) && strings.continueAt(at));
    return strings.value();
  }

  private Object word() {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    return switch (text.substring(start, at)) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> None.NONE;
      case "set" -> emptySet();
      default -> throw new NoLiteralException();
    };
  }

  private Object emptySet() {
    if (take('(') && take(')')) {
      return ImmutableSet.of();
    }
    throw new NoLiteralException();
  }

  private Object list() {
    open();
    return members(']');
  }

  private Object tuple() {
    open();
    if (take(')')) {
      depth--;
      return Tuple.of();
    }
    Object first = value();
    if (take(')')) {
      depth--;
      return first;
    }
    need(',');
    ImmutableList<Object> rest = members(')');
    return new Tuple(ImmutableList.builder().add(first).addAll(rest).build());
  }

  private ImmutableList<Object> members(char end) {
    ImmutableList.Builder<Object> members = ImmutableList.builder();
    while (!take(end)) {
      members.add(value());
      separator(end);
    }
    depth--;
    return members.build();
  }

  private Object braces() {
    open();
    if (take('}')) {
      depth--;
      return ImmutableMap.of();
    }
    Object first = hashable(value());
    return take(':') ? map(first) : set(first);
  }

  private Object map(Object firstKey) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(firstKey, value());
    separator('}');
    while (!take('}')) {
      Object key = hashable(value());
      need(':');
      map.put(key, value());
      separator('}');
    }
    depth--;
    return ImmutableMap.copyOf(map);
  }

  private Object set(Object first) {
    separator('}');
    Set<Object> set = new LinkedHashSet<>();
    set.add(first);
    members('}').forEach(member -> set.add(hashable(member)));
    return ImmutableSet.copyOf(set);
  }

  private static Object hashable(Object value) {
    boolean changeable =
        value instanceof Map
            || value instanceof Set
            || value instanceof List && !(value instanceof Tuple);
    if (changeable) {
      throw new NoLiteralException();
    }
    return value;
  }

  private void open() {
    at++;
    if (++depth > DEPTH_LIMIT) {
      throw new NoLiteralException();
    }
  }

  private void separator(char end) {
    skip();
    if (at >= text.length() || text.charAt(at) != end) {
      need(',');
    }
  }

  private void need(char c) {
    if (!take(c)) {
      throw new NoLiteralException();
    }
  }

  private boolean take(char c) {
    skip();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  /** Spaces and comments; in brackets line ends too. */
  private void skip() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (" \t\f".indexOf(c) >= 0 || depth > 0 && "\r\n".indexOf(c) >= 0) {
        at++;
      } else {
        return;
      }
    }
  }
}
