package dev.belay.inventory;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;

/**
 * Counts what an inventory is made of. A short line may stand for very many hosts, and give each
 * very many variables; one that is too many ends the reading.
 */
final class InventoryLimits {
  private static final int HOST_LIMIT = 200_000;
  private static final int GROUP_LIMIT = 50_000;

  /** Hosts in groups. */
  private static final int MEMBER_LIMIT = 500_000;

  /** Of hosts: a range gives each to all its hosts. */
  private static final int VARIABLE_LIMIT = 1_000_000;

  private int hosts;
  private int groups;
  private int members;
  private int variables;

  void host(Position at) {
    hosts++;
    refuse(hosts > HOST_LIMIT, at, "hosts", HOST_LIMIT);
  }

  void group(Position at) {
    groups++;
    refuse(groups > GROUP_LIMIT, at, "groups", GROUP_LIMIT);
  }

  void member(Position at) {
    members++;
    refuse(members > MEMBER_LIMIT, at, "hosts in groups", MEMBER_LIMIT);
  }

  void variable(Position at) {
    variables++;
    refuse(variables > VARIABLE_LIMIT, at, "variables of hosts", VARIABLE_LIMIT);
  }

  private static void refuse(boolean tooMany, Position at, String what, int limit) {
    if (tooMany) {
      throw new ProblemsException(
          at,
          "these are more than " + limit + " " + what,
          "say in a group what many hosts have in common, or use several inventories");
    }
  }
}
