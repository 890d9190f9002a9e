package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A compiled expression: what it is made of, and its value for the variables of a host. */
sealed interface Tree {

  /** May be an {@link Undefined}: whether that is an error is for whoever uses it to say. */
  Object value(Evaluation in);

  record Literal(Object constant) implements Tree {
    @Override
    public Object value(Evaluation in) {
      return constant;
    }
  }

  /** A text that is found when it is first asked for, and is no template itself. */
  record Late(Supplier<String> text, Position at) implements Tree {
    @Override
    public Object value(Evaluation in) {
      return in.attempt(at, text);
    }
  }

  record Name(String name, Position at) implements Tree {
    @Override
    public Object value(Evaluation in) {
      return in.find(name).orElseGet(() -> new Undefined("'" + name + "' is undefined", at));
    }
  }

  /** A list or a tuple. */
  record Members(ImmutableList<Tree> members, Kind kind) implements Tree {
    enum Kind {
      LIST,
      TUPLE
    }

    @Override
    public Object value(Evaluation in) {
      List<Object> values = new ArrayList<>(members.size());
      members.forEach(member -> values.add(member.value(in)));
      return kind == Kind.TUPLE ? new Tuple(ImmutableList.copyOf(values)) : values;
    }
  }

  record Pairs(ImmutableList<Tree> keys, ImmutableList<Tree> values, Position at) implements Tree {
    @Override
    public Object value(Evaluation in) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        Object key = in.attempt(at, keyOf(Python.used(keys.get(i).value(in))));
        map.put(key, values.get(i).value(in));
      }
      return map;
    }

    private static Supplier<Object> keyOf(Object key) {
      return () -> Python.key(key);
    }
  }

  record Binary(String operator, Tree left, Tree right, Position at) implements Tree {
    @Override
    public Object value(Evaluation in) {
      Object one = left.value(in);
      Object other = right.value(in);
      return in.made(at, in.attempt(at, () -> Operators.apply(operator, one, other)));
    }
  }

  /** {@code ~}: texts joined. */
  record Joined(ImmutableList<Tree> parts, Position at) implements Tree {
    @Override
    public Object value(Evaluation in) {
      StringBuilder text = new StringBuilder();
      for (Tree part : parts) {
        text.append(PythonText.str(Python.used(part.value(in))));
        in.attempt(at, () -> Sizes.text(text.length()));
      }
      return in.made(at, text.toString());
    }
  }

  record Negative(Tree of, Position at) implements Tree {
    @Override
    public Object value(Evaluation in) {
      return in.attempt(at, () -> Operators.negative(of.value(in)));
    }
  }

  record Not(Tree of) implements Tree {
    @Override
    public Object value(Evaluation in) {
      return !Python.truth(of.value(in));
    }
  }

  /** The first that is false, or the last. */
  record And(Tree left, Tree right) implements Tree {
    @Override
    public Object value(Evaluation in) {
      Object one = left.value(in);
      return Python.truth(one) ? right.value(in) : one;
    }
  }

  /** The first that is true, or the last. */
  record Or(Tree left, Tree right) implements Tree {
    @Override
    public Object value(Evaluation in) {
      Object one = left.value(in);
      return Python.truth(one) ? one : right.value(in);
    }
  }

  /** {@code a < b < c}: all must hold; each side is evaluated once. */
  record Compared(
      Tree first, ImmutableList<String> operators, ImmutableList<Tree> others, Position at)
      implements Tree {
    @Override
    public Object value(Evaluation in) {
      Object left = first.value(in);
      for (int i = 0; i < operators.size(); i++) {
        Object right = others.get(i).value(in);
        String operator = operators.get(i);
        Object before = left;
        if (!in.attempt(at, () -> holds(operator, before, right))) {
          return false;
        }
        left = right;
      }
      return true;
    }

    private static boolean holds(String operator, Object left, Object right) {
      if (left instanceof Collection || left instanceof Map || right instanceof Collection) {
        Weight.checked(left);
        Weight.checked(right);
      }
      return switch (operator) {
        case "==" -> Python.equal(left, right);
        case "!=" -> !Python.equal(left, right);
        case "in" -> Python.contains(right, Python.used(left));
        case "not in" -> !Python.contains(right, Python.used(left));
        default -> isOrdered(operator, left, right);
      };
    }

    private static boolean isOrdered(String operator, Object left, Object right) {
      boolean isNan =
          left instanceof Double a && a.isNaN() || right instanceof Double b && b.isNaN();
      int order = Python.compare(left, right, operator);
      return !isNan
          && switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
          };
    }
  }

  /** {@code then if condition else otherwise}. */
  record Choice(Tree condition, Tree then, Optional<Tree> otherwise, Position at) implements Tree {
    private static final String NO_ELSE =
        "the inline if-expression evaluated to false and no else section was defined";

    /** Whether a value is what a choice gives that has nothing to give: printed, it is nothing. */
    static boolean isNothing(Object value) {
      return value instanceof Undefined undefined && undefined.why().equals(NO_ELSE);
    }

    @Override
    public Object value(Evaluation in) {
      if (Python.truth(condition.value(in))) {
        return then.value(in);
      }
      return otherwise.map(tree -> tree.value(in)).orElseGet(() -> new Undefined(NO_ELSE, at));
    }
  }

  /** {@code value.name} or {@code value[key]}. */
  record Member(Tree of, Tree key, Access access, Position at) implements Tree {
    enum Access {
      DOT,
      BRACKETS
    }

    @Override
    public Object value(Evaluation in) {
      return in.member(this);
    }
  }

  record Slice(Tree of, Optional<Tree> from, Optional<Tree> to, Optional<Tree> step, Position at)
      implements Tree {
    @Override
    public Object value(Evaluation in) {
      return in.made(
          at,
          in.attempt(
              at,
              () ->
                  Slices.of(
                      Python.used(of.value(in)), bound(from, in), bound(to, in), bound(step, in))));
    }

    private static Optional<Object> bound(Optional<Tree> tree, Evaluation in) {
      return tree.map(t -> Python.used(t.value(in)));
    }
  }

  record Filtered(Tree of, String name, Operation filter, CallArguments arguments, Position at)
      implements Tree {
    /** Filters that look at all that is inside. */
    private static final ImmutableSet<String> DEEP =
        ImmutableSet.of(
            "unique",
            "union",
            "intersect",
            "difference",
            "symmetric_difference",
            "sort",
            "flatten",
            "combine",
            "pprint",
            "min",
            "max",
            "groupby");

    @Override
    public Object value(Evaluation in) {
      Object value = of.value(in);
      return in.made(
          at,
          in.attempt(
              at,
              () -> {
                if (DEEP.contains(name)) {
                  Weight.checked(value);
                }
                return filter.apply(arguments.call(value, in, at));
              }));
    }
  }

  record Tested(Tree of, String name, Operation test, CallArguments arguments, Position at)
      implements Tree {
    @Override
    public Object value(Evaluation in) {
      // Nobody needs its password to see that it is encrypted.
      if (name.equals("vault_encrypted")
          && of instanceof Name variable
          && in.template(variable.name()).map(Template::isLate).orElse(false)) {
        return true;
      }
      Object value = of.value(in);
      in.spend(at, 1);
      return in.attempt(at, () -> Python.truth(test.apply(arguments.call(value, in, at))));
    }
  }

  /** A function, a macro, or a method of a value. */
  record Called(Tree callee, CallArguments arguments, Position at) implements Tree {
    @Override
    public Object value(Evaluation in) {
      return value(in, ImmutableMap.of());
    }

    /** Its value with more named arguments than are written. */
    Object value(Evaluation in, ImmutableMap<String, Object> more) {
      return in.made(at, made(in, more));
    }

    private Object made(Evaluation in, ImmutableMap<String, Object> more) {
      if (callee instanceof Name function) {
        return in.call(function.name, arguments.call(Call.NOTHING, in, at).and(more));
      } else if (callee instanceof Member member && member.key instanceof Literal name) {
        Object owner = member.of.value(in);
        return in.attempt(
            at,
            () ->
                in.method(
                    owner, PythonText.str(name.constant), arguments.call(owner, in, at).and(more)));
      } else if (callee.value(in) instanceof Operation operation) {
        return in.attempt(
            at, () -> operation.apply(arguments.call(Call.NOTHING, in, at).and(more)));
      }
      throw new EvaluationException(at, "this cannot be called");
    }
  }
}
