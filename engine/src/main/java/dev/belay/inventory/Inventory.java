package dev.belay.inventory;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.vault.Vault;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines: hosts, groups, and their variables. There are always the groups {@code all} and
 * {@code ungrouped}.
 *
 * <p>It never changes; a run that adds hosts or groups makes a new one ({@link #withHost}, {@link
 * #withMember}), which shares what files were read.
 */
public final class Inventory {
  /** The group that holds every host. */
  public static final String ALL = "all";

  /** The group of hosts that are in no other. */
  public static final String UNGROUPED = "ungrouped";

  /** What the machine that one sits at is called. */
  public static final ImmutableSet<String> LOCAL = ImmutableSet.of("localhost", "127.0.0.1", "::1");

  private final ImmutableMap<String, Host> hosts;
  private final ImmutableMap<String, Group> groups;
  private final ImmutableList<VarsFolder> folders;
  private final Vault vault;
  private final Kinship kinship;
  private final Supplier<ImmutableListMultimap<String, String>> membership;
  // Hosts of the same groups share what those say.
  private final Map<ImmutableSet<String>, ImmutableMap<String, Object>> merged =
      new ConcurrentHashMap<>();

  Inventory(
      ImmutableMap<String, Host> hosts,
      ImmutableMap<String, Group> groups,
      ImmutableList<VarsFolder> folders,
      Vault vault) {
    this.vault = vault;
    this.hosts = hosts;
    this.groups = groups;
    this.folders = folders;
    kinship = Kinship.of(groups);
    membership = Suppliers.memoize(() -> membership(groups.values()));
  }

  private static ImmutableListMultimap<String, String> membership(Collection<Group> groups) {
    ImmutableListMultimap.Builder<String, String> membership = ImmutableListMultimap.builder();
    groups.forEach(group -> group.hosts().forEach(host -> membership.put(host, group.name())));
    return membership.build();
  }

  /**
   * Besides, the variables in the {@code group_vars} and {@code host_vars} of the playbook's
   * folder, which win.
   */
  public Inventory withVarsFrom(Path folder) {
    boolean last = !folders.isEmpty() && folders.get(folders.size() - 1).isFor(folder);
    return last
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

  /** In the order of the inventory's sources. */
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

  /**
   * The hosts of a group and of all groups inside it: its own first, then those of groups inside
   * it, the nearer ones first. It is Ansible's order, in which a play takes its hosts.
   */
  public ImmutableList<String> hostsOf(String group) {
    Set<String> members = new LinkedHashSet<>();
    kinship.withDescendants(group).forEach(name -> members.addAll(groups.get(name).hosts()));
    // The machine that one sits at may have been grouped, and is no member of all for it.
    return group.equals(ALL)
        ? members.stream().filter(hosts::containsKey).collect(toImmutableList())
        : ImmutableList.copyOf(members);
  }

  /** The names of the groups that a host is in, sorted, without {@code all}. */
  public ImmutableList<String> groupsOf(String host) {
    return ancestors(host).stream()
        .filter(name -> !name.equals(ALL))
        .sorted()
        .collect(toImmutableList());
  }

  private ImmutableSet<String> ancestors(String host) {
    Set<String> found = new LinkedHashSet<>();
    membership.get().get(host).forEach(group -> found.addAll(kinship.withAncestors(group)));
    found.add(ALL);
    return ImmutableSet.copyOf(found);
  }

  /** What is nearer to a host comes later, and wins. */
  private ImmutableList<Group> byDistance(ImmutableSet<String> names) {
    return names.stream()
        .map(groups::get)
        .sorted(
            Comparator.<Group, Boolean>comparing(group -> !group.name().equals(ALL))
                .thenComparingInt(group -> kinship.depth(group.name()))
                .thenComparingInt(Group::priority)
                .thenComparing(Group::name))
        .collect(toImmutableList());
  }

  /**
   * All that the inventory says of a host, in Ansible's order: what is nearer to the host wins.
   * {@code localhost}, where it does not name it, is the machine that one sits at.
   *
   * @throws ProblemsException where a file of variables is not as it should be
   */
  public ImmutableMap<String, Object> variables(String host) {
    Map<String, Object> variables =
        new LinkedHashMap<>(merged.computeIfAbsent(ancestors(host), this::ofGroups));
    host(host)
        .ifPresentOrElse(
            known -> variables.putAll(known.variables()),
            () -> {
              if (LOCAL.contains(host)) {
                variables.put("ansible_connection", "local");
                // No part of this program: playbooks run scripts with it.
                variables.put("ansible_python_interpreter", "/usr/bin/python3");
              }
            });
    folders.forEach(folder -> variables.putAll(folder.ofHost(host)));
    return ImmutableMap.copyOf(variables);
  }

  private ImmutableMap<String, Object> ofGroups(ImmutableSet<String> names) {
    ImmutableList<Group> groupsInOrder = byDistance(names);
    Map<String, Object> variables = new LinkedHashMap<>();
    groupsInOrder.forEach(group -> variables.putAll(group.variables()));
    for (VarsFolder folder : folders) {
      variables.putAll(folder.ofGroup(ALL));
    }
    for (VarsFolder folder : folders) {
      groupsInOrder.stream()
          .filter(group -> !group.name().equals(ALL))
          .forEach(group -> variables.putAll(folder.ofGroup(group.name())));
    }
    return ImmutableMap.copyOf(variables);
  }

  /** What is said of a host alone, in the inventory and beside it; nothing of its groups. */
  public ImmutableMap<String, Object> ownVariables(String host) {
    Map<String, Object> variables = new LinkedHashMap<>();
    host(host).ifPresent(known -> variables.putAll(known.variables()));
    folders.forEach(folder -> variables.putAll(folder.ofHost(host)));
    return ImmutableMap.copyOf(variables);
  }

  /** What is said of a group alone, in the inventory and beside it. */
  public ImmutableMap<String, Object> ownVariablesOfGroup(String group) {
    Map<String, Object> variables = new LinkedHashMap<>(groups.get(group).variables());
    folders.forEach(folder -> variables.putAll(folder.ofGroup(group)));
    return ImmutableMap.copyOf(variables);
  }

  /** Reads the files of variables that these hosts have, so that their mistakes are told now. */
  public void check(Iterable<String> names, Problems problems) {
    for (String host : names) {
      try {
        merged.computeIfAbsent(ancestors(host), this::ofGroups);
        folders.forEach(folder -> folder.ofHost(host));
      } catch (ProblemsException e) {
        problems.addAll(e);
      }
    }
  }

  /**
   * The same with a host more, as {@code add_host} makes it: where it is there already, it gets
   * what is new. The same object where nothing is.
   *
   * @param member the groups it becomes a member of; those that there are not are made
   * @param more win over the host's variables of the same names
   * @throws ProblemsException where the name can be none
   */
  public Inventory withHost(
      String name, Iterable<String> member, ImmutableMap<String, Object> more) {
    return InventoryAddition.host(this, name, ImmutableList.copyOf(member), more);
  }

  /**
   * The same with a host in one group more, as {@code group_by} makes it. The same object where it
   * is in it already.
   *
   * @param host of the inventory, or the machine that one sits at
   * @param group is made where there is none
   * @param parents become those of the group; they are made where there are none
   * @throws ProblemsException where a group would be inside of itself
   */
  public Inventory withMember(String host, String group, Iterable<String> parents) {
    return InventoryAddition.member(this, host, group, ImmutableList.copyOf(parents));
  }

  /** The same hosts and groups with the files of variables that another one has. */
  Inventory withFoldersOf(Inventory other) {
    return new Inventory(hosts, groups, other.folders, other.vault);
  }
}
