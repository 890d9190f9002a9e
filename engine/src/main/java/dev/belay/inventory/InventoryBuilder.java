package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Collects hosts and groups from the sources of an inventory. */
final class InventoryBuilder {
  private static final String UNGROUPED = "ungrouped";

  private final Vault vault;
  private final Problems problems;
  private final Map<String, Position> hosts = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> hostVars = new LinkedHashMap<>();
  private final Map<String, Draft> groups = new LinkedHashMap<>();
  private final Set<Path> folders = new LinkedHashSet<>();

  private record Draft(
      Position at, Set<String> hosts, Set<String> children, Map<String, Object> variables) {}

  InventoryBuilder(Problems problems, Vault vault) {
    this.vault = vault;
    this.problems = problems;
  }

  void folder(Path folder) {
    folders.add(folder);
  }

  void group(String name, Position at) {
    groups.computeIfAbsent(
        name,
        n -> new Draft(at, new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>()));
  }

  void host(String name, String group, Position at) {
    if (!name.matches("[A-Za-z0-9_.:%\\[\\]][A-Za-z0-9_.:%\\[\\]@+-]*")) {
      problems.add(
          at,
          "'" + name + "' is no name for a host",
          "use letters, digits, dots and dashes, and no dash first");
      return;
    }
    hosts.putIfAbsent(name, at);
    hostVars.computeIfAbsent(name, n -> new LinkedHashMap<>());
    group(group, at);
    groups.get(group).hosts.add(name);
  }

  void hostVariable(String host, String name, Object value) {
    hostVars.computeIfAbsent(host, n -> new LinkedHashMap<>()).put(name, value);
  }

  void child(String group, String child, Position at) {
    group(group, at);
    groups.get(group).children.add(child);
  }

  void groupVariable(String group, String name, Object value) {
    groups.get(group).variables.put(name, value);
  }

  boolean has(String group) {
    return groups.containsKey(group);
  }

  Inventory build() {
    Position nowhere = Position.of("inventory");
    group(Inventory.ALL, nowhere);
    group(UNGROUPED, nowhere);
    groups.forEach((name, draft) -> draft.children.forEach(child -> check(name, child, draft)));
    putUngrouped();
    adopt();
    refuseCircles();
    problems.throwIfAny();
    ImmutableMap.Builder<String, Host> builtHosts = ImmutableMap.builder();
    hosts.forEach(
        (name, at) ->
            builtHosts.put(name, new Host(name, ImmutableMap.copyOf(hostVars.get(name)), at)));
    ImmutableMap.Builder<String, Group> builtGroups = ImmutableMap.builder();
    groups.forEach((name, draft) -> builtGroups.put(name, group(name, draft)));
    ImmutableList<VarsFolder> vars =
        folders.stream()
            .map(folder -> new VarsFolder(folder, vault))
            .collect(ImmutableList.toImmutableList());
    return new Inventory(builtHosts.buildOrThrow(), builtGroups.buildOrThrow(), vars, vault);
  }

  private static Group group(String name, Draft draft) {
    int priority =
        draft.variables.get("ansible_group_priority") instanceof Number n ? n.intValue() : 1;
    return new Group(
        name,
        ImmutableSet.copyOf(draft.hosts),
        ImmutableSet.copyOf(draft.children),
        ImmutableMap.copyOf(draft.variables),
        priority);
  }

  private void check(String name, String child, Draft draft) {
    if (!groups.containsKey(child)) {
      problems.add(
          draft.at,
          "the group '" + name + "' has a child '" + child + "', which is no group",
          "define it");
    }
  }

  private void putUngrouped() {
    for (String host : hosts.keySet()) {
      boolean grouped =
          groups.entrySet().stream()
              .anyMatch(
                  e ->
                      !e.getKey().equals(Inventory.ALL)
                          && !e.getKey().equals(UNGROUPED)
                          && e.getValue().hosts.contains(host));
      if (grouped) {
        groups.get(UNGROUPED).hosts.remove(host);
      } else {
        groups.get(UNGROUPED).hosts.add(host);
      }
    }
  }

  /** Groups without a parent are children of all. */
  private void adopt() {
    Set<String> children = new LinkedHashSet<>();
    groups.values().forEach(draft -> children.addAll(draft.children));
    for (String name : groups.keySet()) {
      if (!name.equals(Inventory.ALL) && !children.contains(name)) {
        groups.get(Inventory.ALL).children.add(name);
      }
    }
  }

  private void refuseCircles() {
    for (String name : groups.keySet()) {
      if (reaches(name, name, new LinkedHashSet<>())) {
        problems.add(
            groups.get(name).at,
            "the group '" + name + "' is inside of itself",
            "remove it from one of its children");
      }
    }
  }

  private boolean reaches(String from, String wanted, Set<String> seen) {
    for (String child : groups.containsKey(from) ? groups.get(from).children : Set.<String>of()) {
      if (child.equals(wanted) || seen.add(child) && reaches(child, wanted, seen)) {
        return true;
      }
    }
    return false;
  }
}
