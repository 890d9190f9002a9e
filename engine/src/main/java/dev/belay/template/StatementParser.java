package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import java.util.Optional;

/** Makes statements of a template's text: cuts it at the marks, and reads what is between them. */
final class StatementParser {
  /** How deep statements may nest. */
  private static final int DEPTH_LIMIT = 100;

  private static final ImmutableSet<String> OPEN = ImmutableSet.of("varargs", "kwargs", "caller");

  private final String text;
  private final SourceMap source;
  private final Marks marks;
  private final String newline;
  private final Lexer.Backslash backslash;
  private Optional<Tag> pending = Optional.empty();
  private int depth;

  /** A statement's opening, {@code {% word … %}}: its parser stands behind the word. */
  private record Tag(String word, Parser rest, int start) {}

  /** A text of a playbook: between {@code {{} and {@code }}} backslashes are themselves. */
  static StatementParser ofValue(String text, SourceMap source) {
    return new StatementParser(text, source, TemplateSyntax.USUAL, Lexer.Backslash.LITERAL);
  }

  static StatementParser ofFile(String text, SourceMap source, TemplateSyntax syntax) {
    return new StatementParser(text, source, syntax, Lexer.Backslash.ESCAPES);
  }

  private StatementParser(
      String text, SourceMap source, TemplateSyntax syntax, Lexer.Backslash backslash) {
    this.text = text;
    this.source = source;
    this.backslash = backslash;
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
    if (++depth > DEPTH_LIMIT) {
      throw problem(marks.at(), "these statements nest more than " + DEPTH_LIMIT + " deep");
    }
    ImmutableList<Statement> statements = statements(ends);
    depth--;
    return statements;
  }

  private ImmutableList<Statement> statements(ImmutableSet<String> ends) {
    ImmutableList.Builder<Statement> statements = ImmutableList.builder();
    while (!marks.atEnd()) {
      int start = marks.at();
      plain(marks.words(), start, statements);
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

  private void plain(String words, int start, ImmutableList.Builder<Statement> statements) {
    if (!words.isEmpty()) {
      statements.add(
          new Statement.Plain(
              newline.equals("\n") ? words : words.replace("\n", newline), source.at(start)));
    }
  }

  private Optional<Tag> marked(
      Marks.Mark mark, ImmutableSet<String> ends, ImmutableList.Builder<Statement> statements) {
    switch (mark.kind()) {
      case PRINTED ->
          statements.add(
              new Statement.Printed(
                  Parser.parse(text, mark.start(), mark.end(), source, backslash),
                  source.at(mark.at())));
      case STATEMENT -> {
        return statement(mark, ends, statements);
      }
      case COMMENT -> {}
    }
    return Optional.empty();
  }

  private Optional<Tag> statement(
      Marks.Mark mark, ImmutableSet<String> ends, ImmutableList.Builder<Statement> statements) {
    Parser rest = Parser.of(text, mark.start(), mark.end(), source, Lexer.Backslash.ESCAPES);
    Token word = rest.tokens().take();
    if (ends.contains(word.text())) {
      return Optional.of(new Tag(word.text(), rest, mark.at()));
    }
    switch (word.text()) {
      case "raw" -> plain(marks.raw(mark), mark.at(), statements);
      case "if" -> statements.add(condition(rest));
      case "for" -> statements.add(loop(rest, word));
      case "set" -> statements.add(set(rest, word));
      case "macro" -> statements.add(macro(rest));
      case "call" -> statements.add(call(rest, word));
      case "filter" -> statements.add(filter(rest, word));
      case "with" -> statements.add(with(rest));
      case "include" -> statements.add(Inclusion.include(rest, word));
      case "import" -> statements.add(Inclusion.imported(rest, word));
      case "from" -> statements.add(Inclusion.from(rest, word));
      default -> throw problem(mark.at(), unknown(word.text()));
    }
    return Optional.empty();
  }

  private static String unknown(String word) {
    return word.matches("end[a-z]*|else|elif")
        ? "'" + word + "' ends nothing here"
        : "the statement '" + word + "' is not supported";
  }

  private Tag takePending() {
    Tag tag = pending.orElseThrow();
    pending = Optional.empty();
    return tag;
  }

  /** All up to the statement that ends it. */
  private ImmutableList<Statement> bodyUpTo(String end) {
    ImmutableList<Statement> body = body(ImmutableSet.of(end));
    takePending();
    return body;
  }

  private Statement condition(Parser first) {
    ImmutableList.Builder<Tree> conditions = ImmutableList.builder();
    ImmutableList.Builder<ImmutableList<Statement>> bodies = ImmutableList.builder();
    Parser rest = first;
    ImmutableList<Statement> otherwise = ImmutableList.of();
    while (true) {
      conditions.add(rest.tuple());
      rest.tokens().expectEnd();
      bodies.add(body(ImmutableSet.of("elif", "else", "endif")));
      Tag tag = takePending();
      rest = tag.rest;
      if (!tag.word.equals("elif")) {
        if (tag.word.equals("else")) {
          otherwise = bodyUpTo("endif");
        }
        return new Statement.If(conditions.build(), bodies.build(), otherwise);
      }
    }
  }

  private Statement loop(Parser rest, Token word) {
    Tokens tokens = rest.tokens();
    Target target = Target.read(tokens);
    tokens.expect("in");
    Tree items = rest.tupleWithoutChoice();
    Optional<Tree> filter = tokens.takeIf("if") ? Optional.of(rest.expression()) : Optional.empty();
    boolean recursive = tokens.takeIf("recursive");
    tokens.expectEnd();
    ImmutableList<Statement> body = body(ImmutableSet.of("else", "endfor"));
    ImmutableList<Statement> otherwise =
        takePending().word.equals("else") ? bodyUpTo("endfor") : ImmutableList.of();
    return new Statement.For(target, items, filter, recursive, body, otherwise, tokens.place(word));
  }

  private Statement set(Parser rest, Token word) {
    Tokens tokens = rest.tokens();
    Target target = Target.read(tokens);
    if (tokens.takeIf("=")) {
      Tree value = rest.tuple();
      tokens.expectEnd();
      return new Statement.Set(target, Optional.of(value), Optional.empty(), ImmutableList.of());
    }
    Optional<Tree> filters =
        tokens.takeIf("|") ? Optional.of(filters(rest, word)) : Optional.empty();
    tokens.expectEnd();
    return new Statement.Set(target, Optional.empty(), filters, bodyUpTo("endset"));
  }

  private static Tree filters(Parser rest, Token word) {
    return rest.filters(
        new Tree.Name(Statement.Set.BODY, rest.tokens().place(word)), rest.tokens().place(word));
  }

  private Statement filter(Parser rest, Token word) {
    Tree filtered = filters(rest, word);
    rest.tokens().expectEnd();
    return new Statement.Filter(filtered, bodyUpTo("endfilter"), rest.tokens().place(word));
  }

  private Macro macro(Parser rest) {
    String name = rest.tokens().variable();
    rest.tokens().expect("(");
    return macro(name, rest, "endmacro");
  }

  private Macro macro(String name, Parser rest, String end) {
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    ImmutableList.Builder<Optional<Tree>> defaults = ImmutableList.builder();
    readParameters(rest, parameters, defaults);
    rest.tokens().expectEnd();
    return macro(name, parameters.build(), defaults.build(), end);
  }

  private static void readParameters(
      Parser rest,
      ImmutableList.Builder<String> parameters,
      ImmutableList.Builder<Optional<Tree>> defaults) {
    Tokens tokens = rest.tokens();
    while (!tokens.takeIf(")")) {
      parameters.add(tokens.variable());
      defaults.add(tokens.takeIf("=") ? Optional.of(rest.expression()) : Optional.empty());
      if (!tokens.peek().is(")")) {
        tokens.expect(",");
      }
    }
  }

  private Macro macro(
      String name,
      ImmutableList<String> parameters,
      ImmutableList<Optional<Tree>> defaults,
      String end) {
    int start = marks.at();
    ImmutableList<Statement> body = bodyUpTo(end);
    String inside = text.substring(start, marks.at());
    ImmutableList<String> open =
        OPEN.stream().filter(inside::contains).collect(ImmutableList.toImmutableList());
    return new Macro(name, new Macro.Signature(parameters, defaults, open), body);
  }

  private Statement call(Parser rest, Token word) {
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    ImmutableList.Builder<Optional<Tree>> defaults = ImmutableList.builder();
    if (rest.tokens().takeIf("(")) {
      readParameters(rest, parameters, defaults);
    }
    Tree called = rest.operand();
    rest.tokens().expectEnd();
    if (!(called instanceof Tree.Called macro)) {
      throw rest.tokens().problem(word, "'call' needs a macro that is called: name(…)");
    }
    return new Macro.Use(
        macro,
        macro("caller", parameters.build(), defaults.build(), "endcall"),
        rest.tokens().place(word));
  }

  private Statement with(Parser rest) {
    Tokens tokens = rest.tokens();
    ImmutableList.Builder<Target> targets = ImmutableList.builder();
    ImmutableList.Builder<Tree> values = ImmutableList.builder();
    while (tokens.peek().kind() != Token.Kind.END) {
      targets.add(Target.one(tokens));
      tokens.expect("=");
      values.add(rest.expression());
      if (tokens.peek().kind() != Token.Kind.END) {
        tokens.expect(",");
      }
    }
    return new Statement.With(targets.build(), values.build(), bodyUpTo("endwith"));
  }
}
