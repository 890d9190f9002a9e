package dev.belay.inventory;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;

/**
 * One host of the inventory.
 *
 * @param variables its own, from the inventory file, with templates where the user wrote any; not
 *     those of its groups
 * @param at where it is first named
 */
public record Host(String name, ImmutableMap<String, Object> variables, Position at) {}
