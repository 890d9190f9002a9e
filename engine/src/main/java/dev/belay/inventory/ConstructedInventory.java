package dev.belay.inventory;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import dev.belay.inventory.ConstructedOptions.Flag;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Ansible's {@code constructed} plugin: sets variables and makes groups by expressions over what
 * the sources before it say of each host.
 *
 * <p>It sees what Ansible's sees: groups as they stand while the sources are read, so that groups
 * that nobody took are not yet children of {@code all}. There are no facts here, and no lookups.
 */
final class ConstructedInventory {
  private static final Pattern NO_NAME = Pattern.compile("(?U)^[\\d\\W]|[^\\w]");

  private final ConstructedOptions options;
  private final InventoryBuilder inventory;
  private final ImmutableMap<String, Object> extra;
  private final ImmutableList<VarsFolder> folders;
  private final Problems problems;
  private final Position at;
  private final ListMultimap<String, String> membership = ArrayListMultimap.create();
  private final Map<Set<String>, ImmutableMap<String, Object>> merged = new HashMap<>();
  private final Set<String> related;
  private Kinship kinship;

  ConstructedInventory(
      ConstructedOptions options,
      InventoryBuilder inventory,
      ImmutableMap<String, Object> extra,
      Problems problems,
      Position at) {
    this.options = options;
    this.inventory = inventory;
    this.extra = options.useExtraVars() == Flag.ON ? extra : ImmutableMap.of();
    this.problems = problems;
    this.at = at;
    folders = options.useVarsPlugins() == Flag.ON ? inventory.varsFolders() : ImmutableList.of();
    kinship = inventory.kinship();
    related = new LinkedHashSet<>(inventory.groups().keySet());
    inventory
        .groups()
        .forEach((name, group) -> group.hosts().forEach(host -> membership.put(host, name)));
  }

  /** All hosts, until one shows a mistake that the others would show as well. */
  void read() {
    for (String host : inventory.hostNames()) {
      if (!problems.isEmpty()) {
        return;
      }
      Map<String, Object> before = values(host);
      options.compose().forEach((name, formula) -> compose(host, name, formula, before));
      Map<String, Object> values = values(host);
      options.groups().forEach((name, formula) -> group(host, name, formula, values));
      options.keyedGroups().forEach(keyed -> keyedGroup(host, keyed, values));
    }
  }

  private void compose(
      String host, String name, ConstructedOptions.Formula formula, Map<String, Object> values) {
    evaluated(host, formula.at().at(), () -> value(formula, values))
        .ifPresent(
            value -> {
              inventory.variable(host, name, value, formula.at().at());
              if (inventory.has(host)) {
                merged.clear();
              }
            });
  }

  private void group(
      String host, String name, ConstructedOptions.Formula formula, Map<String, Object> values) {
    evaluated(host, formula.at().at(), () -> formula.expression().holds(new HostValues(values)))
        .filter(holds -> holds)
        .ifPresent(holds -> join(host, fit(name)));
  }

  private void keyedGroup(String host, KeyedGroup keyed, Map<String, Object> values) {
    Position place = keyed.key().at().at();
    Optional<Object> key = evaluated(host, place, () -> value(keyed.key(), values));
    if (key.isEmpty()) {
      return;
    } else if (keyed.isNothing(key.get())) {
      if (!(key.get() instanceof Collection || key.get() instanceof Map)) {
        complain(host, place, "the key is empty");
      }
      return;
    }
    Optional<String> parent = Optional.empty();
    if (keyed.parentGroup().isPresent()) {
      parent = evaluated(host, place, () -> parent(keyed, values));
      if (parent.isEmpty()) {
        return;
      }
    }
    join(host, keyed, key.get(), parent);
  }

  private String parent(KeyedGroup keyed, Map<String, Object> values) {
    Object raw = keyed.parentGroup().orElseThrow();
    return PythonText.str(Template.resolve(raw, new HostValues(with(values, extra))));
  }

  private void join(String host, KeyedGroup keyed, Object key, Optional<String> parent) {
    try {
      for (String name : keyed.names(key, options.leadingSeparator())) {
        join(host, fit(name));
        parent.filter(p -> !p.isEmpty()).ifPresent(p -> adopt(fit(p), fit(name)));
      }
    } catch (IllegalArgumentException e) {
      problems.add(keyed.key().at().at(), "host '" + host + "': " + e.getMessage());
    }
  }

  private void join(String host, String group) {
    inventory.group(group, at);
    inventory.member(group, host);
  }

  /** Hosts that are still to come may be in such a group from before. */
  private void adopt(String parent, String group) {
    inventory.group(parent, at);
    if (inventory.child(parent, group) && related.contains(group)) {
      related.add(parent);
      kinship = inventory.kinship();
      merged.clear();
    }
  }

  /** What is no letter, digit or low line becomes a low line. */
  private static String fit(String name) {
    return NO_NAME.matcher(name).replaceAll("_");
  }

  private <T> Optional<T> evaluated(String host, Position place, Supplier<T> evaluation) {
    try {
      return Optional.of(evaluation.get());
    } catch (EvaluationException e) {
      complain(host, place, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void complain(String host, Position place, String what) {
    if (options.strict() == Flag.ON) {
      problems.add(place, "host '" + host + "': " + what, "mend it, or say 'strict: false'");
    }
  }

  private Object value(ConstructedOptions.Formula formula, Map<String, Object> values) {
    return new HostValues(with(values, extra)).composed(formula.expression());
  }

  private static Map<String, Object> with(Map<String, Object> values, Map<String, Object> more) {
    if (more.isEmpty()) {
      return values;
    }
    Map<String, Object> all = new HashMap<>(values);
    all.putAll(more);
    return all;
  }

  private Map<String, Object> values(String host) {
    Set<String> groups = new LinkedHashSet<>();
    membership.get(host).forEach(group -> groups.addAll(kinship.withAncestors(group)));
    Map<String, Object> values =
        new HashMap<>(merged.computeIfAbsent(ImmutableSet.copyOf(groups), this::ofGroups));
    values.putAll(inventory.variablesOf(host));
    values.put("inventory_hostname", host);
    values.put("inventory_hostname_short", Host.shortName(host));
    values.put(
        "group_names",
        groups.stream()
            .filter(name -> !name.equals(Inventory.ALL))
            .sorted()
            .collect(toImmutableList()));
    folders.forEach(folder -> values.putAll(folder.ofHost(host)));
    return values;
  }

  private ImmutableMap<String, Object> ofGroups(Set<String> groups) {
    ImmutableList<String> inOrder =
        groups.stream()
            .sorted(
                Comparator.<String>comparingInt(kinship::depth)
                    .thenComparingInt(inventory::priorityOf)
                    .thenComparing(Comparator.naturalOrder()))
            .collect(toImmutableList());
    Map<String, Object> variables = new LinkedHashMap<>();
    inOrder.forEach(group -> variables.putAll(inventory.groups().get(group).variables()));
    for (VarsFolder folder : folders) {
      inOrder.forEach(group -> variables.putAll(folder.ofGroup(group)));
    }
    return ImmutableMap.copyOf(variables);
  }
}
