package dev.belay.inventory;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;

/**
 * One host of the inventory.
 *
 * @param variables its own, from the inventory's sources, with templates where the user wrote any;
 *     not those of its groups
 * @param at where it is first named
 */
public record Host(String name, ImmutableMap<String, Object> variables, Position at) {

  /** A name up to its first dot; all of it where it is an address. */
  public static String shortName(String name) {
    int dot = name.indexOf('.');
    return dot < 0 || HostAddress.isAddress(name) ? name : name.substring(0, dot);
  }
}
