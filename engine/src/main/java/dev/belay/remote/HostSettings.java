package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;

/**
 * How to get to one host, all defaults filled in.
 *
 * @param kind whether there is a network between
 * @param name the inventory's name for it, for messages
 * @param address a name or an IP address
 * @param user the login user; empty for the one of the control side or of {@code ssh_config}
 * @param password for the login
 * @param privateKeys tried before the agent's; paths
 * @param bastions the hosts in between, the first one first
 * @param becomePassword sent only after the host's own prompt was seen
 * @param knownHosts files of known keys besides the control side's own; a new key goes to the first
 *     of them
 * @param hostKeys what to do with a key that is not known
 * @param folder in which a shell on this machine starts; empty for where the program was started
 * @param connectTimeout for all of it: resolve, connect, exchange keys, authenticate
 */
public record HostSettings(
    Kind kind,
    String name,
    String address,
    int port,
    Optional<String> user,
    Optional<Secret> password,
    ImmutableList<String> privateKeys,
    ImmutableList<Bastion> bastions,
    Optional<Secret> becomePassword,
    ImmutableList<String> knownHosts,
    HostKeys hostKeys,
    Optional<String> folder,
    Duration connectTimeout) {

  /** The same, with less patience or more. */
  public HostSettings connectingWithin(Duration time) {
    return new HostSettings(
        kind,
        name,
        address,
        port,
        user,
        password,
        privateKeys,
        bastions,
        becomePassword,
        knownHosts,
        hostKeys,
        folder,
        time);
  }

  /** Where the shell runs. */
  public enum Kind {
    SSH,
    LOCAL
  }

  /**
   * What to do with the key of a host that {@code known_hosts} does not have. A changed key is
   * always refused.
   */
  public enum HostKeys {
    REFUSE_UNKNOWN,
    /** Take it and write it down. */
    ACCEPT_NEW
  }

  /** An SSH host on the way. */
  public record Bastion(Optional<String> user, String address, int port) {}
}
