package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.value.Unknown;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

  /** Names that statements have set are copied for each round of a loop. */
  private static final int NAMES_A_STEP = 4;

  /** What the template of a variable costs before it does anything. */
  private static final int TEMPLATE_STEPS = 20;

  private final Scope scope;
  private final Map<String, Object> locals;
  private final int depth;
  private final Budget budget;

  Evaluation(Scope scope) {
    this(scope, new HashMap<>(), 0, new Budget());
  }

  private Evaluation(Scope scope, Map<String, Object> locals, int depth, Budget budget) {
    this.scope = scope;
    this.locals = locals;
    this.depth = depth;
    this.budget = budget;
  }

  /**
   * Counts steps.
   *
   * @throws EvaluationException where they are too many
   */
  void spend(Position at, long steps) {
    budget.spend(at, steps);
  }

  /** A value that was made, which counts as what it fills of the memory. */
  Object made(Position at, Object value) {
    budget.spend(at, 1 + Sizes.steps(value));
    return value;
  }

  /** A text that patterns may look at. */
  CharSequence looked(String text) {
    return budget.looked(text);
  }

  /** Another template's: it sees the variables, and nothing that a statement has set. */
  Evaluation apart() {
    if (depth >= DEPTH_LIMIT) {
      throw new EvaluationException(
          Position.of("template"), "this template includes itself, or one that includes it");
    }
    return new Evaluation(scope, new HashMap<>(), depth + 1, budget);
  }

  /** A macro's, or a loop's that goes down: they may call themselves. */
  Evaluation called(Position at) {
    if (depth >= DEPTH_LIMIT) {
      throw new EvaluationException(at, "this calls itself more than " + DEPTH_LIMIT + " deep");
    }
    return new Evaluation(scope, new HashMap<>(locals), depth + 1, budget);
  }

  /** Another's, with variables of its own before those of the host. */
  Evaluation with(ImmutableMap<String, Object> more) {
    Evaluation with = apart();
    with.locals.putAll(more);
    return with;
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
    budget.spend(Position.of("template"), 1 + locals.size() / NAMES_A_STEP);
    return new Evaluation(scope, new HashMap<>(locals), depth, budget);
  }

  /** Only what templates of variables may see: no names that a statement has set. */
  private Evaluation deeper(Object what) {
    if (depth >= DEPTH_LIMIT) {
      throw new EvaluationException(
          Position.of("template"),
          "this variable is defined by itself, or by one that is: " + what);
    }
    budget.spend(Position.of("template"), TEMPLATE_STEPS);
    return new Evaluation(scope, new HashMap<>(), depth + 1, budget);
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

  /** The value of a variable of the host's, whatever statements have set. */
  Optional<Object> variable(String name) {
    return scope.find(name).map(this::resolved);
  }

  private Optional<Object> raw(String name) {
    Object local = locals.get(name);
    return local != null ? Optional.of(local) : scope.find(name);
  }

  /** The template that a variable is. */
  Optional<Template> template(String name) {
    return raw(name).filter(Template.class::isInstance).map(Template.class::cast);
  }

  /** A value that an expression gave, with all templates inside rendered, and fixed. */
  Object finished(Object value) {
    return complete(resolved(complete(value)));
  }

  /** A value with all templates inside rendered. */
  Object resolved(Object value) {
    if (value instanceof Template template) {
      return template.render(deeper(template));
    } else if (value instanceof LateMap) {
      return value;
    } else if (value instanceof Map<?, ?> map && Unrendered.holdsTemplate(map)) {
      ImmutableMap.Builder<Object, Object> resolved = ImmutableMap.builder();
      map.forEach((key, member) -> resolved.put(resolved(key), resolved(member)));
      return resolved.buildKeepingLast();
    } else if (value instanceof List<?> list && Unrendered.holdsTemplate(list)) {
      return list.stream().map(this::resolved).collect(ImmutableList.toImmutableList());
    }
    return value;
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
    } else if (owner instanceof Functions.Namespace space
        && space.find(name).orElse(owner) instanceof Operation operation) {
      return operation.apply(call);
    }
    return Methods.call(Python.used(owner), name, call);
  }

  /** A function or macro, called. */
  Object call(String name, Call call) {
    Object local = locals.get(name);
    if (local instanceof Operation operation) {
      return attempt(call.at(), () -> operation.apply(call));
    } else if (local instanceof LoopState loop) {
      return attempt(call.at(), () -> loop.again(call));
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
        | IndexOutOfBoundsException
        | DateTimeException e) {
      throw new EvaluationException(at, String.valueOf(e.getMessage()));
    }
  }

  /** The value of a whole expression: defined, known, fixed, and so is all inside of it. */
  static Object complete(Object value) {
    try {
      return complete(value, 0, new Weight());
    } catch (IllegalArgumentException e) {
      throw new EvaluationException(Position.of("template"), String.valueOf(e.getMessage()));
    }
  }

  private static Object complete(Object value, int level, Weight weight) {
    weight.add(level);
    if (value instanceof LateMap) {
      return value;
    } else if (value instanceof Map<?, ?> map) {
      return completeMap(map, level, weight);
    } else if (value instanceof List<?> list) {
      return completeList(list, level, weight);
    } else if (value instanceof Undefined || value instanceof Unknown) {
      return Python.used(value);
    }
    return value;
  }

  /** What an evaluation has made may still change, and its members with it. */
  private static Object completeMap(Map<?, ?> map, int level, Weight weight) {
    if (!(map instanceof LinkedHashMap)) {
      boolean same = true;
      for (Object member : map.values()) {
        same &= complete(member, level + 1, weight) == member;
      }
      if (same) {
        return map;
      }
    }
    ImmutableMap.Builder<Object, Object> fixed = ImmutableMap.builder();
    map.forEach((key, member) -> fixed.put(key, complete(member, level + 1, weight)));
    return fixed.buildKeepingLast();
  }

  private static Object completeList(List<?> list, int level, Weight weight) {
    boolean mayChange = list instanceof ArrayList;
    ImmutableList.Builder<Object> fixed = ImmutableList.builder();
    for (Object member : list) {
      Object complete = complete(member, level + 1, weight);
      mayChange |= complete != member;
      fixed.add(complete);
    }
    return mayChange ? list instanceof Tuple ? new Tuple(fixed.build()) : fixed.build() : list;
  }
}
