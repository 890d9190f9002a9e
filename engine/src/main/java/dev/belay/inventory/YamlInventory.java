package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Nearest;
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

  void read(Node node) {
    if (!(node instanceof Node.Mapping groups)) {
      problems.add(node.at(), "an inventory is a mapping of groups", "begin it with 'all:'");
      return;
    }
    groups.entries().forEach(this::group);
  }

  private void group(Node.Entry group) {
    inventory.group(group.name(), group.key().at());
    if (isNull(group.value())) {
      return;
    } else if (!(group.value() instanceof Node.Mapping)) {
      problems.add(group.value().at(), "a group is a mapping with 'hosts', 'vars' and 'children'");
      return;
    }
    for (Node.Entry part : ((Node.Mapping) group.value()).entries()) {
      switch (part.name()) {
        case "hosts" -> entries(part).forEach(host -> hosts(group.name(), host));
        case "vars" ->
            entries(part)
                .forEach(
                    v ->
                        inventory.groupVariable(
                            group.name(), v.name(), NodeValues.of(v.value(), problems)));
        case "children" ->
            entries(part)
                .forEach(
                    child -> {
                      inventory.child(group.name(), child.name(), child.key().at());
                      group(child);
                    });
        default ->
            problems.add(
                part.key().at(),
                "'" + part.name() + "' means nothing in a group",
                Nearest.hint(part.name(), WORDS, "use hosts, vars or children"));
      }
    }
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
    try {
      for (String name : HostRange.expand(host.name())) {
        inventory.host(name, group, host.key().at());
        entries(host)
            .forEach(
                v -> inventory.hostVariable(name, v.name(), NodeValues.of(v.value(), problems)));
      }
    } catch (IllegalArgumentException e) {
      problems.add(host.key().at(), e.getMessage());
    }
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == None.NONE;
  }
}
