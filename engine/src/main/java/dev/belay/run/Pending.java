package dev.belay.run;

import dev.belay.playbook.IncludeVars;
import dev.belay.playbook.Task;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The names whose values wait for tasks that a host has begun to look at and not yet done. */
final class Pending {
  private final Set<String> names = new HashSet<>();
  private boolean facts;
  private boolean anything;
  private boolean others = true;

  /** What these tasks will give. */
  static Pending of(Collection<Task> open) {
    Pending pending = new Pending();
    open.forEach(pending::add);
    return pending;
  }

  static Pending nothing() {
    return new Pending();
  }

  /** Nothing on this host, and all other hosts are as far. */
  static Pending nothingAnywhere() {
    Pending pending = new Pending();
    pending.others = false;
    return pending;
  }

  /** Whether other hosts may still be behind. */
  boolean waitsForOthers() {
    return others;
  }

  /** Whether any task is open. */
  boolean isAny() {
    return anything || facts || !names.isEmpty();
  }

  /** These and what one more task will give. */
  Pending and(Task task) {
    Pending both = new Pending();
    both.names.addAll(names);
    both.facts = facts;
    both.anything = anything;
    both.add(task);
    return both;
  }

  /** Whether the results of a task can be facts: what others show under that name is none. */
  static boolean givesFacts(Task task) {
    return task.module().results().stream()
        .anyMatch(result -> result.name().equals("ansible_facts"));
  }

  private void add(Task task) {
    task.register().ifPresent(names::add);
    if (task.module().name().equals("set_fact")) {
      names.addAll(task.arguments().values().keySet());
      // A name that is a template may come to be any.
      anything |= names.stream().anyMatch(name -> name.contains("{{"));
    } else if (task.module().equals(IncludeVars.SPEC)) {
      // Which names it brings is in the file.
      anything = true;
    } else {
      boolean tells = givesFacts(task);
      facts |= tells;
      // Other modules than these may tell a fact under any name, and it wins over the inventory.
      anything |=
          tells
              && !task.module().name().equals("setup")
              && !task.module().collection().equals("belay.builtin");
    }
  }

  /**
   * Whether a name's value may still come or change. {@code isThere} tells whether it has one
   * already.
   */
  boolean covers(String name, BooleanSupplier isThere) {
    if (anything || names.contains(name)) {
      return true;
    }
    return facts && (name.equals("ansible_facts") || !isThere.getAsBoolean());
  }
}
