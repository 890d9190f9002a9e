package dev.belay.template;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts in quotes as Python's source writes them, several of which may follow each other. */
final class PythonStrings {
  private static final Pattern START = Pattern.compile("(?i)(u|r|b|br|rb|)('''|\"\"\"|'|\")");
  private static final String PLAIN = "\\'\"abfnrtv";
  private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

  private final String text;
  private final StringBuilder value = new StringBuilder();
  private final boolean bytes;
  private int at;

  PythonStrings(String text, int at) {
    this.text = text;
    this.at = at;
    bytes = prefix(text, at).contains("b");
  }

  static boolean starts(String text, int at) {
    return at < text.length() && START.matcher(text).region(at, text.length()).lookingAt();
  }

  private static String prefix(String text, int at) {
    return start(text, at).group(1).toLowerCase(Locale.ROOT);
  }

  private static Matcher start(String text, int at) {
    Matcher start = START.matcher(text).region(at, text.length());
    if (!start.lookingAt()) {
      throw new PythonLiteral.NoLiteralException();
    }
    return start;
  }

  /** Goes on with the text that begins there; bytes and texts do not mix. */
  boolean continueAt(int place) {
    at = place;
    if (prefix(text, at).contains("b") != bytes) {
      throw new PythonLiteral.NoLiteralException();
    }
    return true;
  }

  /** Reads one text and tells where it ends. */
  int next() {
    Matcher start = start(text, at);
    boolean raw = start.group(1).toLowerCase(Locale.ROOT).contains("r");
    String quote = start.group(2);
    at = start.end();
    while (!text.startsWith(quote, at)) {
      character(raw, quote.length() == 1);
    }
    at += quote.length();
    return at;
  }

  private void character(boolean raw, boolean oneLine) {
    char c = take();
    if (c == '\\' && raw) {
      value.append(c).append(take());
    } else if (c == '\\') {
      escape(take());
    } else if (oneLine && c == '\n' || bytes && c > 127) {
      throw new PythonLiteral.NoLiteralException();
    } else {
      value.append(c);
    }
  }

  private char take() {
    if (at >= text.length()) {
      throw new PythonLiteral.NoLiteralException();
    }
    return text.charAt(at++);
  }

  private void escape(char c) {
    int plain = PLAIN.indexOf(c);
    if (plain >= 0) {
      value.append(MEANT.charAt(plain));
    } else if (c >= '0' && c <= '7') {
      octal();
    } else if (c == 'x') {
      code(2);
    } else if (c == 'u' && !bytes) {
      code(4);
    } else if (c == 'U' && !bytes) {
      code(8);
    } else if (c == 'N' && !bytes) {
      named();
    } else if (c != '\n') {
      value.append('\\').append(c);
    }
  }

  private void octal() {
    int end = at;
    while (end < text.length()
        && end < at + 2
        && text.charAt(end) >= '0'
        && text.charAt(end) <= '7') {
      end++;
    }
    append(Integer.parseInt(text.substring(at - 1, end), 8));
    at = end;
  }

  private void code(int digits) {
    String hex = text.substring(at, Math.min(text.length(), at + digits));
    if (hex.length() < digits || !hex.matches("[0-9a-fA-F]+")) {
      throw new PythonLiteral.NoLiteralException();
    }
    append(Long.parseLong(hex, 16));
    at += digits;
  }

  private void named() {
    int end = text.indexOf('}', at);
    if (end < 0 || take() != '{') {
      throw new PythonLiteral.NoLiteralException();
    }
    try {
      append(Character.codePointOf(text.substring(at, end)));
    } catch (IllegalArgumentException e) {
      throw new PythonLiteral.NoLiteralException();
    }
    at = end + 1;
  }

  private void append(long code) {
    if (code > Character.MAX_CODE_POINT) {
      throw new PythonLiteral.NoLiteralException();
    }
    value.appendCodePoint((int) code);
  }

  /** All that was read; bytes as the text that they are in UTF-8. */
  String value() {
    if (!bytes) {
      return value.toString();
    }
    try {
      byte[] read = value.toString().getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read)).toString();
    } catch (CharacterCodingException e) {
      throw new PythonLiteral.NoLiteralException();
    }
  }
}
