package dev.belay.template;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.value.None;
import java.util.List;
import java.util.Optional;

/** A piece of a template: text, an expression, or a statement with a body. */
sealed interface Statement
    permits Statement.Plain,
        Statement.Printed,
        Statement.If,
        Statement.For,
        Statement.Set,
        Statement.Macro,
        Statement.Filter,
        Statement.With,
        Inclusion {

  void write(Evaluation in, StringBuilder text);

  /** The value where it is a single expression, in its own type. */
  default Optional<Object> single(Evaluation in) {
    return Optional.empty();
  }

  static String written(List<Statement> statements, Evaluation in) {
    StringBuilder text = new StringBuilder();
    statements.forEach(statement -> statement.write(in, text));
    return text.toString();
  }

  record Plain(String words) implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      text.append(words);
    }
  }

  record Printed(Tree tree) implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Object value = Evaluation.complete(in.resolved(printed(in)));
      // Ansible prints nothing for None.
      text.append(value == None.NONE ? "" : PythonText.str(value));
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
          bodies.get(i).forEach(statement -> statement.write(in, text));
          return;
        }
      }
      otherwise.forEach(statement -> statement.write(in, text));
    }
  }

  record For(
      ImmutableList<String> names,
      Tree items,
      Optional<Tree> filter,
      ImmutableList<Statement> body,
      ImmutableList<Statement> otherwise,
      Position at)
      implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Object value = in.attempt(at, () -> Python.used(items.value(in)));
      List<Object> chosen =
          in.attempt(at, () -> Python.iterate(value)).stream()
              .filter(item -> filter.map(f -> Python.truth(f.value(bound(in, item)))).orElse(true))
              .toList();
      if (chosen.isEmpty()) {
        otherwise.forEach(statement -> statement.write(in, text));
      }
      for (int i = 0; i < chosen.size(); i++) {
        Evaluation inner = bound(in, chosen.get(i));
        inner.set("loop", LoopState.of(chosen, i));
        body.forEach(statement -> statement.write(inner, text));
      }
    }

    private Evaluation bound(Evaluation in, Object item) {
      Evaluation inner = in.nested();
      if (names.size() == 1) {
        inner.set(names.get(0), item);
      } else {
        List<Object> parts = in.attempt(at, () -> Python.iterate(item));
        for (int i = 0; i < names.size(); i++) {
          inner.set(names.get(i), parts.get(i));
        }
      }
      return inner;
    }
  }

  record Set(
      String name, Optional<String> member, Optional<Tree> value, ImmutableList<Statement> body)
      implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Object set = value.map(tree -> tree.value(in)).orElseGet(() -> written(body, in));
      if (member.isPresent()
          && in.find(name).orElse(None.NONE) instanceof Functions.Namespace space) {
        space.set(member.get(), set);
      } else {
        in.set(name, set);
      }
    }
  }

  record Macro(
      String name,
      ImmutableList<String> parameters,
      ImmutableList<Optional<Tree>> defaults,
      ImmutableList<Statement> body)
      implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      in.set(name, (Operation) call -> expand(in, call));
    }

    private Object expand(Evaluation in, Call call) {
      Evaluation inner = in.nested();
      for (int i = 0; i < parameters.size(); i++) {
        String parameter = parameters.get(i);
        Optional<Tree> byDefault = defaults.get(i);
        inner.set(
            parameter,
            call.raw(i, parameter)
                .or(() -> byDefault.map(tree -> tree.value(inner)))
                .orElseGet(() -> new Undefined("'" + parameter + "' is undefined", call.at())));
      }
      return written(body, inner);
    }
  }

  record Filter(Tree filtered, String subject, ImmutableList<Statement> body) implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Evaluation inner = in.nested();
      inner.set(subject, written(body, inner));
      text.append(PythonText.str(filtered.value(inner)));
    }
  }

  record With(
      ImmutableList<String> names, ImmutableList<Tree> values, ImmutableList<Statement> body)
      implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Evaluation inner = in.nested();
      for (int i = 0; i < names.size(); i++) {
        inner.set(names.get(i), values.get(i).value(in));
      }
      body.forEach(statement -> statement.write(inner, text));
    }
  }
}
