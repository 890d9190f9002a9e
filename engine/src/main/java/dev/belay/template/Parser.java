package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.value.None;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a tree of tokens, with Jinja's grammar: one method for each strength of binding, weakest
 * first.
 */
final class Parser {
  /** How deep brackets may nest. */
  private static final int DEPTH_LIMIT = 100;

  private static final ImmutableSet<String> COMPARISONS =
      ImmutableSet.of("==", "!=", "<", "<=", ">", ">=");
  private static final ImmutableSet<String> NO_TEST_ARGUMENT =
      ImmutableSet.of("else", "or", "and", "is", "in", "not", "if");

  private final List<Token> tokens;
  private final SourceMap source;
  private int at;
  private int depth;

  Parser(List<Token> tokens, SourceMap source) {
    this.tokens = tokens;
    this.source = source;
  }

  /** The whole of the tokens as one expression; with commas a tuple. */
  static Tree parse(String text, int start, int end, SourceMap source) {
    Parser parser = new Parser(new Lexer(text, start, end, source).tokens(), source);
    Tree tree = parser.tuple();
    parser.expectEnd();
    return tree;
  }

  // What statements of a template need besides.

  Token peek() {
    return tokens.get(at);
  }

  private Token peekSecond() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean takeIf(String word) {
    boolean is = peek().is(word);
    if (is) {
      take();
    }
    return is;
  }

  void expect(String word) {
    if (!takeIf(word)) {
      throw problem(peek(), "'" + word + "' is wanted here, not " + peek().shown(), "");
    }
  }

  void expectEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw problem(peek(), "the expression should end here, before " + peek().shown(), "");
    }
  }

  Position place(Token token) {
    return source.at(token.start());
  }

  ProblemsException problem(Token token, String what, String remedy) {
    return new ProblemsException(place(token), what, remedy);
  }

  Tree tuple() {
    Tree first = expression();
    if (!peek().is(",")) {
      return first;
    }
    ImmutableList.Builder<Tree> members = ImmutableList.builder();
    members.add(first);
    while (takeIf(",") && !endsTuple()) {
      members.add(expression());
    }
    return new Tree.Members(members.build(), Tree.Members.Kind.TUPLE);
  }

  private boolean endsTuple() {
    return peek().kind() == Token.Kind.END || peek().is(")");
  }

  Tree expression() {
    if (++depth > DEPTH_LIMIT) {
      throw problem(peek(), "this expression nests more than " + DEPTH_LIMIT + " deep", "split it");
    }
    Tree value = or();
    while (peek().is("if")) {
      Token place = take();
      Tree condition = or();
      Optional<Tree> otherwise = takeIf("else") ? Optional.of(expression()) : Optional.empty();
      value = new Tree.Choice(condition, value, otherwise, place(place));
    }
    depth--;
    return value;
  }

  /** Up to an {@code if}, which belongs to a loop here. */
  Tree withoutChoice() {
    return or();
  }

  private Tree or() {
    Tree left = and();
    while (takeIf("or")) {
      left = new Tree.Or(left, and());
    }
    return left;
  }

  private Tree and() {
    Tree left = not();
    while (takeIf("and")) {
      left = new Tree.And(left, not());
    }
    return left;
  }

  private Tree not() {
    if (!peek().is("not")) {
      return compared();
    }
    int nots = 0;
    while (takeIf("not")) {
      nots++;
    }
    Tree value = compared();
    return nots % 2 == 1 ? new Tree.Not(value) : new Tree.Not(new Tree.Not(value));
  }

  private Tree compared() {
    Token start = peek();
    Tree first = sum();
    ImmutableList.Builder<String> operators = ImmutableList.builder();
    ImmutableList.Builder<Tree> others = ImmutableList.builder();
    boolean any = false;
    for (Optional<String> operator = comparison(); operator.isPresent(); operator = comparison()) {
      operators.add(operator.get());
      others.add(sum());
      any = true;
    }
    return any ? new Tree.Compared(first, operators.build(), others.build(), place(start)) : first;
  }

  private Optional<String> comparison() {
    if (peek().kind() == Token.Kind.OPERATOR && COMPARISONS.contains(peek().text())) {
      return Optional.of(take().text());
    } else if (peek().is("not") && peekSecond().is("in")) {
      take();
      take();
      return Optional.of("not in");
    }
    return takeIf("in") ? Optional.of("in") : Optional.empty();
  }

  private Tree sum() {
    Tree left = joined();
    while (peek().is("+") || peek().is("-")) {
      Token operator = take();
      left = new Tree.Binary(operator.text(), left, joined(), place(operator));
    }
    return left;
  }

  private Tree joined() {
    Tree first = product();
    if (!peek().is("~")) {
      return first;
    }
    ImmutableList.Builder<Tree> parts = ImmutableList.builder();
    parts.add(first);
    while (takeIf("~")) {
      parts.add(product());
    }
    return new Tree.Joined(parts.build());
  }

  private Tree product() {
    Tree left = power();
    while (peek().is("*") || peek().is("/") || peek().is("//") || peek().is("%")) {
      Token operator = take();
      left = new Tree.Binary(operator.text(), left, power(), place(operator));
    }
    return left;
  }

  private Tree power() {
    Tree left = unary(Filters.WANTED);
    while (peek().is("**")) {
      Token operator = take();
      left = new Tree.Binary("**", left, unary(Filters.WANTED), place(operator));
    }
    return left;
  }

  /** Whether filters may follow: they bind weaker than a sign in front. */
  private enum Filters {
    WANTED,
    NOT_YET
  }

  private Tree unary(Filters filters) {
    Tree value;
    Token token = peek();
    if (takeIf("-")) {
      value = new Tree.Negative(deeper(() -> unary(Filters.NOT_YET)), place(token));
    } else if (takeIf("+")) {
      value = deeper(() -> unary(Filters.NOT_YET));
    } else {
      value = postfix(primary());
    }
    return filters == Filters.WANTED ? filtered(postfix(value)) : value;
  }

  private Tree deeper(java.util.function.Supplier<Tree> parse) {
    if (++depth > DEPTH_LIMIT) {
      throw problem(peek(), "this expression nests more than " + DEPTH_LIMIT + " deep", "split it");
    }
    Tree tree = parse.get();
    depth--;
    return tree;
  }

  private Tree primary() {
    Token token = take();
    return switch (token.kind()) {
      case STRING -> string(token);
      case INTEGER -> new Tree.Literal(Python.integer(new BigInteger(token.text())));
      case FLOAT -> new Tree.Literal(Double.valueOf(token.text()));
      case NAME -> name(token);
      case OPERATOR -> bracket(token);
      case END -> throw problem(token, "an expression is wanted here", "");
    };
  }

  private Tree string(Token first) {
    StringBuilder text = new StringBuilder(first.text());
    while (peek().kind() == Token.Kind.STRING) {
      text.append(take().text());
    }
    return new Tree.Literal(text.toString());
  }

  private Tree name(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Tree.Literal(true);
      case "false", "False" -> new Tree.Literal(false);
      case "none", "None" -> new Tree.Literal(None.NONE);
      case "and", "or", "is", "in", "if", "else", "not" ->
          throw problem(token, "a value is wanted here, not " + token.shown(), "");
      default -> new Tree.Name(token.text(), place(token));
    };
  }

  private Tree bracket(Token token) {
    return switch (token.text()) {
      case "(" -> parenthesis();
      case "[" -> new Tree.Members(until("]"), Tree.Members.Kind.LIST);
      case "{" -> pairs();
      default -> throw problem(token, "a value is wanted here, not " + token.shown(), "");
    };
  }

  private Tree parenthesis() {
    if (takeIf(")")) {
      return new Tree.Members(ImmutableList.of(), Tree.Members.Kind.TUPLE);
    }
    Tree inside = tuple();
    expect(")");
    return inside;
  }

  private ImmutableList<Tree> until(String end) {
    ImmutableList.Builder<Tree> members = ImmutableList.builder();
    while (!takeIf(end)) {
      members.add(expression());
      if (!peek().is(end)) {
        expect(",");
      }
    }
    return members.build();
  }

  private Tree pairs() {
    ImmutableList.Builder<Tree> keys = ImmutableList.builder();
    ImmutableList.Builder<Tree> values = ImmutableList.builder();
    while (!takeIf("}")) {
      keys.add(expression());
      expect(":");
      values.add(expression());
      if (!peek().is("}")) {
        expect(",");
      }
    }
    return new Tree.Pairs(keys.build(), values.build());
  }

  private Tree postfix(Tree value) {
    Tree tree = value;
    while (true) {
      Token token = peek();
      if (takeIf(".")) {
        tree = new Tree.Member(tree, dotted(), Tree.Member.Access.DOT, place(token));
      } else if (takeIf("[")) {
        tree = subscript(tree, place(token));
      } else if (takeIf("(")) {
        tree = new Tree.Called(tree, arguments(), place(token));
      } else {
        return tree;
      }
    }
  }

  private Tree dotted() {
    Token token = take();
    if (token.kind() == Token.Kind.INTEGER) {
      return new Tree.Literal(Python.integer(new BigInteger(token.text())));
    } else if (token.kind() == Token.Kind.NAME) {
      return new Tree.Literal(token.text());
    }
    throw problem(token, "a name is wanted behind the dot, not " + token.shown(), "");
  }

  private Tree subscript(Tree of, Position place) {
    Optional<Tree> from = peek().is(":") ? Optional.empty() : Optional.of(tuple());
    if (takeIf("]")) {
      return new Tree.Member(of, from.orElseThrow(), Tree.Member.Access.BRACKETS, place);
    }
    expect(":");
    Optional<Tree> to = bound();
    Optional<Tree> step = takeIf(":") ? bound() : Optional.empty();
    expect("]");
    return new Tree.Slice(of, from, to, step, place);
  }

  private Optional<Tree> bound() {
    return peek().is(":") || peek().is("]") ? Optional.empty() : Optional.of(expression());
  }

  /** What stands behind an opening bracket, up to the closing one. */
  Tree.CallArguments arguments() {
    ImmutableList.Builder<Tree> positional = ImmutableList.builder();
    Map<String, Tree> named = new LinkedHashMap<>();
    Optional<Tree> spread = Optional.empty();
    Optional<Tree> spreadNamed = Optional.empty();
    while (!takeIf(")")) {
      if (takeIf("*")) {
        spread = Optional.of(expression());
      } else if (takeIf("**")) {
        spreadNamed = Optional.of(expression());
      } else if (peek().kind() == Token.Kind.NAME && peekSecond().is("=")) {
        String name = take().text();
        take();
        named.put(name, expression());
      } else {
        positional.add(expression());
      }
      if (!peek().is(")")) {
        expect(",");
      }
    }
    return new Tree.CallArguments(
        positional.build(), ImmutableMap.copyOf(named), spread, spreadNamed);
  }

  private Tree filtered(Tree value) {
    Tree tree = value;
    while (true) {
      Token token = peek();
      if (takeIf("|")) {
        tree = filter(tree, place(token));
      } else if (takeIf("is")) {
        tree = test(tree, place(token));
      } else if (peek().is("(")) {
        tree = postfix(tree);
      } else {
        return tree;
      }
    }
  }

  /** A filter without what it is applied to: {@code name(arguments)}. */
  Tree filter(Tree of, Position place) {
    Token first = peek();
    String name = dottedName();
    Operation filter =
        Library.filter(name)
            .orElseThrow(
                () ->
                    problem(
                        first,
                        "there is no filter '" + name + "'",
                        Nearest.hint(name, Library.filters(), "")));
    Tree.CallArguments arguments = takeIf("(") ? arguments() : Tree.CallArguments.none();
    return new Tree.Filtered(of, name, filter, arguments, place);
  }

  private Tree test(Tree of, Position place) {
    boolean negated = takeIf("not");
    Token first = peek();
    String name = dottedName();
    Operation test =
        Library.test(name)
            .orElseThrow(
                () ->
                    problem(
                        first,
                        "there is no test '" + name + "'",
                        Nearest.hint(name, Library.tests(), "")));
    Tree tested = new Tree.Tested(of, name, test, testArguments(), place);
    return negated ? new Tree.Not(tested) : tested;
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(word());
    while (peek().is(".")) {
      take();
      name.append('.').append(word());
    }
    return name.toString();
  }

  private String word() {
    Token token = take();
    if (token.kind() != Token.Kind.NAME) {
      throw problem(token, "a name is wanted here, not " + token.shown(), "");
    }
    return token.text();
  }

  private Tree.CallArguments testArguments() {
    if (takeIf("(")) {
      return arguments();
    }
    boolean bare =
        switch (peek().kind()) {
          case NAME -> !NO_TEST_ARGUMENT.contains(peek().text());
          case STRING, INTEGER, FLOAT -> true;
          case OPERATOR -> peek().is("[") || peek().is("{");
          case END -> false;
        };
    if (!bare) {
      return Tree.CallArguments.none();
    }
    Tree argument = postfix(primary());
    return new Tree.CallArguments(
        ImmutableList.of(argument), ImmutableMap.of(), Optional.empty(), Optional.empty());
  }
}
