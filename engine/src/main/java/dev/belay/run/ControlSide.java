package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.inventory.Shard;
import dev.belay.remote.HostRoot;
import dev.belay.vault.Vault;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run has of where it is started: passwords, a person to ask, settings of {@code
 * ansible.cfg}.
 *
 * @param vault opens what is encrypted
 * @param purpose whether the run is to be done, or only to be shown
 * @param rolesPath more folders of roles, behind those beside a playbook
 * @param becomeMethod where neither inventory nor playbook says; raw
 * @param sshArguments where the inventory has none: options of {@code ssh} that have a meaning here
 * @param port where neither inventory nor play says
 * @param gathering when plays gather facts
 * @param modulePath folders of the user's own modules
 * @param strategy where a play does not say; raw
 * @param forcesHandlers whether hosts that failed run the handlers that they notified, where a play
 *     does not say
 * @param told what variables tell of how much is shown
 * @param managed what templates have as {@code ansible_managed}
 * @param inventories where the inventory comes from, for tasks that ask
 * @param shard which part of the hosts this process has; empty for all
 * @param root of the files that local connections work on; empty for this process' own
 */
public record ControlSide(
    Vault vault,
    Asker asker,
    Purpose purpose,
    ImmutableList<Path> rolesPath,
    Optional<String> becomeMethod,
    String sshArguments,
    Optional<Integer> port,
    Gathering gathering,
    ImmutableList<Path> modulePath,
    Optional<String> strategy,
    boolean forcesHandlers,
    Told told,
    String managed,
    ImmutableList<String> inventories,
    Optional<Shard> shard,
    Optional<HostRoot> root) {

  /** What templates say unless the settings do. */
  public static final String MANAGED = "Ansible managed";

  /**
   * How much is shown, for tasks that ask.
   *
   * @param verbosity how often {@code -v} was given
   * @param diff whether differences are shown
   */
  public record Told(long verbosity, boolean diff) {
    /** As little as can be. */
    public static final Told LITTLE = new Told(0, false);
  }

  /** What a run is made for. */
  public enum Purpose {
    /** Nobody is asked anything: only hosts, tasks or mistakes are to be shown. */
    SHOW,
    RUN,
    /** Before each task somebody is asked whether to do it. */
    STEP
  }

  /** When plays gather facts. */
  public enum Gathering {
    /** Unless a play says no. */
    IMPLICIT,
    /** Where a play says yes. */
    EXPLICIT,
    /** Unless a play says no, and once a host. */
    SMART
  }

  /** Nobody to ask, nothing set. */
  public static ControlSide bare() {
    return new ControlSide(
        Vault.locked(),
        Asker.nobody(),
        Purpose.RUN,
        ImmutableList.of(),
        Optional.empty(),
        "",
        Optional.empty(),
        Gathering.IMPLICIT,
        ImmutableList.of(),
        Optional.empty(),
        false,
        Told.LITTLE,
        MANAGED,
        ImmutableList.of(),
        Optional.empty(),
        Optional.empty());
  }
}
