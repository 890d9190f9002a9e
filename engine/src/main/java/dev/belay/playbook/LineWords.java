package dev.belay.playbook;

import dev.belay.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a line, or a block of lines, into words as Ansible does: at blanks and line ends that are
 * in neither quotes nor template braces. A backslash alone goes, and joins its line to the next.
 */
final class LineWords {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:U[0-9a-fA-F]{8}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|([\\\\'\"abfnrtv]))");
  private static final String LETTERS = "\\'\"abfnrtv";
  private static final String MEANINGS = "\\'\"\u0007\b\f\n\r\t\u000b";
  private static final String[] OPENING = {"{{", "{%", "{#"};
  private static final String[] CLOSING = {"}}", "%}", "#}"};

  /**
   * A word of the line.
   *
   * @param whole as it stands there, with the blanks and the line end behind it but one blank
   * @param key what stands before the first {@code =} where that is a name, or makes one of
   *     templates; else empty
   * @param value what stands behind it, without quotes around and with escapes read; the whole word
   *     where there is no key
   */
  record Word(PlacedText whole, String key, PlacedText value) {

    /** It where it is no parameter: {@code \=} is an equals sign that makes none. */
    PlacedText free() {
      return key.isEmpty() && whole.text().indexOf('=') >= 0 && unescapedEquals(decoded(whole)) < 0
          ? replaced(decoded(whole))
          : whole;
    }

    private static PlacedText replaced(PlacedText text) {
      PlacedText.Builder plain = new PlacedText.Builder();
      for (int i = 0; i < text.text().length(); i++) {
        if (!text.text().startsWith("\\=", i)) {
          plain.add(text.part(i, i + 1));
        }
      }
      return plain.build();
    }

    Node.Scalar valueIn(Node.Scalar line) {
      return value.in(line);
    }
  }

  /** A name, of which parts or all may be templates. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?:[A-Za-z_]\\w*+|[{][{][^{}]*+[}][}]\\w*+)(?:[{][{][^{}]*+[}][}]\\w*+){0,50}=");

  private final String line;
  private final List<PlacedText.Builder> words = new ArrayList<>();
  private final int[] depths = new int[OPENING.length];
  private char quote;
  private boolean joins;

  private LineWords(String line) {
    this.line = line;
  }

  static List<Word> split(String line) {
    LineWords words = new LineWords(line);
    words.readAll();
    return words.words.stream().map(word -> word(word.build())).toList();
  }

  private void readAll() {
    boolean first = true;
    for (int at = 0; at <= line.length(); ) {
      int end = at;
      while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\n') {
        end++;
      }
      read(at, end, first);
      first = end < line.length() && line.charAt(end) == '\n';
      if (first) {
        endLine(end);
      }
      at = end + 1;
    }
  }

  private void read(int from, int to, boolean first) {
    String piece = line.substring(from, to);
    if (piece.isEmpty() && !first) {
      addToLast(" ", from - 1);
    } else if (piece.equals("\\") && quote == 0) {
      joins = true;
    } else {
      boolean open = quote != 0 || depth() > 0;
      follow(piece);
      if (open && !first) {
        addToLast(" ", from - 1);
      }
      add(piece, from, open);
    }
  }

  private void add(String piece, int from, boolean open) {
    if (!piece.isEmpty()) {
      if (!open || words.isEmpty()) {
        words.add(new PlacedText.Builder());
      }
      words.get(words.size() - 1).add(PlacedText.of(piece, from));
    }
  }

  private void addToLast(String space, int place) {
    if (!words.isEmpty()) {
      words.get(words.size() - 1).add(space, place);
    }
  }

  private void endLine(int place) {
    if (!joins) {
      addToLast("\n", place);
    }
    joins = false;
  }

  private int depth() {
    return depths[0] + depths[1] + depths[2];
  }

  /** What quotes and braces are open behind it. */
  private void follow(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      boolean escaped = i > 0 && piece.charAt(i - 1) == '\\';
      if ((c == '"' || c == '\'') && !escaped) {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
    for (int kind = 0; kind < depths.length; kind++) {
      int more = count(piece, OPENING[kind]) - count(piece, CLOSING[kind]);
      depths[kind] = Math.max(0, depths[kind] + more);
    }
  }

  private static int count(String piece, String braces) {
    int count = 0;
    for (int at = piece.indexOf(braces); at >= 0; at = piece.indexOf(braces, at + 2)) {
      count++;
    }
    return count;
  }

  private static Word word(PlacedText whole) {
    PlacedText text = decoded(whole);
    Matcher key = KEY.matcher(text.text());
    boolean hasKey = key.lookingAt();
    int equals = hasKey ? key.end() - 1 : -1;
    PlacedText value = text.part(equals + 1, text.text().length());
    return new Word(
        whole, hasKey ? text.text().substring(0, equals) : "", value.stripped().unquoted());
  }

  private static int unescapedEquals(PlacedText word) {
    String text = word.text();
    int equals = text.indexOf('=', text.startsWith("{{") ? text.indexOf("}}") + 1 : 1);
    while (equals > 0 && text.charAt(equals - 1) == '\\') {
      equals = text.indexOf('=', equals + 1);
    }
    return equals;
  }

  private static PlacedText decoded(PlacedText word) {
    PlacedText.Builder decoded = new PlacedText.Builder();
    Matcher escape = ESCAPE.matcher(word.text());
    int at = 0;
    while (escape.find()) {
      decoded.add(word.part(at, escape.start()));
      decoded.add(meaning(escape), word.places().get(escape.start()));
      at = escape.end();
    }
    return at == 0 ? word : decoded.add(word.part(at, word.text().length())).build();
  }

  private static String meaning(Matcher escape) {
    if (escape.group(1) != null) {
      int letter = LETTERS.indexOf(escape.group(1));
      return MEANINGS.substring(letter, letter + 1);
    }
    long code = Long.parseLong(escape.group().substring(2), 16);
    return Character.isValidCodePoint((int) code) && code >= 0 && code <= Character.MAX_CODE_POINT
        ? Character.toString((int) code)
        : escape.group();
  }
}
