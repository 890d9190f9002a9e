package dev.belay.playbook;

import dev.belay.problem.Position;
import java.util.Optional;

/**
 * Repeats a task for each item of a list.
 *
 * @param plugin the lookup that makes the list, of {@code with_NAME}; empty for {@code loop}
 * @param items raw: a list, or a Template that gives one; what the lookup is given
 * @param variable raw: what the item is called inside
 * @param indexVariable raw: what its number, from 0, is called; empty where it is not wanted
 * @param label raw: what reports call the item; empty for the item itself
 * @param extended raw: whether {@code ansible_loop} tells of the loop as a whole
 * @param extendedAllItems raw: whether it has all items too
 * @param pause raw: seconds between two turns
 */
public record Loop(
    Optional<String> plugin,
    Object items,
    Object variable,
    Optional<Object> indexVariable,
    Optional<Object> label,
    Optional<Object> extended,
    Optional<Object> extendedAllItems,
    Optional<Object> pause,
    Position at) {

  /** The name where the user gives none. */
  public static final String ITEM = "item";
}
