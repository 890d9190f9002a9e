package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Nearest;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.value.None;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;

/** Reads an inventory in Ansible's YAML form. */
final class YamlInventory {
  private static final ImmutableList<String> WORDS = ImmutableList.of("hosts", "vars", "children");

  private final InventoryBuilder inventory;
  private final Problems problems;

  YamlInventory(InventoryBuilder inventory, Problems problems) {
    this.inventory = inventory;
    this.problems = problems;
  }

  void read(Node.Mapping groups) {
    groups.entries().forEach(this::group);
  }

  private void group(Node.Entry group) {
    if (!isName(group.key(), "group")) {
      return;
    }
    inventory.group(group.name(), group.key().at());
    if (group.value() instanceof Node.Mapping mapping) {
      mapping.entries().forEach(part -> part(group.name(), part));
    } else if (!isNull(group.value())) {
      problems.add(group.value().at(), "a group is a mapping with 'hosts', 'vars' and 'children'");
    }
  }

  /** {@code 10:} is a number, and names nothing. */
  private boolean isName(Node.Scalar key, String what) {
    boolean name = key.value() instanceof String text && !text.isEmpty();
    if (!name) {
      problems.add(key.at(), "the name of a " + what + " is a text", "put it in quotes");
    }
    return name;
  }

  private void part(String group, Node.Entry part) {
    switch (part.name()) {
      case "hosts" -> names(part).forEach(host -> hosts(group, host));
      case "vars" -> names(part).forEach(variable -> variable(group, variable));
      case "children" -> names(part).forEach(child -> child(group, child));
      default ->
          problems.add(
              part.key().at(),
              "'" + part.name() + "' means nothing in a group",
              Nearest.hint(part.name(), WORDS, "use hosts, vars or children"));
    }
  }

  private void variable(String group, Node.Entry variable) {
    inventory.groupVariable(
        group, variable.name(), NodeValues.of(variable.value(), problems), variable.key().at());
  }

  private void child(String group, Node.Entry child) {
    group(child);
    if (inventory.has(child.name())) {
      inventory.child(group, child.name());
    }
  }

  /** A single name may stand as it is. */
  private ImmutableList<Node.Entry> names(Node.Entry part) {
    if (part.value() instanceof Node.Scalar scalar && scalar.value() instanceof String) {
      Position at = scalar.at();
      return ImmutableList.of(
          new Node.Entry(scalar, new Node.Scalar(None.NONE, "", "", offset -> at)));
    }
    return entries(part);
  }

  private ImmutableList<Node.Entry> entries(Node.Entry part) {
    if (part.value() instanceof Node.Mapping mapping) {
      return mapping.entries();
    } else if (!isNull(part.value())) {
      problems.add(
          part.value().at(), "'" + part.name() + "' must be a mapping", "end each name with ':'");
    }
    return ImmutableList.of();
  }

  private void hosts(String group, Node.Entry host) {
    if (!isName(host.key(), "host")) {
      return;
    }
    try {
      HostAddress address = HostAddress.lenient(host.name());
      ImmutableList<Variable> variables = variables(host);
      for (String name : HostRange.expand(address.name())) {
        if (inventory.host(name, group, address.port(), host.key().at())) {
          variables.forEach(v -> inventory.variable(name, v.name, v.value, v.at));
        }
      }
    } catch (IllegalArgumentException e) {
      problems.add(host.key().at(), e.getMessage());
    }
  }

  /** A host's, read once where a range stands for many. */
  private record Variable(String name, Object value, Position at) {}

  private ImmutableList<Variable> variables(Node.Entry host) {
    return entries(host).stream()
        .map(
            entry ->
                new Variable(
                    entry.name(), NodeValues.of(entry.value(), problems), entry.key().at()))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == None.NONE;
  }
}
