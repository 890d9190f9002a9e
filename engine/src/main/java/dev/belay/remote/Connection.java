package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Content;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.util.List;

/**
 * An open way to one host. Used by one thread at a time, but for {@link #close}, which any thread
 * may call to end it.
 */
public interface Connection extends AutoCloseable {

  /**
   * Runs the commands one after another, each in a subshell of its own with empty standard input,
   * and gives an output for each. All of them travel together: one round trip.
   *
   * @throws UnreachableException where the connection is lost; what was running may or may not have
   *     been done
   * @throws BecomeException where the user could not be changed; nothing was run
   */
  ImmutableList<Output> exchange(Become become, List<Sh> commands)
      throws UnreachableException, BecomeException;

  /**
   * Brings bytes to a new file in a folder of this connection's own, which ends with it, and gives
   * its path. Only for contents that are too large to travel inside a command.
   */
  String upload(Become become, Content content) throws UnreachableException, BecomeException;

  /** How often it was asked and answered since it was opened; opening it does not count. */
  int roundTrips();

  @Override
  void close();
}
