package dev.belay.inventory;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.vault.Vault;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The machines: hosts, groups, and their variables. There are always the groups {@code all} and
 * {@code ungrouped}.
 */
public final class Inventory {
  /** The group that holds every host. */
  public static final String ALL = "all";

  private final ImmutableMap<String, Host> hosts;
  private final ImmutableMap<String, Group> groups;
  private final ImmutableList<VarsFolder> folders;
  private final Vault vault;
  private final ImmutableMap<String, Integer> depths;

  Inventory(
      ImmutableMap<String, Host> hosts,
      ImmutableMap<String, Group> groups,
      ImmutableList<VarsFolder> folders,
      Vault vault) {
    this.vault = vault;
    this.hosts = hosts;
    this.groups = groups;
    this.folders = folders;
    this.depths = depths(groups);
  }

  /**
   * How far each group is below {@code all}, by the longest way. Groups have no circles: the reader
   * refuses them.
   */
  private static ImmutableMap<String, Integer> depths(ImmutableMap<String, Group> groups) {
    Map<String, Integer> depths = new HashMap<>();
    Deque<String> toDo = new ArrayDeque<>(List.of(ALL));
    depths.put(ALL, 0);
    while (!toDo.isEmpty()) {
      String name = toDo.remove();
      for (String child : groups.get(name).children()) {
        if (depths.getOrDefault(child, -1) <= depths.get(name)) {
          depths.put(child, depths.get(name) + 1);
          toDo.add(child);
        }
      }
    }
    return ImmutableMap.copyOf(depths);
  }

  /**
   * Besides, the variables in the {@code group_vars} and {@code host_vars} of the playbook's
   * folder, which win.
   */
  public Inventory withVarsFrom(Path folder) {
    boolean known = folders.stream().anyMatch(f -> f.isFor(folder));
    return known
        ? this
        : new Inventory(
            hosts,
            groups,
            ImmutableList.<VarsFolder>builder()
                .addAll(folders)
                .add(new VarsFolder(folder, vault))
                .build(),
            vault);
  }

  /** In the order of the inventory. */
  public ImmutableList<Host> hosts() {
    return hosts.values().asList();
  }

  public Optional<Host> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  public ImmutableList<Group> groups() {
    return groups.values().asList();
  }

  public Optional<Group> group(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /** The hosts of a group and of all groups inside it, in the order of the inventory. */
  public ImmutableList<String> hostsOf(String group) {
    Set<String> members = new LinkedHashSet<>();
    collect(group, members, new LinkedHashSet<>());
    return hosts.keySet().stream().filter(members::contains).collect(toImmutableList());
  }

  private void collect(String name, Set<String> members, Set<String> done) {
    if (done.add(name)) {
      Group group = groups.get(name);
      members.addAll(group.hosts());
      group.children().forEach(child -> collect(child, members, done));
    }
  }

  /** The names of the groups that a host is in, sorted, without {@code all}. */
  public ImmutableList<String> groupsOf(String host) {
    return ancestors(host).stream()
        .map(Group::name)
        .filter(name -> !name.equals(ALL))
        .sorted()
        .collect(toImmutableList());
  }

  private List<Group> ancestors(String host) {
    Set<String> found = new LinkedHashSet<>();
    groups.values().stream()
        .filter(group -> group.hosts().contains(host))
        .forEach(group -> found.add(group.name()));
    boolean grown = true;
    while (grown) {
      Set<String> before = ImmutableSet.copyOf(found);
      groups.values().stream()
          .filter(group -> group.children().stream().anyMatch(before::contains))
          .forEach(group -> found.add(group.name()));
      grown = found.size() > before.size();
    }
    found.add(ALL);
    Comparator<Group> order =
        Comparator.<Group>comparingInt(group -> depths.getOrDefault(group.name(), 1))
            .thenComparingInt(Group::priority)
            .thenComparing(Group::name);
    return found.stream().map(groups::get).sorted(order).toList();
  }

  /**
   * All that the inventory says of a host, in Ansible's order: what is nearer to the host wins. A
   * host that it does not name is the machine that one sits at.
   */
  public ImmutableMap<String, Object> variables(String host) {
    Map<String, Object> merged = new LinkedHashMap<>();
    List<Group> ancestors = groups.isEmpty() ? List.of() : ancestors(host);
    ancestors.forEach(group -> merged.putAll(group.variables()));
    for (VarsFolder folder : folders) {
      merged.putAll(folder.ofGroup(ALL));
    }
    for (VarsFolder folder : folders) {
      ancestors.stream()
          .filter(g -> !g.name().equals(ALL))
          .forEach(group -> merged.putAll(folder.ofGroup(group.name())));
    }
    host(host)
        .ifPresentOrElse(
            known -> merged.putAll(known.variables()),
            () -> merged.put("ansible_connection", "local"));
    folders.forEach(folder -> merged.putAll(folder.ofHost(host)));
    return ImmutableMap.copyOf(merged);
  }
}
