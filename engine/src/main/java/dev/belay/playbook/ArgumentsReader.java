package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Convert;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Type;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.template.Expression;
import dev.belay.template.Template;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a task hands to its module: a mapping, {@code key=value} words, or a free form text;
 * and checks all of it that does not wait for a variable.
 */
final class ArgumentsReader {
  private final Problems problems;

  ArgumentsReader(Problems problems) {
    this.problems = problems;
  }

  Arguments read(ModuleSpec module, Node.Entry action, Fields task, Keywords keywords) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    ImmutableList.Builder<Object> late = ImmutableList.builder();
    task.node("args").ifPresent(node -> addArgs(node, nodes, late));
    if (action.value() instanceof Node.Scalar text) {
      addText(module, text, nodes, late);
    } else {
      addMapping(module.name(), action.value(), nodes);
    }
    Optional<Node> defaults = ModuleDefaults.of(module, keywords);
    ModuleDefaults.addTo(nodes, module, defaults);
    ModuleDefaults.late(defaults, problems).ifPresent(late::add);
    return arguments(module, nodes, task, late.build(), action.key().at());
  }

  private void addArgs(Node node, Map<String, Node> nodes, ImmutableList.Builder<Object> late) {
    if (node instanceof Node.Scalar text && text.text().contains("{{")) {
      late.add(NodeValues.of(node, problems));
    } else {
      addMapping("args", node, nodes);
    }
  }

  private void addMapping(String word, Node node, Map<String, Node> nodes) {
    if (node instanceof Node.Mapping map) {
      map.entries().forEach(entry -> nodes.put(entry.name(), entry.value()));
    } else {
      problems.add(node.at(), "'" + word + "' takes a mapping of parameters to values");
    }
  }

  private void addText(
      ModuleSpec module,
      Node.Scalar text,
      Map<String, Node> nodes,
      ImmutableList.Builder<Object> late) {
    if (text.value() == dev.belay.value.None.NONE) {
      return;
    }
    KeyValues words = KeyValues.read(module, text);
    words.variable().ifPresent(node -> late.add(NodeValues.of(node, problems)));
    words
        .problem()
        .ifPresent(what -> problems.add(text.at(), what, "write the parameters as a mapping"));
    nodes.putAll(words.parameters());
  }

  private Arguments arguments(
      ModuleSpec module,
      Map<String, Node> nodes,
      Fields task,
      ImmutableList<Object> late,
      Position at) {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    ImmutableMap.Builder<String, Position> places = ImmutableMap.builder();
    nodes.forEach(
        (word, node) -> {
          places.put(word, node.at());
          values.put(word, value(module.parameter(word), node, task));
        });
    ImmutableMap<String, Object> given = values.buildOrThrow();
    nodes.forEach((word, node) -> check(module, word, given.get(word), node));
    if (late.isEmpty()) {
      checkRequired(module, nodes, at);
    }
    return new Arguments(given, places.buildOrThrow(), late, ImmutableList.of(), at);
  }

  private Object value(Optional<Parameter> parameter, Node node, Fields task) {
    Type type = parameter.map(Parameter::type).orElse(Type.ANY);
    if (type == Type.CONDITIONS) {
      return task.conditions(node);
    }
    return type == Type.EXPRESSION
        ? task.expression(node).<Object>map(e -> e).orElse("")
        : task.value(node);
  }

  private void check(ModuleSpec module, String word, Object value, Node node) {
    Optional<Parameter> parameter = module.parameter(word);
    if (parameter.isEmpty()) {
      Args.unknown(module, word).ifPresent(what -> problems.add(node.at(), what));
    } else if (isKnownNow(parameter.get(), value)) {
      checkMode(parameter.get(), node);
      checkType(parameter.get(), value, node);
    }
  }

  private static boolean isKnownNow(Parameter parameter, Object value) {
    return parameter.type() != Type.CONTENT
        && parameter.type() != Type.SOURCE
        && parameter.type() != Type.CONTROL
        && parameter.type() != Type.PLACE
        && parameter.type() != Type.VERBOSITY
        && !isTemplated(value);
  }

  /** Whether any part of it waits for variables. */
  static boolean isTemplated(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(ArgumentsReader::isTemplated);
    } else if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(ArgumentsReader::isTemplated);
    }
    return value instanceof Template
        || value instanceof Expression
        || value == dev.belay.value.None.NONE;
  }

  /**
   * YAML reads 0644 as an octal number and 644 as a decimal one, which is a quite different mode.
   */
  private void checkMode(Parameter parameter, Node node) {
    if (parameter.type() == Type.MODE
        && node instanceof Node.Scalar scalar
        && scalar.value() instanceof Long
        && !scalar.text().startsWith("0")) {
      problems.add(
          node.at(),
          "'"
              + parameter.name()
              + "' is the decimal number "
              + scalar.text()
              + ", not an octal mode",
          "write '0" + scalar.text() + "', in quotes");
    }
  }

  private void checkType(Parameter parameter, Object value, Node node) {
    try {
      Convert.to(parameter, value);
    } catch (IllegalArgumentException e) {
      problems.add(node.at(), "'" + parameter.name() + "' " + e.getMessage());
    }
  }

  private void checkRequired(ModuleSpec module, Map<String, Node> nodes, Position at) {
    Args.missing(module, nodes.keySet())
        .ifPresent(what -> problems.add(at, what, "'" + module.name() + "' needs it"));
  }
}
