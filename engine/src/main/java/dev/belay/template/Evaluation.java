package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.value.Unknown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One evaluation on one host: where names get their values, and what a template's own statements
 * have set.
 */
final class Evaluation {
  /** A variable whose template needs a variable whose template …: so many are a circle. */
  private static final int DEPTH_LIMIT = 64;

  private final Scope scope;
  private final Map<String, Object> locals;
  private final int depth;

  Evaluation(Scope scope) {
    this(scope, new HashMap<>(), 0);
  }

  private Evaluation(Scope scope, Map<String, Object> locals, int depth) {
    this.scope = scope;
    this.locals = locals;
    this.depth = depth;
  }

  /** Another template's: it sees the variables, and nothing that a statement has set. */
  Evaluation apart() {
    if (depth >= DEPTH_LIMIT) {
      throw new EvaluationException(
          Position.of("template"), "this template includes itself, or one that includes it");
    }
    return new Evaluation(scope, new HashMap<>(), depth + 1);
  }

  /** Another template's that sees what has been set here. */
  Evaluation included() {
    Evaluation included = apart();
    included.locals.putAll(locals);
    return included;
  }

  /** What statements have set. */
  ImmutableMap<String, Object> locals() {
    return ImmutableMap.copyOf(locals);
  }

  /** The same, with names of its own inside. */
  Evaluation nested() {
    return new Evaluation(scope, new HashMap<>(locals), depth);
  }

  /** Only what templates of variables may see: no names that a statement has set. */
  private Evaluation deeper(Object what) {
    if (depth >= DEPTH_LIMIT) {
      throw new EvaluationException(
          Position.of("template"),
          "this variable is defined by itself, or by one that is: " + what);
    }
    return new Evaluation(scope, new HashMap<>(), depth + 1);
  }

  Scope scope() {
    return scope;
  }

  void set(String name, Object value) {
    locals.put(name, value);
  }

  /** The value of a variable, templates inside rendered. */
  Optional<Object> find(String name) {
    return raw(name).map(this::resolved);
  }

  private Optional<Object> raw(String name) {
    Object local = locals.get(name);
    return local != null ? Optional.of(local) : scope.find(name);
  }

  /** A value with all templates inside rendered. */
  Object resolved(Object value) {
    if (value instanceof Template template) {
      return template.render(deeper(template));
    } else if (value instanceof LateMap) {
      return value;
    } else if (value instanceof Map<?, ?> map && holdsTemplate(map)) {
      ImmutableMap.Builder<Object, Object> resolved = ImmutableMap.builder();
      map.forEach((key, member) -> resolved.put(resolved(key), resolved(member)));
      return resolved.buildKeepingLast();
    } else if (value instanceof List<?> list && holdsTemplate(list)) {
      return list.stream().map(this::resolved).collect(ImmutableList.toImmutableList());
    }
    return value;
  }

  private static boolean holdsTemplate(Object value) {
    if (value instanceof LateMap) {
      return false;
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getKey() instanceof Template || holdsTemplate(entry.getValue())) {
          return true;
        }
      }
      return false;
    } else if (value instanceof List<?> list) {
      for (Object member : list) {
        if (holdsTemplate(member)) {
          return true;
        }
      }
      return false;
    }
    return value instanceof Template;
  }

  /**
   * The value of the inner part of {@code a.b}: templates in what is not reached stay unrendered.
   */
  private Object inner(Tree tree) {
    if (tree instanceof Tree.Name name) {
      Object raw = raw(name.name()).orElseGet(() -> name.value(this));
      return raw instanceof Template ? resolved(raw) : raw;
    } else if (tree instanceof Tree.Member member) {
      Object raw =
          Members.of(inner(member.of()), Python.used(member.key().value(this)), member.at());
      return raw instanceof Template ? resolved(raw) : raw;
    }
    return tree.value(this);
  }

  /** A member of what a tree stands for. */
  Object member(Tree.Member member) {
    return resolved(inner(member));
  }

  /** A method of a value, called. */
  Object method(Object owner, String name, Call call) {
    Object member = owner instanceof Map<?, ?> map ? map.get(name) : null;
    if (member instanceof Operation operation) {
      return operation.apply(call);
    }
    return Methods.call(Python.used(owner), name, call);
  }

  /** A function or macro, called. */
  Object call(String name, Call call) {
    Object local = locals.get(name);
    if (local instanceof Operation operation) {
      return attempt(call.at(), () -> operation.apply(call));
    }
    return Functions.find(name)
        .map(function -> attempt(call.at(), () -> function.apply(call)))
        .orElseThrow(() -> new UndefinedException(call.at(), "'" + name + "' is undefined"));
  }

  /** Adds the place to what a calculation complains of. */
  <T> T attempt(Position at, Supplier<T> calculation) {
    try {
      return calculation.get();
    } catch (IllegalArgumentException
        | ArithmeticException
        | ClassCastException
        | IndexOutOfBoundsException e) {
      throw new EvaluationException(at, String.valueOf(e.getMessage()));
    }
  }

  /** The value of a whole expression: defined, known, and so is all inside of it. */
  static Object complete(Object value) {
    if (value instanceof LateMap) {
      return value;
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(Evaluation::complete);
    } else if (value instanceof List<?> list) {
      list.forEach(Evaluation::complete);
    } else if (value instanceof Undefined || value instanceof Unknown) {
      return Python.used(value);
    }
    return value;
  }
}
