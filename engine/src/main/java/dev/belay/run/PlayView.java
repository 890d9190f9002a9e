package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.Inventory;
import dev.belay.problem.Problem;

/**
 * What an inventory makes of a play.
 *
 * @param inventory with the variables that lie beside the playbook
 * @param all hosts that there are, in the play or not
 * @param hosts of the play, in its order
 * @param unmatched names of hosts and groups that the play gives and the inventory has not
 * @param magic variables that are there by themselves
 */
record PlayView(
    Inventory inventory,
    ImmutableSet<String> all,
    ImmutableList<String> hosts,
    ImmutableList<Problem> unmatched,
    MagicVariables magic) {

  Variables.OfInventory of(String host) {
    return new Variables.OfInventory(magic.of(host), inventory.variables(host));
  }
}
