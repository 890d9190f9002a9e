package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import java.util.Optional;

/** Makes statements of a template's text: cuts it at the marks, and reads what is between them. */
final class StatementParser {
  private final String text;
  private final SourceMap source;
  private final Marks marks;
  private final String newline;
  private Optional<Tag> pending = Optional.empty();

  /** A statement's opening, {@code {% word … %}}: its parser stands behind the word. */
  private record Tag(String word, Parser rest, int start) {}

  StatementParser(String text, SourceMap source) {
    this(text, source, TemplateSyntax.USUAL);
  }

  StatementParser(String text, SourceMap source, TemplateSyntax syntax) {
    this.text = text;
    this.source = source;
    marks = new Marks(text, source, syntax);
    newline = syntax.newline();
  }

  ImmutableList<Statement> parse() {
    ImmutableList<Statement> all = body(ImmutableSet.of());
    if (pending.isPresent()) {
      throw problem(pending.get().start, "'" + pending.get().word + "' ends nothing here");
    }
    return all;
  }

  private ProblemsException problem(int offset, String what) {
    return new ProblemsException(source.at(offset), what, "");
  }

  /** Up to a statement with one of these words, which is then pending. */
  private ImmutableList<Statement> body(ImmutableSet<String> ends) {
    ImmutableList.Builder<Statement> statements = ImmutableList.builder();
    while (!marks.atEnd()) {
      plain(marks.words(), statements);
      if (marks.atEnd()) {
        break;
      }
      Optional<Tag> end = marked(marks.take(), ends, statements);
      if (end.isPresent()) {
        pending = end;
        return statements.build();
      }
    }
    if (!ends.isEmpty()) {
      throw problem(
          text.length(), "this template needs '" + ends.asList().get(ends.size() - 1) + "'");
    }
    return statements.build();
  }

  private void plain(String words, ImmutableList.Builder<Statement> statements) {
    if (!words.isEmpty()) {
      statements.add(
          new Statement.Plain(newline.equals("\n") ? words : words.replace("\n", newline)));
    }
  }

  private Optional<Tag> marked(
      Marks.Mark mark, ImmutableSet<String> ends, ImmutableList.Builder<Statement> statements) {
    switch (mark.kind()) {
      case PRINTED ->
          statements.add(
              new Statement.Printed(Parser.parse(text, mark.start(), mark.end(), source)));
      case STATEMENT -> {
        return statement(mark, ends, statements);
      }
      case COMMENT -> {}
    }
    return Optional.empty();
  }

  private Optional<Tag> statement(
      Marks.Mark mark, ImmutableSet<String> ends, ImmutableList.Builder<Statement> statements) {
    Parser rest = new Parser(new Lexer(text, mark.start(), mark.end(), source).tokens(), source);
    Token word = rest.take();
    if (ends.contains(word.text())) {
      return Optional.of(new Tag(word.text(), rest, mark.at()));
    }
    switch (word.text()) {
      case "raw" -> plain(marks.raw(mark), statements);
      case "if" -> statements.add(condition(rest));
      case "for" -> statements.add(loop(rest, word));
      case "set" -> statements.add(set(rest));
      case "macro" -> statements.add(macro(rest));
      case "filter" -> statements.add(filter(rest, word));
      case "with" -> statements.add(with(rest));
      case "include" -> statements.add(Inclusion.include(rest, word));
      case "import" -> statements.add(Inclusion.imported(rest, word));
      case "from" -> statements.add(Inclusion.from(rest, word));
      case "endif", "endfor", "else", "elif", "endset", "endmacro", "endfilter", "endwith" ->
          throw problem(mark.at(), "'" + word.text() + "' ends nothing here");
      default -> throw problem(mark.at(), "the statement '" + word.text() + "' is not supported");
    }
    return Optional.empty();
  }

  private Tag takePending() {
    Tag tag = pending.orElseThrow();
    pending = Optional.empty();
    return tag;
  }

  private Statement condition(Parser first) {
    ImmutableList.Builder<Tree> conditions = ImmutableList.builder();
    ImmutableList.Builder<ImmutableList<Statement>> bodies = ImmutableList.builder();
    Parser rest = first;
    ImmutableList<Statement> otherwise = ImmutableList.of();
    while (true) {
      conditions.add(rest.tuple());
      rest.expectEnd();
      bodies.add(body(ImmutableSet.of("elif", "else", "endif")));
      Tag tag = takePending();
      rest = tag.rest;
      if (!tag.word.equals("elif")) {
        if (tag.word.equals("else")) {
          otherwise = body(ImmutableSet.of("endif"));
          takePending();
        }
        return new Statement.If(conditions.build(), bodies.build(), otherwise);
      }
    }
  }

  private Statement loop(Parser rest, Token word) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    boolean bracket = rest.takeIf("(");
    do {
      names.add(rest.take().text());
    } while (rest.takeIf(","));
    if (bracket) {
      rest.expect(")");
    }
    rest.expect("in");
    Tree items = rest.withoutChoice();
    Optional<Tree> filter = rest.takeIf("if") ? Optional.of(rest.expression()) : Optional.empty();
    rest.takeIf("recursive");
    rest.expectEnd();
    ImmutableList<Statement> body = body(ImmutableSet.of("else", "endfor"));
    ImmutableList<Statement> otherwise = ImmutableList.of();
    if (takePending().word.equals("else")) {
      otherwise = body(ImmutableSet.of("endfor"));
      takePending();
    }
    return new Statement.For(names.build(), items, filter, body, otherwise, rest.place(word));
  }

  private Statement set(Parser rest) {
    String name = rest.take().text();
    Optional<String> member = rest.takeIf(".") ? Optional.of(rest.take().text()) : Optional.empty();
    if (rest.takeIf("=")) {
      Tree value = rest.tuple();
      rest.expectEnd();
      return new Statement.Set(name, member, Optional.of(value), ImmutableList.of());
    }
    ImmutableList<Statement> body = body(ImmutableSet.of("endset"));
    takePending();
    return new Statement.Set(name, member, Optional.empty(), body);
  }

  private Statement macro(Parser rest) {
    String name = rest.take().text();
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    ImmutableList.Builder<Optional<Tree>> defaults = ImmutableList.builder();
    rest.expect("(");
    while (!rest.takeIf(")")) {
      parameters.add(rest.take().text());
      defaults.add(rest.takeIf("=") ? Optional.of(rest.expression()) : Optional.empty());
      rest.takeIf(",");
    }
    ImmutableList<Statement> body = body(ImmutableSet.of("endmacro"));
    takePending();
    return new Statement.Macro(name, parameters.build(), defaults.build(), body);
  }

  private Statement filter(Parser rest, Token word) {
    String subject = "the body of a filter";
    Tree filtered = rest.filter(new Tree.Name(subject, rest.place(word)), rest.place(word));
    ImmutableList<Statement> body = body(ImmutableSet.of("endfilter"));
    takePending();
    return new Statement.Filter(filtered, subject, body);
  }

  private Statement with(Parser rest) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    ImmutableList.Builder<Tree> values = ImmutableList.builder();
    while (rest.peek().kind() == Token.Kind.NAME) {
      names.add(rest.take().text());
      rest.expect("=");
      values.add(rest.expression());
      rest.takeIf(",");
    }
    ImmutableList<Statement> body = body(ImmutableSet.of("endwith"));
    takePending();
    return new Statement.With(names.build(), values.build(), body);
  }
}
