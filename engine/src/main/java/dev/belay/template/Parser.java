package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a tree of tokens, with Jinja's grammar: one method for each strength of binding, weakest
 * first. What operators stand between, {@link Operands} reads.
 */
final class Parser {
  /** How deep brackets may nest. */
  private static final int DEPTH_LIMIT = 60;

  /** How long a chain of operators or filters may be: a tree as deep has to be walked down. */
  private static final int CHAIN_LIMIT = 500;

  private static final ImmutableSet<String> COMPARISONS =
      ImmutableSet.of("==", "!=", "<", "<=", ">", ">=");

  private final Tokens tokens;
  private final Operands operands;
  private int depth;
  private int links;

  Parser(Tokens tokens) {
    this.tokens = tokens;
    operands = new Operands(tokens, this);
  }

  static Parser of(String text, int start, int end, SourceMap source, Lexer.Backslash backslash) {
    return new Parser(new Tokens(new Lexer(text, start, end, source, backslash).tokens(), source));
  }

  /** The whole of the tokens as one expression; with commas a tuple. */
  static Tree parse(String text, int start, int end, SourceMap source, Lexer.Backslash backslash) {
    Parser parser = of(text, start, end, source, backslash);
    try {
      Tree tree = parser.tuple();
      parser.tokens.expectEnd();
      return tree;
    } catch (StackOverflowError e) {
      throw new ProblemsException(source.at(start), "this expression nests too deep", "split it");
    }
  }

  Tokens tokens() {
    return tokens;
  }

  /** A filter without what it is applied to: {@code name(arguments)}, and those behind it. */
  Tree filters(Tree of, Position place) {
    return operands.filters(of, place);
  }

  CallArguments arguments() {
    return operands.arguments();
  }

  Tree operand() {
    return operands.signed(Operands.Filters.WANTED);
  }

  Tree tuple() {
    return tuple(this::expression);
  }

  /** What a loop goes through: the {@code if} behind it is the loop's. */
  Tree tupleWithoutChoice() {
    return tuple(this::or);
  }

  private Tree tuple(Supplier<Tree> member) {
    Tree first = member.get();
    if (!tokens.peek().is(",")) {
      return first;
    }
    ImmutableList.Builder<Tree> members = ImmutableList.builder();
    members.add(first);
    while (tokens.takeIf(",") && !endsTuple()) {
      members.add(member.get());
    }
    return new Tree.Members(members.build(), Tree.Members.Kind.TUPLE);
  }

  private boolean endsTuple() {
    Token next = tokens.peek();
    return next.kind() == Token.Kind.END || next.is(")") || next.is("]") || next.is("=");
  }

  Tree expression() {
    return deeper(this::choice);
  }

  private Tree choice() {
    Tree value = or();
    while (tokens.peek().is("if")) {
      Token place = tokens.take();
      Tree condition = or();
      Optional<Tree> otherwise =
          tokens.takeIf("else") ? Optional.of(expression()) : Optional.empty();
      value = link(new Tree.Choice(condition, value, otherwise, tokens.place(place)));
    }
    return value;
  }

  /** What is inside of brackets, or behind a sign. */
  Tree deeper(Supplier<Tree> parse) {
    if (++depth > DEPTH_LIMIT) {
      throw tooDeep("nests more than " + DEPTH_LIMIT + " deep");
    }
    int before = links;
    Tree tree = parse.get();
    links = before;
    depth--;
    return tree;
  }

  /** One more of a chain that goes on to the right. */
  Tree link(Tree tree) {
    if (++links > CHAIN_LIMIT) {
      throw tooDeep("strings together more than " + CHAIN_LIMIT + " operators");
    }
    return tree;
  }

  private ProblemsException tooDeep(String how) {
    return tokens.problem(tokens.peek(), "this expression " + how, "split it");
  }

  private Tree or() {
    Tree left = and();
    while (tokens.takeIf("or")) {
      left = link(new Tree.Or(left, and()));
    }
    return left;
  }

  private Tree and() {
    Tree left = not();
    while (tokens.takeIf("and")) {
      left = link(new Tree.And(left, not()));
    }
    return left;
  }

  private Tree not() {
    int nots = 0;
    while (tokens.takeIf("not")) {
      nots++;
    }
    Tree value = compared();
    if (nots == 0) {
      return value;
    }
    return nots % 2 == 1 ? new Tree.Not(value) : new Tree.Not(new Tree.Not(value));
  }

  private Tree compared() {
    Token start = tokens.peek();
    Tree first = sum();
    ImmutableList.Builder<String> operators = ImmutableList.builder();
    ImmutableList.Builder<Tree> others = ImmutableList.builder();
    boolean any = false;
    for (Optional<String> operator = comparison(); operator.isPresent(); operator = comparison()) {
      operators.add(operator.get());
      others.add(sum());
      any = true;
    }
    return any
        ? new Tree.Compared(first, operators.build(), others.build(), tokens.place(start))
        : first;
  }

  private Optional<String> comparison() {
    Token next = tokens.peek();
    if (next.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(next.text())) {
      return Optional.of(tokens.take().text());
    } else if (next.is("not") && tokens.peekSecond().is("in")) {
      tokens.take();
      tokens.take();
      return Optional.of("not in");
    }
    return tokens.takeIf("in") ? Optional.of("in") : Optional.empty();
  }

  private Tree sum() {
    return chain(this::joined, "+", "-");
  }

  private Tree joined() {
    Tree first = product();
    if (!tokens.peek().is("~")) {
      return first;
    }
    ImmutableList.Builder<Tree> parts = ImmutableList.builder();
    parts.add(first);
    Position place = tokens.place(tokens.peek());
    while (tokens.takeIf("~")) {
      parts.add(product());
    }
    return new Tree.Joined(parts.build(), place);
  }

  private Tree product() {
    return chain(this::power, "*", "/", "//", "%");
  }

  private Tree power() {
    return chain(this::operand, "**");
  }

  private Tree chain(Supplier<Tree> operand, String... operators) {
    ImmutableSet<String> wanted = ImmutableSet.copyOf(operators);
    Tree left = operand.get();
    while (tokens.peek().kind() == Token.Kind.OPERATOR && wanted.contains(tokens.peek().text())) {
      Token operator = tokens.take();
      left = link(new Tree.Binary(operator.text(), left, operand.get(), tokens.place(operator)));
    }
    return left;
  }
}
