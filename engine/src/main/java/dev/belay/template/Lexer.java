package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens. */
final class Lexer {
  /** Longer ones first: the first that fits is taken. */
  private static final ImmutableList<String> OPERATORS =
      ImmutableList.of(
          "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")",
          "[", "]", "{", "}", ",", ":", ".", "|");

  /** What a backslash in a text in quotes is. */
  enum Backslash {
    /** As in Python it begins an escape. */
    ESCAPES,
    /** Itself, as Ansible has it between the braces of a playbook's value. */
    LITERAL
  }

  /** Python reads no longer numbers either. */
  private static final int DIGIT_LIMIT = 4300;

  private static final ImmutableMap<Character, Integer> BASES =
      ImmutableMap.of('x', 16, 'o', 8, 'b', 2);

  private final String text;
  private final int end;
  private final SourceMap source;
  private final Backslash backslash;
  private int at;

  /** Reads {@code text} from {@code start} up to {@code end}. */
  Lexer(String text, int start, int end, SourceMap source, Backslash backslash) {
    this.text = text;
    this.at = start;
    this.end = end;
    this.source = source;
    this.backslash = backslash;
  }

  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    skipSpaces();
    while (at < end) {
      tokens.add(next());
      skipSpaces();
    }
    tokens.add(new Token(Token.Kind.END, "", end));
    return tokens;
  }

  private void skipSpaces() {
    while (at < end && isSpace(text.charAt(at))) {
      at++;
    }
  }

  /** A space that does not break counts too: people paste it. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private Token next() {
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      return string(c);
    } else if (c >= '0' && c <= '9') {
      return number();
    } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
      return name();
    }
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        return new Token(Token.Kind.OPERATOR, operator, at - operator.length());
      }
    }
    throw new ProblemsException(
        source.at(at), "unexpected character '" + c + "' in a template", "");
  }

  private Token name() {
    int start = at;
    while (at < end
        && (Character.isUnicodeIdentifierPart(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    return new Token(Token.Kind.NAME, text.substring(start, at), start);
  }

  private Token number() {
    int start = at;
    int base = base();
    if (base > 0) {
      at += 2;
      while (at < end && (Character.digit(text.charAt(at), base) >= 0 || text.charAt(at) == '_')) {
        at++;
      }
      return new Token(Token.Kind.INTEGER, decimal(start, base), start);
    }
    digits();
    boolean fraction =
        at + 1 < end && text.charAt(at) == '.' && isDigit(text.charAt(at + 1)) && !afterDot(start);
    if (fraction) {
      at++;
      digits();
    }
    boolean exponent = !afterDot(start) && takeExponent();
    String digits = text.substring(start, at).replace("_", "");
    if (digits.length() > DIGIT_LIMIT) {
      throw new ProblemsException(source.at(start), "this number has too many digits", "");
    }
    if (!fraction && !exponent && !afterDot(start) && isLedByZero(digits)) {
      throw new ProblemsException(source.at(start), "a number does not begin with 0", "");
    }
    return new Token(fraction || exponent ? Token.Kind.FLOAT : Token.Kind.INTEGER, digits, start);
  }

  private static boolean isLedByZero(String digits) {
    return digits.startsWith("0") && digits.chars().anyMatch(c -> c != '0');
  }

  private int base() {
    if (at + 2 >= end || text.charAt(at) != '0') {
      return 0;
    }
    int base = BASES.getOrDefault(Character.toLowerCase(text.charAt(at + 1)), 0);
    return base > 0 && Character.digit(text.charAt(at + 2), base) >= 0 ? base : 0;
  }

  private String decimal(int start, int base) {
    String digits = text.substring(start + 2, at).replace("_", "");
    if (digits.length() > DIGIT_LIMIT) {
      throw new ProblemsException(source.at(start), "this number has too many digits", "");
    }
    return new BigInteger(digits, base).toString();
  }

  /** In {@code item.0.1} the numbers are names of places, not a fraction. */
  private boolean afterDot(int start) {
    return start > 0 && text.charAt(start - 1) == '.';
  }

  private void digits() {
    while (at < end && (isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
  }

  private boolean takeExponent() {
    if (at >= end || text.charAt(at) != 'e' && text.charAt(at) != 'E') {
      return false;
    }
    int sign = at + 1 < end && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-') ? 1 : 0;
    if (at + 1 + sign >= end || !isDigit(text.charAt(at + 1 + sign))) {
      return false;
    }
    at += 1 + sign;
    digits();
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int escape(StringBuilder value) {
    char next = text.charAt(at + 1);
    if (backslash == Backslash.ESCAPES) {
      return Escapes.read(text, at, value);
    } else if (next != '"' && next != '\'') {
      value.append('\\');
    }
    value.append(next);
    return at + 2;
  }

  private Token string(char quote) {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < end && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < end) {
        at = escape(value);
      } else {
        value.append(text.charAt(at++));
      }
    }
    if (at >= end) {
      throw new ProblemsException(
          source.at(start), "this text has no closing quote", "add " + quote);
    }
    at++;
    return new Token(Token.Kind.STRING, value.toString(), start);
  }
}
