package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a text as a Python literal, as {@code ast.literal_eval} does: constants only, nothing is
 * looked up or run. Bytes, sets and complex numbers are none of the values here, and stay text.
 */
public final class Literals {
  /** Longer texts are texts. */
  private static final int LENGTH_LIMIT = 1_000_000;

  /** Python reads no longer numbers either. */
  private static final int DIGIT_LIMIT = 4300;

  /** Brackets within brackets. */
  private static final int DEPTH_LIMIT = 100;

  private static final String STARTS = "0123456789-+.'\"[({TFNru#";

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?i)(?<based>0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+)"
              + "|(?<real>(?:\\d[\\d_]*)?\\.\\d[\\d_]*(?:e[-+]?\\d[\\d_]*)?"
              + "|\\d[\\d_]*\\.(?:e[-+]?\\d[\\d_]*)?|\\d[\\d_]*e[-+]?\\d[\\d_]*)"
              + "|(?<whole>[1-9][\\d_]*|0[0_]*)");
  private static final Pattern WRONG_UNDERSCORE = Pattern.compile("__|_$|_[.e]|[.e]_");
  private static final Pattern QUOTE = Pattern.compile("([rRuU]?)('''|\"\"\"|'|\")");
  private static final Pattern WORD = Pattern.compile("(True|False|None)(?![\\w.])");
  private static final Pattern JSON_WORD =
      Pattern.compile("(True|False|None|true|false|null)(?![\\w.])");

  /** Ends the reading: the text is none. */
  private static final class NoLiteralException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLiteralException() {
      super("no literal", null, false, false);
    }
  }

  private final String text;
  private final Pattern words;
  private int at;
  private int depth;

  private Literals(String text, Pattern words) {
    this.text = text;
    this.words = words;
  }

  /** The value, where the text is a literal. */
  public static Optional<Object> read(String text) {
    return read(text, WORD);
  }

  /** The same of what looks like a list or a dictionary, where JSON's words count too. */
  static Optional<Object> readData(String text) {
    return text.startsWith("{") || text.startsWith("[") ? read(text, JSON_WORD) : Optional.empty();
  }

  private static Optional<Object> read(String text, Pattern words) {
    boolean may =
        !text.isEmpty() && text.length() < LENGTH_LIMIT && STARTS.indexOf(text.charAt(0)) >= 0;
    if (!may) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Literals(text, words).whole());
    } catch (NoLiteralException e) {
      return Optional.empty();
    }
  }

  private Object whole() {
    skipSpaces();
    Object value = tuple("");
    while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '#' && text.indexOf('\n', at) < 0) {
      return value;
    } else if (at < text.length()) {
      throw new NoLiteralException();
    }
    return value;
  }

  /** Line ends and remarks are spaces inside of brackets alone. */
  private void skipSpaces() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#' && depth > 0) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (c == ' ' || c == '\t' || c == '\f' || depth > 0 && (c == '\n' || c == '\r')) {
        at++;
      } else {
        return;
      }
    }
  }

  private boolean takeIf(char c) {
    boolean is = at < text.length() && text.charAt(at) == c;
    if (is) {
      at++;
      skipSpaces();
    }
    return is;
  }

  private Object tuple(String ends) {
    Object first = value();
    if (!takeIf(',')) {
      return first;
    }
    ImmutableList.Builder<Object> members = ImmutableList.builder();
    members.add(first);
    while (at < text.length() && (ends.isEmpty() || ends.indexOf(text.charAt(at)) < 0)) {
      members.add(value());
      if (!takeIf(',')) {
        break;
      }
    }
    return new Tuple(members.build());
  }

  private Object value() {
    if (at >= text.length()) {
      throw new NoLiteralException();
    }
    return switch (text.charAt(at)) {
      case '-', '+' -> signed();
      case '(' -> parenthesis();
      case '[' -> list();
      case '{' -> map();
      default -> plain();
    };
  }

  private Object signed() {
    boolean negative = text.charAt(at) == '-';
    at++;
    skipSpaces();
    Object number = at < text.length() && "-+".indexOf(text.charAt(at)) < 0 ? plain() : "";
    if (!(number instanceof Number)) {
      throw new NoLiteralException();
    }
    return negative ? Operators.negative(number) : number;
  }

  private void open() {
    if (++depth > DEPTH_LIMIT) {
      throw new NoLiteralException();
    }
    at++;
    skipSpaces();
  }

  private void close(char c) {
    depth--;
    if (!takeIf(c)) {
      throw new NoLiteralException();
    }
  }

  private Object parenthesis() {
    open();
    boolean empty = at < text.length() && text.charAt(at) == ')';
    Object inside = empty ? new Tuple(ImmutableList.of()) : tuple(")");
    close(')');
    return inside;
  }

  private Object list() {
    open();
    ImmutableList.Builder<Object> members = ImmutableList.builder();
    while (at < text.length() && text.charAt(at) != ']') {
      members.add(value());
      if (!takeIf(',')) {
        break;
      }
    }
    close(']');
    return members.build();
  }

  private Object map() {
    open();
    Map<Object, Object> map = new LinkedHashMap<>();
    while (at < text.length() && text.charAt(at) != '}') {
      Object key = value();
      if (!takeIf(':') || key instanceof Map || key instanceof ImmutableList) {
        throw new NoLiteralException();
      }
      map.put(key, value());
      if (!takeIf(',')) {
        break;
      }
    }
    close('}');
    return ImmutableMap.copyOf(map);
  }

  private Object plain() {
    Matcher quote = QUOTE.matcher(text).region(at, text.length());
    if (quote.lookingAt()) {
      return string(quote);
    }
    Matcher word = words.matcher(text).region(at, text.length());
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (word.useTransparentBounds(true).lookingAt()) {
      take(word);
      return switch (word.group(1)) {
        case "True", "true" -> true;
        case "False", "false" -> false;
        default -> None.NONE;
      };
    } else if (number.lookingAt()) {
      take(number);
      return number(number);
    }
    throw new NoLiteralException();
  }

  private void take(Matcher found) {
    at = found.end();
    boolean goesOn = at < text.length() && (Character.isLetterOrDigit(text.charAt(at)));
    if (goesOn || at < text.length() && "_.".indexOf(text.charAt(at)) >= 0) {
      throw new NoLiteralException();
    }
    skipSpaces();
  }

  private static Object number(Matcher number) {
    String written = number.group().toLowerCase(Locale.ROOT);
    String digits = written.replace("_", "");
    boolean based = number.group("based") != null;
    if (digits.length() > DIGIT_LIMIT
        || based && digits.length() < 3
        || WRONG_UNDERSCORE.matcher(based ? written.substring(2) : written).find()
            && !(based && !written.contains("__") && !written.endsWith("_"))) {
      throw new NoLiteralException();
    }
    if (based) {
      int base = digits.charAt(1) == 'x' ? 16 : digits.charAt(1) == 'o' ? 8 : 2;
      return Python.integer(new BigInteger(digits.substring(2), base));
    }
    return number.group("whole") == null
        ? Double.valueOf(digits)
        : Python.integer(new BigInteger(digits));
  }

  private Object string(Matcher first) {
    StringBuilder value = new StringBuilder();
    Matcher quote = first;
    do {
      at = quote.end();
      one(quote.group(2), quote.group(1).equalsIgnoreCase("r"), value);
      skipSpaces();
      quote = QUOTE.matcher(text).region(at, text.length());
    } while (quote.lookingAt());
    return value.toString();
  }

  private void one(String quote, boolean raw, StringBuilder value) {
    while (!text.startsWith(quote, at)) {
      char c = at < text.length() ? text.charAt(at) : '\n';
      if (at >= text.length() || c == '\n' && quote.length() == 1) {
        throw new NoLiteralException();
      } else if (c == '\\' && at + 1 < text.length()) {
        escape(raw, value);
      } else {
        value.append(c);
        at++;
      }
    }
    at += quote.length();
  }

  private void escape(boolean raw, StringBuilder value) {
    if (raw) {
      value.append(text, at, at + 2);
      at += 2;
    } else {
      at = Escapes.read(text, at, value);
    }
  }
}
