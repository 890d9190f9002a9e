package dev.belay.template;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A piece of a template: text, an expression, or a statement with a body. */
sealed interface Statement
    permits Statement.Plain,
        Statement.Printed,
        Statement.If,
        Statement.For,
        Statement.Set,
        Statement.Filter,
        Statement.With,
        Macro,
        Macro.Use,
        Inclusion {

  void write(Evaluation in, StringBuilder text);

  /** The value where it is a single expression, in its own type. */
  default Optional<Object> single(Evaluation in) {
    return Optional.empty();
  }

  static String written(List<Statement> statements, Evaluation in) {
    StringBuilder text = new StringBuilder();
    write(statements, in, text);
    return text.toString();
  }

  private static void write(List<Statement> statements, Evaluation in, StringBuilder text) {
    for (Statement statement : statements) {
      statement.write(in, text);
    }
  }

  /** Adds to a text, which has an end. */
  private static void add(String more, Evaluation in, Position at, StringBuilder text) {
    in.made(at, more);
    in.attempt(at, () -> Sizes.text((long) text.length() + more.length()));
    text.append(more);
  }

  record Plain(String words, Position at) implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      add(words, in, at, text);
    }
  }

  record Printed(Tree tree, Position at) implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Object value = in.finished(printed(in));
      // Ansible prints nothing for None.
      String words = value == None.NONE ? "" : in.attempt(at, () -> PythonText.str(value));
      add(words, in, at, text);
    }

    @Override
    public Optional<Object> single(Evaluation in) {
      return Optional.of(printed(in));
    }

    private Object printed(Evaluation in) {
      Object value = tree.value(in);
      return Tree.Choice.isNothing(value) ? "" : Python.used(value);
    }
  }

  record If(
      ImmutableList<Tree> conditions,
      ImmutableList<ImmutableList<Statement>> bodies,
      ImmutableList<Statement> otherwise)
      implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      for (int i = 0; i < conditions.size(); i++) {
        if (Python.truth(conditions.get(i).value(in))) {
          Statement.write(bodies.get(i), in, text);
          return;
        }
      }
      Statement.write(otherwise, in, text);
    }
  }

  /** A loop; a recursive one may call itself for what is inside of an item. */
  record For(
      Target target,
      Tree items,
      Optional<Tree> filter,
      boolean recursive,
      ImmutableList<Statement> body,
      ImmutableList<Statement> otherwise,
      Position at)
      implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      rounds(in, Python.used(items.value(in)), 1, text);
    }

    private void rounds(Evaluation in, Object value, int depth, StringBuilder text) {
      List<Object> chosen = chosen(in, value);
      if (chosen.isEmpty()) {
        Statement.write(otherwise, in.nested(), text);
      }
      Object[] last = new Object[1];
      Optional<Operation> again =
          recursive ? Optional.of(call -> again(in, call, depth)) : Optional.empty();
      for (int i = 0; i < chosen.size(); i++) {
        Evaluation inner = in.nested();
        target.set(inner, chosen.get(i));
        inner.set("loop", LoopState.of(chosen, i, depth, last, again));
        Statement.write(body, inner, text);
      }
    }

    private Object again(Evaluation in, Call call, int depth) {
      StringBuilder text = new StringBuilder();
      rounds(in.called(call.at()), call.need(0, "iterable"), depth + 1, text);
      return text.toString();
    }

    private List<Object> chosen(Evaluation in, Object value) {
      List<Object> all = in.attempt(at, () -> Python.iterate(value));
      in.made(at, all);
      if (filter.isEmpty()) {
        return all;
      }
      List<Object> chosen = new ArrayList<>();
      for (Object item : all) {
        Evaluation inner = in.nested();
        target.set(inner, item);
        if (Python.truth(filter.get().value(inner))) {
          chosen.add(item);
        }
      }
      return chosen;
    }
  }

  /** A value or, where there is none, what the body writes, for a name. */
  record Set(
      Target target, Optional<Tree> value, Optional<Tree> filters, ImmutableList<Statement> body)
      implements Statement {
    /** The name of a body inside of the filters it goes through. */
    static final String BODY = "the body";

    @Override
    public void write(Evaluation in, StringBuilder text) {
      target.set(in, value.map(tree -> tree.value(in)).orElseGet(() -> body(in)));
    }

    private Object body(Evaluation in) {
      Evaluation inner = in.nested();
      String written = written(body, inner);
      inner.set(BODY, written);
      return filters.map(tree -> tree.value(inner)).orElse(written);
    }
  }

  record Filter(Tree filtered, ImmutableList<Statement> body, Position at) implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Evaluation inner = in.nested();
      inner.set(Set.BODY, written(body, inner));
      add(PythonText.str(filtered.value(inner)), in, at, text);
    }
  }

  record With(
      ImmutableList<Target> targets, ImmutableList<Tree> values, ImmutableList<Statement> body)
      implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Evaluation inner = in.nested();
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).set(inner, values.get(i).value(in));
      }
      Statement.write(body, inner, text);
    }
  }
}
