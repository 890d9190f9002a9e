package dev.belay.playbook;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.template.Expression;
import dev.belay.template.Template;
import dev.belay.value.None;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import java.util.Optional;
import java.util.function.Function;

/**
 * The entries of one mapping of a playbook, read as what each is meant to be; mistakes go to the
 * problems.
 */
final class Fields {
  private final Node.Mapping mapping;
  private final Problems problems;

  Fields(Node.Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /**
   * Tells of words that mean nothing at this place. {@code isOther} says which ones are not
   * keywords at all.
   */
  void refuseUnknown(KeywordTable table, ImmutableSet<String> others) {
    for (Node.Entry entry : mapping.entries()) {
      if (!others.contains(entry.name())) {
        refuseUnless(table, entry.key());
      }
    }
  }

  private void refuseUnless(KeywordTable table, Node.Scalar key) {
    Optional<Boolean> supported = table.isSupported(key.text());
    if (supported.isEmpty()) {
      String near = Nearest.hint(key.text(), table.known().keySet(), "remove it");
      problems.add(key.at(), "'" + key.text() + "' is no keyword here", near);
    } else if (!supported.get()) {
      problems.add(key.at(), "'" + key.text() + "' is not supported yet", "remove it");
    }
  }

  /** All keys, in order. */
  ImmutableList<String> words() {
    return mapping.entries().stream().map(Node.Entry::name).collect(toImmutableList());
  }

  Optional<Node> node(String word) {
    return mapping.value(word).filter(node -> !isNull(node));
  }

  static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == None.NONE;
  }

  /** The value as it is, with templates. */
  Optional<Object> raw(String word) {
    return node(word).map(this::value);
  }

  Object value(Node node) {
    return NodeValues.of(node, problems);
  }

  /** A text that must not be a template. */
  Optional<String> literal(String word) {
    Optional<Object> value = raw(word);
    value
        .filter(v -> v instanceof Template || !(v instanceof String))
        .ifPresent(
            v ->
                problems.add(
                    place(word), "'" + word + "' must be plain text", "write it without template"));
    return value.filter(String.class::isInstance).map(String.class::cast);
  }

  dev.belay.problem.Position place(String word) {
    return mapping.value(word).map(Node::at).orElse(mapping.at());
  }

  /** Texts: a list, or a single one; {@code tags} splits it at commas. */
  ImmutableList<Object> rawList(String word) {
    return node(word).map(this::members).orElse(ImmutableList.of());
  }

  private ImmutableList<Object> members(Node node) {
    return node instanceof Node.Sequence list
        ? list.items().stream().map(this::value).collect(toImmutableList())
        : ImmutableList.of(value(node));
  }

  /** A mapping of names to values; or a list of them, of which the last ones win. */
  ImmutableMap<String, Object> map(String word) {
    return node(word).map(node -> map(word, node)).orElse(ImmutableMap.of());
  }

  /** An old way to write it is a list of mappings, whose later members win. */
  private ImmutableMap<String, Object> map(String word, Node node) {
    if (node instanceof Node.Sequence list && !list.items().isEmpty()) {
      ImmutableMap.Builder<String, Object> all = ImmutableMap.builder();
      list.items().forEach(item -> all.putAll(map(word, item)));
      return all.buildKeepingLast();
    }
    if (!(node instanceof Node.Mapping map)) {
      problems.add(node.at(), "'" + word + "' must be a mapping of names to values");
      return ImmutableMap.of();
    }
    return map.entries().stream()
        .collect(ImmutableMap.toImmutableMap(Node.Entry::name, entry -> value(entry.value())));
  }

  /** Conditions: one, or a list of which all must hold. */
  Optional<ImmutableList<Expression>> conditions(String word) {
    return node(word).map(this::conditions);
  }

  ImmutableList<Expression> conditions(Node node) {
    ImmutableList<Node> members =
        node instanceof Node.Sequence list ? list.items() : ImmutableList.of(node);
    return members.stream()
        .flatMap(member -> scalar(member).stream())
        .filter(scalar -> !isNothing(scalar))
        .flatMap(
            scalar -> compiled(() -> Expression.condition(scalar.text(), scalar.source())).stream())
        .collect(toImmutableList());
  }

  /** A condition that is not there holds, as in Ansible. */
  private static boolean isNothing(Node.Scalar scalar) {
    return scalar.value() == dev.belay.value.None.NONE || scalar.text().isBlank();
  }

  private Optional<Node.Scalar> scalar(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return Optional.of(scalar);
    }
    problems.add(node.at(), "a condition must be an expression", "put it in quotes");
    return Optional.empty();
  }

  /** An expression without braces. One that is all in braces is taken without them. */
  Optional<Expression> expression(Node node) {
    return scalar(node).flatMap(this::expression);
  }

  private Optional<Expression> expression(Node.Scalar scalar) {
    String text = scalar.text();
    return compiled(
        () ->
            bracesAround(text)
                ? Expression.unwrapped(
                    text.substring(2, text.length() - 2), at -> scalar.source().at(at + 2))
                : Expression.condition(text, scalar.source()));
  }

  private static boolean bracesAround(String text) {
    return text.startsWith("{{") && text.endsWith("}}") && text.indexOf("{{", 2) < 0;
  }

  private <T> Optional<T> compiled(java.util.function.Supplier<T> compile) {
    try {
      return Optional.of(compile.get());
    } catch (ProblemsException e) {
      problems.addAll(e);
      return Optional.empty();
    }
  }

  /** The members of a list of mappings, each read by {@code reader}. */
  <T> ImmutableList<T> eachMapping(
      String word, Function<Node.Mapping, Optional<? extends T>> reader) {
    return node(word).map(node -> eachMapping(node, problems, reader)).orElse(ImmutableList.of());
  }

  /** The members of a list of mappings, each read by {@code reader}. */
  static <T> ImmutableList<T> eachMapping(
      Node node, Problems problems, Function<Node.Mapping, Optional<? extends T>> reader) {
    if (isNull(node)) {
      return ImmutableList.of();
    } else if (!(node instanceof Node.Sequence list)) {
      problems.add(node.at(), "a list is wanted here", "begin each item with '- '");
      return ImmutableList.of();
    }
    ImmutableList.Builder<T> members = ImmutableList.builder();
    for (Node item : ((Node.Sequence) node).items()) {
      if (item instanceof Node.Mapping map) {
        reader.apply(map).ifPresent(members::add);
      } else {
        problems.add(item.at(), "an item of this list must be a mapping");
      }
    }
    return members.build();
  }
}
