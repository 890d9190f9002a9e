package dev.belay.template;

import dev.belay.module.TemplateSyntax;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks through a template from mark to mark, and leaves out the spaces that the marks take with
 * them.
 */
final class Marks {
  /** What a mark begins. */
  enum Kind {
    STATEMENT,
    PRINTED,
    COMMENT
  }

  /**
   * A mark and what is between it and its end.
   *
   * @param at where the mark is
   * @param start first character of what is inside
   * @param end behind the last one
   */
  record Mark(Kind kind, int at, int start, int end) {}

  private final String text;
  private final SourceMap source;
  private final TemplateSyntax syntax;
  private final String firsts;
  private int at;
  private boolean lineStarts = true;

  Marks(String text, SourceMap source, TemplateSyntax syntax) {
    this.text = text;
    this.source = source;
    this.syntax = syntax;
    for (Kind kind : Kind.values()) {
      if (opening(kind).isEmpty() || closing(kind).isEmpty()) {
        throw new ProblemsException(source.at(0), "a mark of a template cannot be empty", "");
      }
    }
    firsts =
        ""
            + opening(Kind.STATEMENT).charAt(0)
            + opening(Kind.PRINTED).charAt(0)
            + opening(Kind.COMMENT).charAt(0);
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The words up to the next mark, or to the end. */
  String words() {
    int mark = at;
    while (mark < text.length()
        && (firsts.indexOf(text.charAt(mark)) < 0 || kind(mark).isEmpty())) {
      mark++;
    }
    String words = text.substring(at, mark);
    at = mark;
    return atEnd() ? words : before(words, sign(mark + opening(kind(mark).get()).length()));
  }

  private String before(String words, char sign) {
    if (sign == '-') {
      return words.stripTrailing();
    }
    boolean strips = syntax.lstripBlocks() && sign != '+' && kind(at).get() != Kind.PRINTED;
    int line = words.lastIndexOf('\n') + 1;
    boolean blank = words.substring(line).isBlank() && (line > 0 || lineStarts);
    return strips && blank ? words.substring(0, line) : words;
  }

  private char sign(int offset) {
    return offset < text.length() && "-+".indexOf(text.charAt(offset)) >= 0
        ? text.charAt(offset)
        : ' ';
  }

  /** The longest mark there wins: one may be the beginning of another. */
  private Optional<Kind> kind(int offset) {
    Optional<Kind> longest = Optional.empty();
    for (Kind kind : Kind.values()) {
      boolean longer = longest.map(l -> opening(kind).length() > opening(l).length()).orElse(true);
      if (longer && text.startsWith(opening(kind), offset)) {
        longest = Optional.of(kind);
      }
    }
    return longest;
  }

  private String opening(Kind kind) {
    return switch (kind) {
      case STATEMENT -> syntax.blockStart();
      case PRINTED -> syntax.variableStart();
      case COMMENT -> syntax.commentStart();
    };
  }

  private String closing(Kind kind) {
    return switch (kind) {
      case STATEMENT -> syntax.blockEnd();
      case PRINTED -> syntax.variableEnd();
      case COMMENT -> syntax.commentEnd();
    };
  }

  /** Takes the mark here, and what it takes with it behind its end. */
  Mark take() {
    Kind kind = kind(at).orElseThrow();
    int mark = at;
    int start = mark + opening(kind).length();
    start += sign(start) == ' ' ? 0 : 1;
    int close =
        kind == Kind.COMMENT ? text.indexOf(syntax.commentEnd(), start) : close(start, kind);
    if (close < 0) {
      throw new ProblemsException(
          source.at(mark), "this template has no closing '" + closing(kind) + "'", "");
    }
    char sign = close > start ? sign(close - 1) : ' ';
    boolean signed = sign == '-' || sign == '+' && kind != Kind.PRINTED;
    at = close + closing(kind).length();
    behind(sign, kind != Kind.PRINTED && syntax.trimBlocks());
    return new Mark(kind, mark, start, signed ? close - 1 : close);
  }

  private void behind(char sign, boolean trims) {
    int from = at;
    if (sign == '-') {
      while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    } else if (trims && sign != '+' && !atEnd() && text.charAt(at) == '\n') {
      at++;
    }
    lineStarts = at > from && text.charAt(at - 1) == '\n';
  }

  /** The end of a mark is looked for outside of quotes and brackets. */
  private int close(int start, Kind kind) {
    char quote = 0;
    int brackets = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (brackets <= 0 && text.startsWith(closing(kind), i)) {
        return i;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else {
        brackets += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
    }
    return -1;
  }

  /** All up to the end of a {@code raw} statement, as it stands. */
  String raw(Mark mark) {
    at = mark.end();
    char begin = sign(at);
    at = Math.max(at, text.indexOf(syntax.blockEnd(), at)) + syntax.blockEnd().length();
    if (at > text.length()) {
      throw new ProblemsException(source.at(mark.at()), "this 'raw' has no 'endraw'", "");
    }
    behind(begin, false);
    Matcher end =
        Pattern.compile(
                Pattern.quote(syntax.blockStart())
                    + "([-+]?)\\s*endraw\\s*([-+]?)"
                    + Pattern.quote(syntax.blockEnd()))
            .matcher(text);
    if (!end.find(at)) {
      throw new ProblemsException(source.at(mark.at()), "this 'raw' has no 'endraw'", "");
    }
    String words = text.substring(at, end.start());
    at = end.start();
    words = before(words, end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0));
    at = end.end();
    behind(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), syntax.trimBlocks());
    return words;
  }
}
