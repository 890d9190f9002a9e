package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which groups are inside which, and how deep. Asked often, so what it finds it keeps. */
final class Kinship {
  private final Map<String, ? extends Collection<String>> children;
  private final Map<String, List<String>> parents = new LinkedHashMap<>();
  private final Map<String, ImmutableSet<String>> ancestors = new ConcurrentHashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();
  private final ImmutableSet<String> circles;

  private Kinship(ImmutableList<String> names, Map<String, ? extends Collection<String>> children) {
    this.children = children;
    names.forEach(name -> parents.put(name, new java.util.ArrayList<>()));
    children.forEach((name, inside) -> inside.forEach(child -> parents.get(child).add(name)));
    circles = measure();
  }

  /** Of groups that are not all known yet. */
  Kinship(Map<String, DraftGroup> drafts) {
    this(
        ImmutableList.copyOf(drafts.keySet()),
        com.google.common.collect.Maps.transformValues(drafts, DraftGroup::children));
  }

  static Kinship of(Map<String, Group> groups) {
    return new Kinship(
        ImmutableList.copyOf(groups.keySet()),
        com.google.common.collect.Maps.transformValues(groups, Group::children));
  }

  /** The longest way down to each group; parents first. What is left over hangs in a circle. */
  private ImmutableSet<String> measure() {
    Map<String, Integer> waiting = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    parents.forEach((name, above) -> await(name, above.size(), waiting, ready));
    parents.keySet().forEach(name -> depths.put(name, 0));
    while (!ready.isEmpty()) {
      String name = ready.remove();
      for (String child : children.get(name)) {
        depths.merge(child, depths.get(name) + 1, Math::max);
        arrive(child, waiting, ready);
      }
    }
    return inCircles(waiting.keySet());
  }

  private static void await(
      String name, int others, Map<String, Integer> waiting, Deque<String> ready) {
    if (others == 0) {
      ready.add(name);
    } else {
      waiting.put(name, others);
    }
  }

  private static void arrive(String name, Map<String, Integer> waiting, Deque<String> ready) {
    if (waiting.merge(name, -1, Integer::sum) == 0) {
      waiting.remove(name);
      ready.add(name);
    }
  }

  /** Those without the ones that lead nowhere. */
  private ImmutableSet<String> inCircles(Set<String> left) {
    Map<String, Integer> waiting = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    for (String name : left) {
      await(name, (int) children.get(name).stream().filter(left::contains).count(), waiting, ready);
    }
    while (!ready.isEmpty()) {
      String name = ready.remove();
      parents.get(name).stream()
          .filter(waiting::containsKey)
          .forEach(parent -> arrive(parent, waiting, ready));
    }
    return parents.keySet().stream()
        .filter(waiting::containsKey)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** The groups that are inside of themselves, or between two that are. */
  ImmutableSet<String> circles() {
    return circles;
  }

  /** How far below the outermost groups, by the longest way. */
  int depth(String group) {
    return depths.get(group);
  }

  /** The group and all that it is inside of. */
  ImmutableSet<String> withAncestors(String group) {
    ImmutableSet<String> known = ancestors.get(group);
    if (known != null) {
      return known;
    }
    Set<String> found = new LinkedHashSet<>(List.of(group));
    Deque<String> toDo = new ArrayDeque<>(found);
    while (!toDo.isEmpty()) {
      for (String parent : parents.get(toDo.remove())) {
        if (found.add(parent)) {
          toDo.add(parent);
        }
      }
    }
    ancestors.put(group, ImmutableSet.copyOf(found));
    return ImmutableSet.copyOf(found);
  }

  /** The group and all inside of it: nearer ones first, and those of one level as they stand. */
  ImmutableList<String> withDescendants(String group) {
    Set<String> found = new LinkedHashSet<>(List.of(group));
    Deque<String> toDo = new ArrayDeque<>(found);
    while (!toDo.isEmpty()) {
      for (String child : children.get(toDo.remove())) {
        if (found.add(child)) {
          toDo.add(child);
        }
      }
    }
    return ImmutableList.copyOf(found);
  }
}
