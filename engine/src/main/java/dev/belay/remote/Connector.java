package dev.belay.remote;

/** Opens connections. Safe for many threads. */
public interface Connector {

  /**
   * Opens a connection, within the settings' deadline.
   *
   * @throws UnreachableException with the phase in which it failed
   */
  Connection open(HostSettings settings) throws UnreachableException;
}
