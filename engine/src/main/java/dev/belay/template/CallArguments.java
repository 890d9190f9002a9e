package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What stands between the brackets of a call. */
record CallArguments(
    ImmutableList<Tree> positional,
    ImmutableMap<String, Tree> named,
    Optional<Tree> spread,
    Optional<Tree> spreadNamed) {

  static CallArguments none() {
    return new CallArguments(
        ImmutableList.of(), ImmutableMap.of(), Optional.empty(), Optional.empty());
  }

  Call call(Object value, Evaluation in, Position at) {
    ImmutableList.Builder<Object> values = ImmutableList.builder();
    positional.forEach(tree -> values.add(tree.value(in)));
    spread.ifPresent(
        tree -> values.addAll(in.attempt(at, () -> Python.iterate(Python.used(tree.value(in))))));
    Map<String, Object> byName = new LinkedHashMap<>();
    named.forEach((name, tree) -> byName.put(name, tree.value(in)));
    spreadNamed.ifPresent(tree -> byName.putAll(names(Python.used(tree.value(in)), at)));
    return new Call(value, values.build(), ImmutableMap.copyOf(byName), in, at);
  }

  /** The same where the texts that are written here may be templates, as lookups have it. */
  CallArguments withTemplates(Position at) {
    return new CallArguments(
        positional.stream().map(tree -> templated(tree, at)).collect(toImmutableList()),
        ImmutableMap.copyOf(Maps.transformValues(named, tree -> templated(tree, at))),
        spread,
        spreadNamed);
  }

  private static Tree templated(Tree tree, Position at) {
    return tree instanceof Tree.Literal literal && literal.constant() instanceof String text
        ? new Tree.Literal(Template.of(text, SourceMap.fixed(at)))
        : tree;
  }

  private static Map<String, Object> names(Object spread, Position at) {
    if (!(spread instanceof Map<?, ?> map)) {
      throw new EvaluationException(at, "argument after ** must be a mapping");
    }
    Map<String, Object> names = new LinkedHashMap<>();
    map.forEach((name, value) -> names.put(PythonText.str(name), value));
    return names;
  }
}
