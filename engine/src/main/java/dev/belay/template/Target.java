package dev.belay.template;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import java.util.List;
import java.util.Optional;

/**
 * What a loop, {@code set} or {@code with} gives a value to: a name, a member of a namespace, or
 * several of them, as in {@code (a, (b, c))}.
 */
record Target(String name, Optional<String> member, ImmutableList<Target> parts, Position at) {

  /** Up to {@code in} or {@code =}. */
  static Target read(Tokens tokens) {
    Token start = tokens.peek();
    Target first = one(tokens);
    if (!tokens.peek().is(",")) {
      return first;
    }
    ImmutableList.Builder<Target> parts = ImmutableList.builder();
    parts.add(first);
    while (tokens.takeIf(",")) {
      if (!tokens.peek().is("in") && !tokens.peek().is("=") && !tokens.peek().is(")")) {
        parts.add(one(tokens));
      }
    }
    return new Target("", Optional.empty(), parts.build(), tokens.place(start));
  }

  /** Without commas. */
  static Target one(Tokens tokens) {
    Token start = tokens.peek();
    if (tokens.takeIf("(")) {
      Target inside = read(tokens);
      tokens.expect(")");
      return inside;
    }
    String name = tokens.variable();
    Optional<String> member = tokens.takeIf(".") ? Optional.of(tokens.name()) : Optional.empty();
    return new Target(name, member, ImmutableList.of(), tokens.place(start));
  }

  void set(Evaluation in, Object value) {
    if (!parts.isEmpty()) {
      List<Object> values = in.attempt(at, () -> Python.iterate(Python.used(value)));
      if (values.size() != parts.size()) {
        throw new EvaluationException(
            at,
            (values.size() < parts.size() ? "not enough" : "too many")
                + " values to unpack (expected "
                + parts.size()
                + ", got "
                + values.size()
                + ")");
      }
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).set(in, values.get(i));
      }
    } else if (member.isEmpty()) {
      in.set(name, value);
    } else if (in.find(name).orElse("") instanceof Functions.Namespace space) {
      space.set(member.get(), value);
    } else {
      throw new EvaluationException(at, "cannot assign attribute on non-namespace object");
    }
  }
}
