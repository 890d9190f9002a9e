package dev.belay.template;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import java.util.List;

/** The tokens of an expression or statement, read from left to right. */
final class Tokens {
  private final List<Token> tokens;
  private final SourceMap source;
  private int at;

  Tokens(List<Token> tokens, SourceMap source) {
    this.tokens = tokens;
    this.source = source;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekSecond() {
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
      throw problem(peek(), "'" + word + "' is wanted here, not " + peek().shown());
    }
  }

  void expectEnd() {
    if (peek().kind() != Token.Kind.END) {
      throw problem(peek(), "the expression should end here, before " + peek().shown());
    }
  }

  /** A name, whatever it means. */
  String name() {
    Token token = take();
    if (token.kind() != Token.Kind.NAME) {
      throw problem(token, "a name is wanted here, not " + token.shown());
    }
    return token.text();
  }

  /** A name that may get a value. */
  String variable() {
    Token token = peek();
    if (Operands.CONSTANTS.contains(token.text())) {
      throw problem(token, token.shown() + " cannot be set");
    }
    return name();
  }

  Position place(Token token) {
    return source.at(token.start());
  }

  ProblemsException problem(Token token, String what) {
    return problem(token, what, "");
  }

  ProblemsException problem(Token token, String what, String remedy) {
    return new ProblemsException(place(token), what, remedy);
  }
}
