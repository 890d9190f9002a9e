package dev.belay.template;

import com.google.common.collect.ImmutableList;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.value.None;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A condition with templates inside of it, as in {@code "{{ name }}.rc == 0"} or {@code "'{{ a }}'
 * in b"}. Ansible renders it, and evaluates the text that comes of that.
 *
 * <p>So does this, but what a template gives stays data: in quotes it is text whatever it holds,
 * outside of them a literal, an operator, or a name with names behind it. A call or a filter cannot
 * come out of a variable, for a host may have said what is in it.
 */
final class Spliced {
  /** A name, with members behind it; or a piece of one. */
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_.]*(?:\\[(?:\\d+|'[^'\\\\]*'|\"[^\"\\\\]*\")\\][\\w.]*)*");

  private static final Pattern OPERATOR = Pattern.compile("==|!=|<=?|>=?|not in|is not");

  /**
   * A part of the condition.
   *
   * @param words as they stand, up to the template
   * @param template behind the words; none behind the last ones
   * @param quote that is open there; 0 where none is
   */
  private record Piece(String words, Optional<Tree> template, char quote, Position at) {}

  private final ImmutableList<Piece> pieces;
  private final Position at;

  private Spliced(ImmutableList<Piece> pieces, Position at) {
    this.pieces = pieces;
    this.at = at;
  }

  static boolean isOne(String text) {
    return text.contains("{{");
  }

  /**
   * Compiles the templates.
   *
   * @throws ProblemsException where one is not well formed
   */
  static Spliced of(String text, SourceMap source) {
    Marks marks = new Marks(text, source, TemplateSyntax.USUAL);
    ImmutableList.Builder<Piece> pieces = ImmutableList.builder();
    char quote = 0;
    while (!marks.atEnd()) {
      String words = marks.words();
      quote = quoteBehind(words, quote);
      if (marks.atEnd()) {
        pieces.add(new Piece(words, Optional.empty(), quote, source.at(text.length())));
        break;
      }
      Marks.Mark mark = marks.take();
      if (mark.kind() == Marks.Kind.STATEMENT) {
        throw new ProblemsException(
            source.at(mark.at()),
            "a condition holds no statements",
            "write it as an expression: a if b else c");
      }
      pieces.add(new Piece(words, printed(text, mark, source), quote, source.at(mark.at())));
    }
    return new Spliced(pieces.build(), source.at(0));
  }

  private static Optional<Tree> printed(String text, Marks.Mark mark, SourceMap source) {
    return mark.kind() == Marks.Kind.COMMENT
        ? Optional.empty()
        : Optional.of(
            Parser.parse(text, mark.start(), mark.end(), source, Lexer.Backslash.ESCAPES));
  }

  private static char quoteBehind(String words, char before) {
    char quote = before;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (quote != 0) {
        i += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      }
    }
    return quote;
  }

  /** The value: of a template that is all there is, where it is no text, its own. */
  Object value(Evaluation in) {
    if (pieces.size() == 1 && pieces.get(0).words.isEmpty()) {
      Object value = in.finished(given(pieces.get(0), in));
      return value instanceof String text ? again(bare(text, at).strip(), in) : value;
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.words).append(piece.template.isPresent() ? inserted(piece, in) : "");
      in.attempt(at, () -> Sizes.text(text.length()));
    }
    return again(text.toString(), in);
  }

  private static Object given(Piece piece, Evaluation in) {
    Object value = piece.template.orElseThrow().value(in);
    return Tree.Choice.isNothing(value) ? "" : Python.used(value);
  }

  private static String inserted(Piece piece, Evaluation in) {
    Object value = in.finished(given(piece, in));
    if (piece.quote == 0) {
      return value instanceof String text ? bare(text, piece.at) : PythonText.repr(value);
    }
    String text = value == None.NONE ? "" : PythonText.str(value);
    return text.replace("\\", "\\\\").replace("" + piece.quote, "\\" + piece.quote);
  }

  /** A text that becomes part of the expression. */
  private static String bare(String given, Position at) {
    String text = given.strip();
    if (NAME.matcher(text).matches() || OPERATOR.matcher(text).matches()) {
      return given;
    }
    return Literals.read(text)
        .map(PythonText::repr)
        .orElseThrow(
            () ->
                new EvaluationException(
                    at,
                    "this template gives the text "
                        + PythonText.repr(given)
                        + ", and a text that a variable holds is not evaluated; write it in quotes,"
                        + " or the condition itself"));
  }

  private Object again(String text, Evaluation in) {
    if (text.isBlank()) {
      return "";
    }
    try {
      in.made(at, text);
      return Parser.parse(text, 0, text.length(), SourceMap.fixed(at), Lexer.Backslash.ESCAPES)
          .value(in);
    } catch (ProblemsException e) {
      throw new EvaluationException(
          at, "rendered, this is '" + text + "': " + e.problems().get(0).what());
    }
  }
}
