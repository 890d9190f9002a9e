package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Nearest;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.template.Expression;
import dev.belay.template.PythonText;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a file of the {@code constructed} plugin asks for.
 *
 * @param compose variables to set
 * @param groups groups, and who is in them
 * @param strict whether an expression without a value is a mistake; else it sets nothing
 * @param leadingSeparator whether a keyed group without a prefix begins with its separator
 */
record ConstructedOptions(
    ImmutableMap<String, Formula> compose,
    ImmutableMap<String, Formula> groups,
    ImmutableList<KeyedGroup> keyedGroups,
    Flag strict,
    Flag leadingSeparator,
    Flag useVarsPlugins,
    Flag useExtraVars) {

  /** An expression and where it stands. */
  record Formula(Expression expression, Node.Scalar at) {}

  /** Yes or no, by name. */
  enum Flag {
    ON,
    OFF
  }

  /** Reads the options; mistakes go to the problems. */
  static final class Reader {
    private static final ImmutableList<String> NAMES =
        ImmutableList.of(
            "plugin",
            "compose",
            "groups",
            "keyed_groups",
            "strict",
            "leading_separator",
            "use_vars_plugins",
            "use_extra_vars");
    private static final ImmutableList<String> KEYED =
        ImmutableList.of(
            "key", "prefix", "separator", "parent_group", "default_value", "trailing_separator");

    private final Node.Mapping file;
    private final Problems problems;

    Reader(Node.Mapping file, Problems problems) {
      this.file = file;
      this.problems = problems;
    }

    ConstructedOptions read() {
      refuseUnknown(file, NAMES, "the constructed plugin");
      return new ConstructedOptions(
          formulas("compose"),
          formulas("groups"),
          keyedGroups(),
          flag(file, "strict").orElse(Flag.OFF),
          flag(file, "leading_separator").orElse(Flag.ON),
          flag(file, "use_vars_plugins").orElse(Flag.OFF),
          flag(file, "use_extra_vars").orElse(Flag.OFF));
    }

    private void refuseUnknown(Node.Mapping mapping, ImmutableList<String> known, String what) {
      for (Node.Entry entry : mapping.entries()) {
        if (!known.contains(entry.name())) {
          problems.add(
              entry.key().at(),
              "'" + entry.name() + "' is no option of " + what,
              Nearest.hint(entry.name(), known, "it has " + String.join(", ", known)));
        }
      }
    }

    private Optional<Flag> flag(Node.Mapping in, String name) {
      Optional<Node.Entry> entry = in.find(name);
      if (entry.isEmpty()) {
        return Optional.empty();
      } else if (entry.get().value() instanceof Node.Scalar scalar
          && scalar.value() instanceof Boolean flag) {
        return Optional.of(flag ? Flag.ON : Flag.OFF);
      }
      problems.add(entry.get().value().at(), "'" + name + "' is true or false");
      return Optional.empty();
    }

    private ImmutableMap<String, Formula> formulas(String name) {
      Map<String, Formula> formulas = new LinkedHashMap<>();
      Optional<Node> given = file.value(name);
      if (given.isPresent() && given.get() instanceof Node.Mapping mapping) {
        for (Node.Entry entry : mapping.entries()) {
          formula(entry.value(), formula -> formulas.put(entry.name(), formula));
        }
      } else {
        given.ifPresent(
            other ->
                problems.add(other.at(), "'" + name + "' is a mapping of names to expressions"));
      }
      return ImmutableMap.copyOf(formulas);
    }

    private void formula(Node node, Consumer<Formula> then) {
      if (!(node instanceof Node.Scalar scalar)) {
        problems.add(node.at(), "an expression is one text", "put it in quotes");
        return;
      }
      try {
        String text = PythonText.str(scalar.value());
        then.accept(new Formula(Expression.of(text, scalar.source()), scalar));
      } catch (ProblemsException e) {
        problems.addAll(e);
      }
    }

    private ImmutableList<KeyedGroup> keyedGroups() {
      ImmutableList.Builder<KeyedGroup> groups = ImmutableList.builder();
      Optional<Node> given = file.value("keyed_groups");
      if (given.isPresent() && given.get() instanceof Node.Sequence list) {
        list.items().forEach(item -> keyedGroup(item, groups::add));
      } else {
        given.ifPresent(
            other -> problems.add(other.at(), "'keyed_groups' is a list of mappings with a 'key'"));
      }
      return groups.build();
    }

    private void keyedGroup(Node item, Consumer<KeyedGroup> then) {
      if (!(item instanceof Node.Mapping mapping) || mapping.find("key").isEmpty()) {
        problems.add(item.at(), "a keyed group is a mapping with a 'key'");
        return;
      }
      refuseUnknown(mapping, KEYED, "a keyed group");
      Optional<Flag> trailing = flag(mapping, "trailing_separator");
      Optional<String> byDefault = text(mapping, "default_value");
      if (trailing.isPresent() && byDefault.isPresent()) {
        problems.add(
            item.at(), "'default_value' and 'trailing_separator' exclude each other", "keep one");
      }
      Optional<Object> parent =
          mapping.value("parent_group").map(node -> NodeValues.of(node, problems));
      formula(
          mapping.value("key").orElseThrow(),
          key ->
              then.accept(
                  new KeyedGroup(
                      key,
                      text(mapping, "prefix").orElse(""),
                      text(mapping, "separator").orElse("_"),
                      parent,
                      byDefault,
                      trailing.orElse(Flag.ON))));
    }

    private Optional<String> text(Node.Mapping mapping, String name) {
      Optional<Node> node = mapping.value(name);
      if (node.isPresent() && !(node.get() instanceof Node.Scalar)) {
        problems.add(node.get().at(), "'" + name + "' is a text");
      }
      return node.filter(Node.Scalar.class::isInstance)
          .map(scalar -> PythonText.str(((Node.Scalar) scalar).value()));
    }
  }
}
