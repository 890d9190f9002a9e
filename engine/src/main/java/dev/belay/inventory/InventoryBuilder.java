package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Collects hosts and groups from the sources of an inventory, in the order in which they speak of
 * them.
 */
final class InventoryBuilder {
  private static final String PRIORITY = "ansible_group_priority";
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_.:%\\[\\]][\\p{L}\\p{N}_.:%\\[\\]@+-]*+");

  private final Vault vault;
  private final Problems problems;
  private final Map<String, DraftHost> hosts = new LinkedHashMap<>();
  private final Map<String, DraftGroup> groups = new LinkedHashMap<>();
  private final List<Path> folders = new ArrayList<>();
  private ImmutableMap<String, Object> told = ImmutableMap.of();
  private final InventoryLimits limits = new InventoryLimits();

  /** A source, under the names by which variables tell of it. */
  record Source(String file, String folder) {}

  InventoryBuilder(Problems problems) {
    this(problems, Vault.locked());
  }

  /** One whose files of variables may be encrypted. */
  InventoryBuilder(Problems problems, Vault vault) {
    this.vault = vault;
    this.problems = problems;
    group(Inventory.ALL, Position.of("inventory"));
    group(Inventory.UNGROUPED, Position.of("inventory"));
    child(Inventory.ALL, Inventory.UNGROUPED);
  }

  /** One that begins with all of an inventory. */
  static InventoryBuilder of(Inventory inventory, Problems problems) {
    InventoryBuilder builder = new InventoryBuilder(problems);
    builder.groups.clear();
    for (Group group : inventory.groups()) {
      DraftGroup draft = new DraftGroup(Position.of("inventory"));
      draft.hosts().addAll(group.hosts());
      draft.children().addAll(group.children());
      draft.variables().putAll(group.variables());
      if (group.priority() != Group.DEFAULT_PRIORITY) {
        draft.variables().put(PRIORITY, group.priority());
      }
      builder.groups.put(group.name(), draft);
    }
    for (Host host : inventory.hosts()) {
      builder.hosts.put(host.name(), new DraftHost(host.at(), host.variables()));
    }
    return builder;
  }

  /** A folder whose {@code group_vars} and {@code host_vars} count. */
  void folder(Path folder) {
    folders.add(folder);
  }

  /** What comes next comes from there. */
  void from(Source next) {
    told = ImmutableMap.of("inventory_file", next.file, "inventory_dir", next.folder);
  }

  void group(String name, Position at) {
    if (!groups.containsKey(name)) {
      limits.group(at);
      groups.put(name, new DraftGroup(at));
    }
  }

  boolean has(String group) {
    return groups.containsKey(group);
  }

  boolean hasHost(String host) {
    return hosts.containsKey(host);
  }

  /**
   * A host of a group; where it is new it gets the port. Tells whether it can be one.
   *
   * @param port is not taken where the host is known already, as in Ansible
   */
  boolean host(String name, String group, Optional<Long> port, Position at) {
    if (!hosts.containsKey(name) && !isNew(name, at)) {
      return false;
    }
    if (!hosts.containsKey(name)) {
      limits.host(at);
      boolean isGroup = groups.containsKey(name);
      hosts.put(name, new DraftHost(at, isGroup ? ImmutableMap.of() : told));
      if (isGroup) {
        groups.get(name).variables().putAll(told);
      }
      port.filter(number -> number > 0).ifPresent(number -> own(name, "ansible_port", number));
    }
    group(group, at);
    if (groups.get(group).hosts().add(name)) {
      limits.member(at);
    }
    return true;
  }

  private boolean isNew(String name, Position at) {
    if (!NAME.matcher(name).matches()) {
      problems.add(
          at,
          "'" + name + "' is no name for a host",
          "use letters, digits, dots and dashes, and no dash first");
      return false;
    }
    return true;
  }

  /**
   * A variable of a host. Where a group has the same name it is the group's: so it is in Ansible.
   */
  void variable(String host, String name, Object value, Position at) {
    if (groups.containsKey(host)) {
      groupVariable(host, name, value, at);
    } else if (hosts.containsKey(host)) {
      limits.variable(at);
      own(host, name, value);
    }
  }

  /** A variable of a host, whatever groups are called. */
  void ownVariable(String host, String name, Object value) {
    own(host, name, value);
  }

  private void own(String host, String name, Object value) {
    hosts.get(host).put(name, value);
  }

  /** Tells whether that is new. */
  boolean child(String group, String child) {
    return groups.get(group).children().add(child);
  }

  /** A host that is known becomes a member of a group that is. */
  void member(String group, String host) {
    groups.get(group).hosts().add(host);
  }

  void groupVariable(String group, String name, Object value, Position at) {
    if (name.equals(PRIORITY) && priority(value).isEmpty()) {
      problems.add(at, "'" + PRIORITY + "' is a whole number, not '" + value + "'");
      return;
    }
    groups.get(group).variables().put(name, value);
  }

  private static Optional<Integer> priority(Object value) {
    if (value instanceof Number number) {
      return Optional.of(number.intValue());
    } else if (value instanceof Boolean flag) {
      return Optional.of(flag ? 1 : 0);
    }
    boolean digits = value instanceof String text && text.strip().matches("[-+]?[0-9]{1,9}");
    return digits ? Optional.of(Integer.valueOf(((String) value).strip())) : Optional.empty();
  }

  /** The hosts so far; what changes in the meantime is not seen. */
  ImmutableList<String> hostNames() {
    return ImmutableList.copyOf(hosts.keySet());
  }

  /** As far as it is known, before groups that nobody took have become children of all. */
  Kinship kinship() {
    return new Kinship(groups);
  }

  Map<String, DraftGroup> groups() {
    return groups;
  }

  int priorityOf(String group) {
    Object priority = groups.get(group).variables().get(PRIORITY);
    return priority == null ? Group.DEFAULT_PRIORITY : priority(priority).orElseThrow();
  }

  /** The folders of the sources so far. */
  ImmutableList<VarsFolder> varsFolders() {
    return VarsFolder.all(folders, vault);
  }

  ImmutableMap<String, Object> variablesOf(String host) {
    return ImmutableMap.copyOf(hosts.get(host).variables());
  }

  /**
   * The inventory, once everything was said.
   *
   * @throws dev.belay.problem.ProblemsException where there were problems
   */
  Inventory build() {
    adopt();
    kinship()
        .circles()
        .forEach(
            name ->
                problems.add(
                    groups.get(name).at(),
                    "the group '" + name + "' is inside of itself",
                    "remove it from one of its children"));
    problems.throwIfAny();
    putUngrouped();
    ImmutableMap.Builder<String, Host> builtHosts = ImmutableMap.builder();
    // Hosts of one range have the same ones.
    Interner<ImmutableMap<String, Object>> same = Interners.newStrongInterner();
    hosts.forEach(
        (name, host) ->
            builtHosts.put(
                name,
                new Host(name, same.intern(ImmutableMap.copyOf(host.variables())), host.at())));
    ImmutableMap.Builder<String, Group> builtGroups = ImmutableMap.builder();
    groups.forEach((name, draft) -> builtGroups.put(name, group(name, draft)));
    return new Inventory(
        builtHosts.buildOrThrow(),
        builtGroups.buildOrThrow(),
        VarsFolder.all(folders, vault),
        vault);
  }

  private Group group(String name, DraftGroup draft) {
    Map<String, Object> variables = new LinkedHashMap<>(draft.variables());
    variables.remove(PRIORITY);
    return new Group(
        name,
        ImmutableSet.copyOf(draft.hosts()),
        ImmutableSet.copyOf(draft.children()),
        ImmutableMap.copyOf(variables),
        priorityOf(name));
  }

  /** Groups without a parent are children of all. */
  private void adopt() {
    Set<String> children = new LinkedHashSet<>();
    groups.values().forEach(draft -> children.addAll(draft.children()));
    for (String name : groups.keySet()) {
      if (!name.equals(Inventory.ALL) && !children.contains(name)) {
        groups.get(Inventory.ALL).children().add(name);
      }
    }
  }

  /** A host in no group but all is ungrouped, and one that is in any other group is not. */
  private void putUngrouped() {
    Kinship kinship = kinship();
    Set<String> ungrouped = groups.get(Inventory.UNGROUPED).hosts();
    Set<String> grouped = new LinkedHashSet<>();
    groups.forEach(
        (name, draft) -> {
          if (kinship.withAncestors(name).stream().anyMatch(InventoryBuilder::isMade)) {
            grouped.addAll(draft.hosts());
          }
        });
    ungrouped.removeAll(grouped);
    hosts.keySet().stream().filter(host -> !grouped.contains(host)).forEach(ungrouped::add);
  }

  /** Whether somebody made it, for it is none of those that are there by themselves. */
  private static boolean isMade(String group) {
    return !group.equals(Inventory.ALL) && !group.equals(Inventory.UNGROUPED);
  }
}
