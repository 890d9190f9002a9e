package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.value.None;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what stands between operators: values, and what is hung on them by dots and bars. */
final class Operands {
  /** Names that stand for a value, and cannot be set. */
  static final ImmutableSet<String> CONSTANTS =
      ImmutableSet.of("true", "True", "false", "False", "none", "None");

  private static final ImmutableSet<String> WORDS =
      ImmutableSet.of("and", "or", "is", "in", "if", "else", "not");

  private final Tokens tokens;
  private final Parser parser;

  Operands(Tokens tokens, Parser parser) {
    this.tokens = tokens;
    this.parser = parser;
  }

  /** Whether filters may follow: they bind weaker than a sign in front. */
  enum Filters {
    WANTED,
    NOT_YET
  }

  Tree signed(Filters filters) {
    Tree value;
    Token token = tokens.peek();
    if (tokens.takeIf("-")) {
      value = new Tree.Negative(parser.deeper(() -> signed(Filters.NOT_YET)), tokens.place(token));
    } else if (tokens.takeIf("+")) {
      Tree zero = new Tree.Literal(0L);
      value =
          new Tree.Binary(
              "+", zero, parser.deeper(() -> signed(Filters.NOT_YET)), tokens.place(token));
    } else {
      value = postfix(primary());
    }
    return filters == Filters.WANTED ? filtered(postfix(value)) : value;
  }

  private Tree primary() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case STRING -> string(token);
      case INTEGER -> new Tree.Literal(Python.integer(new BigInteger(token.text())));
      case FLOAT -> new Tree.Literal(Double.valueOf(token.text()));
      case NAME -> name(token);
      case OPERATOR -> bracket(token);
      case END -> throw tokens.problem(token, "an expression is wanted here");
    };
  }

  private Tree string(Token first) {
    StringBuilder text = new StringBuilder(first.text());
    while (tokens.peek().kind() == Token.Kind.STRING) {
      text.append(tokens.take().text());
    }
    return new Tree.Literal(text.toString());
  }

  private Tree name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Tree.Literal(true);
      case "false", "False" -> new Tree.Literal(false);
      case "none", "None" -> new Tree.Literal(None.NONE);
      case "and", "or", "is", "in", "if", "else", "not" ->
          throw tokens.problem(token, "a value is wanted here, not " + token.shown());
      default -> new Tree.Name(token.text(), tokens.place(token));
    };
  }

  private Tree bracket(Token token) {
    return switch (token.text()) {
      case "(" -> parenthesis();
      case "[" -> new Tree.Members(until("]"), Tree.Members.Kind.LIST);
      case "{" -> pairs(token);
      default -> throw tokens.problem(token, "a value is wanted here, not " + token.shown());
    };
  }

  private Tree parenthesis() {
    if (tokens.takeIf(")")) {
      return new Tree.Members(ImmutableList.of(), Tree.Members.Kind.TUPLE);
    }
    Tree inside = parser.tuple();
    tokens.expect(")");
    return inside;
  }

  private ImmutableList<Tree> until(String end) {
    ImmutableList.Builder<Tree> members = ImmutableList.builder();
    while (!tokens.takeIf(end)) {
      members.add(parser.expression());
      if (!tokens.peek().is(end)) {
        tokens.expect(",");
      }
    }
    return members.build();
  }

  private Tree pairs(Token open) {
    ImmutableList.Builder<Tree> keys = ImmutableList.builder();
    ImmutableList.Builder<Tree> values = ImmutableList.builder();
    while (!tokens.takeIf("}")) {
      keys.add(parser.expression());
      tokens.expect(":");
      values.add(parser.expression());
      if (!tokens.peek().is("}")) {
        tokens.expect(",");
      }
    }
    return new Tree.Pairs(keys.build(), values.build(), tokens.place(open));
  }

  private Tree postfix(Tree value) {
    Tree tree = value;
    while (true) {
      Token token = tokens.peek();
      if (tokens.takeIf(".")) {
        tree = new Tree.Member(tree, dotted(), Tree.Member.Access.DOT, tokens.place(token));
      } else if (tokens.takeIf("[")) {
        tree = subscript(tree, tokens.place(token));
      } else if (tokens.takeIf("(")) {
        tree = called(tree, token);
      } else {
        return tree;
      }
      parser.link(tree);
    }
  }

  private Tree called(Tree callee, Token token) {
    CallArguments given = arguments();
    boolean looksUp = callee instanceof Tree.Name name && Lookup.NAMES.contains(name.name());
    return new Tree.Called(
        callee, looksUp ? given.withTemplates(tokens.place(token)) : given, tokens.place(token));
  }

  private Tree dotted() {
    Token token = tokens.take();
    if (token.kind() == Token.Kind.INTEGER) {
      return new Tree.Literal(Python.integer(new BigInteger(token.text())));
    } else if (token.kind() == Token.Kind.NAME) {
      return new Tree.Literal(token.text());
    }
    throw tokens.problem(token, "a name is wanted behind the dot, not " + token.shown());
  }

  private Tree subscript(Tree of, Position place) {
    Optional<Tree> from = tokens.peek().is(":") ? Optional.empty() : Optional.of(parser.tuple());
    if (tokens.takeIf("]")) {
      return new Tree.Member(of, from.orElseThrow(), Tree.Member.Access.BRACKETS, place);
    }
    tokens.expect(":");
    Optional<Tree> to = bound();
    Optional<Tree> step = tokens.takeIf(":") ? bound() : Optional.empty();
    tokens.expect("]");
    return new Tree.Slice(of, from, to, step, place);
  }

  private Optional<Tree> bound() {
    return tokens.peek().is(":") || tokens.peek().is("]")
        ? Optional.empty()
        : Optional.of(parser.expression());
  }

  /** What stands behind an opening bracket, up to the closing one. */
  CallArguments arguments() {
    ImmutableList.Builder<Tree> positional = ImmutableList.builder();
    Map<String, Tree> named = new LinkedHashMap<>();
    Optional<Tree> spread = Optional.empty();
    Optional<Tree> spreadNamed = Optional.empty();
    while (!tokens.takeIf(")")) {
      if (tokens.takeIf("*")) {
        spread = Optional.of(parser.expression());
      } else if (tokens.takeIf("**")) {
        spreadNamed = Optional.of(parser.expression());
      } else if (tokens.peek().kind() == Token.Kind.NAME && tokens.peekSecond().is("=")) {
        String name = tokens.take().text();
        tokens.take();
        named.put(name, parser.expression());
      } else {
        positional.add(parser.expression());
      }
      if (!tokens.peek().is(")")) {
        tokens.expect(",");
      }
    }
    return new CallArguments(positional.build(), ImmutableMap.copyOf(named), spread, spreadNamed);
  }

  private Tree filtered(Tree value) {
    Tree tree = value;
    while (true) {
      Token token = tokens.peek();
      if (tokens.takeIf("|")) {
        tree = filter(tree, tokens.place(token));
      } else if (tokens.takeIf("is")) {
        tree = test(tree, tokens.place(token));
      } else if (tokens.peek().is("(")) {
        tree = postfix(tree);
      } else {
        return tree;
      }
      parser.link(tree);
    }
  }

  Tree filters(Tree of, Position place) {
    return filtered(filter(of, place));
  }

  private Tree filter(Tree of, Position place) {
    Token first = tokens.peek();
    String name = dottedName();
    Operation filter =
        Library.filter(name)
            .orElseThrow(
                () ->
                    tokens.problem(
                        first,
                        Refused.filter(name).orElse("there is no filter '" + name + "'"),
                        Nearest.hint(name, Library.filters(), "")));
    CallArguments arguments = tokens.takeIf("(") ? arguments() : CallArguments.none();
    return new Tree.Filtered(of, name, filter, arguments, place);
  }

  private Tree test(Tree of, Position place) {
    boolean negated = tokens.takeIf("not");
    Token first = tokens.peek();
    String name = dottedName();
    Operation test =
        Library.test(name)
            .orElseThrow(
                () ->
                    tokens.problem(
                        first,
                        "there is no test '" + name + "'",
                        Nearest.hint(name, Library.tests(), "")));
    Tree tested = new Tree.Tested(of, name, test, testArguments(), place);
    return negated ? new Tree.Not(tested) : tested;
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(tokens.name());
    while (tokens.takeIf(".")) {
      name.append('.').append(tokens.name());
    }
    return name.toString();
  }

  private CallArguments testArguments() {
    if (tokens.takeIf("(")) {
      return arguments();
    }
    Token next = tokens.peek();
    boolean bare =
        switch (next.kind()) {
          case NAME -> !WORDS.contains(next.text());
          case STRING, INTEGER, FLOAT -> true;
          case OPERATOR -> next.is("[") || next.is("{");
          case END -> false;
        };
    if (!bare) {
      return CallArguments.none();
    }
    Tree argument = postfix(primary());
    return new CallArguments(
        ImmutableList.of(argument), ImmutableMap.of(), Optional.empty(), Optional.empty());
  }
}
