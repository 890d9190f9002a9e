package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import java.util.Optional;

/** What a run adds to an inventory. Each makes a new inventory of an old one. */
final class InventoryAddition {
  private final Inventory before;
  private final Position at;
  private final Problems problems = new Problems();
  private final InventoryBuilder builder;

  private InventoryAddition(Inventory before, String module) {
    this.before = before;
    at = Position.of(module);
    builder = InventoryBuilder.of(before, problems);
  }

  static Inventory host(
      Inventory before,
      String name,
      ImmutableList<String> groups,
      ImmutableMap<String, Object> variables) {
    boolean there =
        before.host(name).isPresent()
            && before.host(name).get().variables().entrySet().containsAll(variables.entrySet())
            && groups.stream().allMatch(group -> isIn(before, name, group));
    return there ? before : new InventoryAddition(before, "add_host").host(name, groups, variables);
  }

  private static boolean isIn(Inventory inventory, String host, String group) {
    return inventory.group(group).filter(found -> found.hosts().contains(host)).isPresent();
  }

  private Inventory host(
      String name, ImmutableList<String> groups, ImmutableMap<String, Object> variables) {
    builder.host(name, Inventory.ALL, Optional.empty(), at);
    problems.throwIfAny();
    variables.forEach((key, value) -> builder.ownVariable(name, key, value));
    groups.forEach(group -> builder.group(group, at));
    groups.forEach(group -> builder.member(group, name));
    return built();
  }

  static Inventory member(
      Inventory before, String host, String group, ImmutableList<String> parents) {
    boolean there =
        isIn(before, host, group)
            && parents.stream()
                .allMatch(
                    parent ->
                        before.group(parent).filter(p -> p.children().contains(group)).isPresent());
    return there ? before : new InventoryAddition(before, "group_by").member(host, group, parents);
  }

  private Inventory member(String host, String group, ImmutableList<String> parents) {
    if (!builder.hasHost(host) && !Inventory.LOCAL.contains(host)) {
      throw new ProblemsException(at, "there is no host '" + host + "' in the inventory", "");
    }
    builder.group(group, at);
    parents.forEach(parent -> builder.group(parent, at));
    parents.forEach(parent -> builder.child(parent, group));
    builder.member(group, host);
    return built();
  }

  private Inventory built() {
    return builder.build().withFoldersOf(before);
  }
}
