package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.Group;
import dev.belay.inventory.Host;
import dev.belay.inventory.Inventory;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An inventory in the shapes in which {@code ansible-inventory} shows it. Values are shown as they
 * stand, templates not rendered.
 *
 * @param inventory with the variables beside it
 * @param whole with those of the playbook's folder besides
 * @param extra of the command line
 * @param shown the hosts to show
 */
record InventoryDump(
    Inventory inventory,
    Inventory whole,
    ImmutableMap<String, Object> extra,
    ImmutableSet<String> shown,
    Form form) {

  /** What is shown of variables. */
  enum Form {
    /** All that a host has, of its groups too. */
    EFFECTIVE,
    /** What is said of each host and group alone. */
    EXPORT
  }

  /** What every host has by itself in a run, which is nothing that an inventory says. */
  private static final ImmutableSet<String> INTERNAL =
      ImmutableSet.of(
          "ansible_config_file",
          "ansible_diff_mode",
          "ansible_facts",
          "ansible_forks",
          "ansible_inventory_sources",
          "ansible_limit",
          "ansible_playbook_python",
          "ansible_run_tags",
          "ansible_skip_tags",
          "ansible_verbosity",
          "ansible_version",
          "group_names",
          "groups",
          "inventory_dir",
          "inventory_file",
          "inventory_hostname",
          "inventory_hostname_short",
          "omit",
          "playbook_dir");

  /** All of it, as an inventory script would say it. */
  ImmutableMap<String, Object> list() {
    Map<String, Object> all = new LinkedHashMap<>();
    list(Inventory.ALL, all, new LinkedHashSet<>());
    Map<String, Object> hostvars = new LinkedHashMap<>();
    for (Host host : inventory.hosts()) {
      ImmutableMap<String, Object> variables = host(host.name());
      if (shown.contains(host.name()) && !variables.isEmpty()) {
        hostvars.put(host.name(), variables);
      }
    }
    all.put("_meta", ImmutableMap.of("hostvars", hostvars));
    return ImmutableMap.copyOf(all);
  }

  private void list(String name, Map<String, Object> all, Set<String> seen) {
    Group group = inventory.group(name).orElseThrow();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("hosts", hostsOf(group));
    parts.put("children", group.children().asList());
    parts.put("vars", form == Form.EXPORT ? group(name) : ImmutableMap.of());
    parts.values().removeIf(part -> part.equals(List.of()) || part.equals(Map.of()));
    if (!parts.isEmpty()) {
      all.put(name, parts);
    }
    for (String child : group.children()) {
      if (seen.add(child)) {
        list(child, all, seen);
      }
    }
  }

  /** That all hosts are in all need not be said. */
  private ImmutableList<String> hostsOf(Group group) {
    return group.name().equals(Inventory.ALL)
        ? ImmutableList.of()
        : group.hosts().stream().filter(shown::contains).collect(toImmutableList());
  }

  /** The variables of a host. */
  ImmutableMap<String, Object> host(String name) {
    Map<String, Object> variables =
        new LinkedHashMap<>(
            form == Form.EXPORT ? inventory.ownVariables(name) : whole.variables(name));
    if (form == Form.EFFECTIVE) {
      variables.putAll(extra);
    }
    return told(variables);
  }

  private ImmutableMap<String, Object> group(String name) {
    Map<String, Object> variables = new LinkedHashMap<>(inventory.ownVariablesOfGroup(name));
    int priority = inventory.group(name).orElseThrow().priority();
    if (priority != Group.DEFAULT_PRIORITY) {
      variables.put("ansible_group_priority", (long) priority);
    }
    return told(variables);
  }

  private static ImmutableMap<String, Object> told(Map<String, Object> variables) {
    variables.keySet().removeAll(INTERNAL);
    return ImmutableMap.copyOf(variables);
  }

  /** With templates as the texts that the user wrote; itself where there are none. */
  private static Object written(Object value) {
    Object written = value instanceof Template template ? template.toString() : value;
    if (value instanceof Map<?, ?> map) {
      ImmutableMap.Builder<Object, Object> members = ImmutableMap.builder();
      map.forEach((key, member) -> members.put(written(key), written(member)));
      written = members.buildKeepingLast();
    } else if (value instanceof List<?> list) {
      written = list.stream().map(InventoryDump::written).collect(toImmutableList());
    }
    return written.equals(value) ? value : written;
  }

  /** All of it as an inventory in YAML would say it: each host's variables where it first is. */
  ImmutableMap<String, Object> tree() {
    return tree(Inventory.ALL, new LinkedHashSet<>());
  }

  private ImmutableMap<String, Object> tree(String name, Set<String> seen) {
    Group group = inventory.group(name).orElseThrow();
    Map<String, Object> children = new LinkedHashMap<>();
    group.children().forEach(child -> children.putAll(tree(child, seen)));
    Map<String, Object> hosts = new LinkedHashMap<>();
    for (String host : hostsOf(group)) {
      hosts.put(host, seen.add(host) ? host(host) : ImmutableMap.of());
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("children", children);
    parts.put("hosts", hosts);
    parts.put("vars", form == Form.EXPORT ? group(name) : ImmutableMap.of());
    parts.values().removeIf(Map.of()::equals);
    return ImmutableMap.of(name, parts);
  }

  /** Groups and hosts as a tree of lines. */
  ImmutableList<String> graph(String group) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    graph(group, 0, Variables.HIDDEN, lines);
    return lines.build();
  }

  /** The same with variables. */
  ImmutableList<String> graphWithVariables(String group) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    graph(group, 0, Variables.SHOWN, lines);
    return lines.build();
  }

  private enum Variables {
    SHOWN,
    HIDDEN
  }

  private void graph(
      String name, int depth, Variables variables, ImmutableList.Builder<String> lines) {
    Group group = inventory.group(name).orElseThrow();
    lines.add(line("@" + name + ":", depth));
    group.children().forEach(child -> graph(child, depth + 1, variables, lines));
    for (String host : hostsOf(group)) {
      lines.add(line(host, depth + 1));
      if (variables == Variables.SHOWN) {
        variables(host(host), depth + 2, lines);
      }
    }
    if (variables == Variables.SHOWN) {
      variables(group(name), depth + 1, lines);
    }
  }

  private static void variables(
      Map<String, Object> variables, int depth, ImmutableList.Builder<String> lines) {
    new TreeMap<>(variables)
        .forEach(
            (name, value) ->
                lines.add(line("{" + name + " = " + PythonText.str(written(value)) + "}", depth)));
  }

  private static String line(String text, int depth) {
    return depth == 0 ? text : "  |".repeat(depth) + "--" + text;
  }
}
