package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.inventory.Inventory;
import dev.belay.playbook.Playbook;
import dev.belay.remote.Connector;

/** A run of playbooks against the hosts of an inventory. */
public final class Run {

  /**
   * Prepares a run. Nothing is contacted, and mistakes that can be seen without a host are thrown
   * here, all at once.
   */
  public Run(
      ImmutableList<Playbook> playbooks,
      Inventory inventory,
      RunOptions options,
      Connector connector,
      RunListener listener) {}

  /** Runs it to its end, whatever happens on single hosts. */
  public Recap run() {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens connections to the hosts and closes them again; one outcome a host goes to the listener.
   */
  public Recap ping() {
    throw new UnsupportedOperationException();
  }
}
