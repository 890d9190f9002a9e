package dev.belay.inventory;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * Hosts under one name.
 *
 * @param hosts the names of its direct members
 * @param children the names of the groups inside it
 * @param variables its own, as the inventory's sources give them; not those of {@code group_vars}
 * @param priority where groups of one depth disagree the higher one wins; Ansible's {@code
 *     ansible_group_priority}
 */
public record Group(
    String name,
    ImmutableSet<String> hosts,
    ImmutableSet<String> children,
    ImmutableMap<String, Object> variables,
    int priority) {

  /** What every group has that says nothing of it. */
  public static final int DEFAULT_PRIORITY = 1;
}
