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
 * @param whole hosts of the play, in its order
 * @param hosts those of them that are not in other shards
 * @param unmatched names of hosts and groups that the play gives and the inventory has not
 * @param magic variables that are there by themselves
 */
record PlayView(
    Inventory inventory,
    ImmutableSet<String> all,
    ImmutableList<String> whole,
    ImmutableList<String> hosts,
    ImmutableList<Problem> unmatched,
    MagicVariables magic) {

  /** Whether other processes have hosts of the play. */
  boolean hasHostsElsewhere() {
    return whole.size() > hosts.size();
  }

  Variables.OfInventory of(String host) {
    return new Variables.OfInventory(magic.of(host), inventory.variables(host));
  }
}
