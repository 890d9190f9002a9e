package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.belay.module.Change;
import dev.belay.remote.Become;
import dev.belay.remote.BecomeException;
import dev.belay.remote.Connection;
import dev.belay.remote.Connector;
import dev.belay.remote.HostSettings;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/**
 * The way to a host over a whole run. A connection is opened when something is first asked, and
 * kept from play to play; a second one only where two ask at once, which happens to a host that
 * others delegate to. No more of all connections are at work at once than the run's forks.
 */
final class HostLink implements AutoCloseable {
  private final Connector connector;
  private final Semaphore forks;
  private final String mark;
  private final HostSettings settings;
  private final Deque<Connection> idle = new ArrayDeque<>();

  HostLink(Connector connector, Semaphore forks, String mark, HostSettings settings) {
    this.connector = connector;
    this.forks = forks;
    this.mark = mark;
    this.settings = settings;
  }

  /** Something that is done over a connection. */
  private interface Talk<T> {
    T over(Connection connection) throws UnreachableException, BecomeException;
  }

  /**
   * Asks the host. Nobody is connected to for items that have no question.
   *
   * @param trips is told how many round trips it took
   */
  void ask(List<OpenItem> items, IntConsumer trips)
      throws UnreachableException, InterruptedException {
    if (items.stream().allMatch(item -> item.look().questions().isEmpty())) {
      items.forEach(item -> item.answered(ImmutableList.of()));
      return;
    }
    try {
      talk(
          trips,
          connection -> {
            new Exchange(connection, mark).ask(items);
            return true;
          });
    } catch (BecomeException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the host is the machine that the run is on. */
  boolean isHere() {
    return settings.kind() == HostSettings.Kind.LOCAL;
  }

  /** One command, at once. */
  Output once(Become become, Sh command, IntConsumer trips)
      throws UnreachableException, BecomeException, InterruptedException {
    return talk(trips, connection -> connection.exchange(become, ImmutableList.of(command)).get(0));
  }

  /** Connects anew, and gives up after that time. */
  void reconnect(Optional<Duration> within) throws UnreachableException {
    close();
    leave(connector.open(within.map(settings::connectingWithin).orElse(settings)), true);
  }

  /** The item's changes carried out, and the item and the others asked behind it. */
  Output act(ImmutableList<Change> changes, OpenItem item, List<OpenItem> others, IntConsumer trips)
      throws UnreachableException, BecomeException, InterruptedException {
    return talk(
        trips,
        connection -> {
          Sh deed = Deed.script(changes, connection, item.way().become());
          return new Exchange(connection, mark).act(item, item.way().around(deed), others);
        });
  }

  /** One command of the way's own, whose output alone counts. */
  Output say(Way way, Sh command, IntConsumer trips)
      throws UnreachableException, BecomeException, InterruptedException {
    return once(way.become(), Batch.within(way.environment(), command), trips);
  }

  private <T> T talk(IntConsumer trips, Talk<T> talk)
      throws UnreachableException, BecomeException, InterruptedException {
    forks.acquire();
    try {
      Connection connection = taken();
      int before = connection.roundTrips();
      boolean whole = false;
      try {
        T result = talk.over(connection);
        whole = true;
        return result;
      } catch (BecomeException e) {
        whole = true;
        throw e;
      } finally {
        trips.accept(connection.roundTrips() - before);
        leave(connection, whole);
      }
    } finally {
      forks.release();
    }
  }

  private Connection taken() throws UnreachableException {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.removeLast();
      }
    }
    return connector.open(settings);
  }

  /** One that broke is not used again. */
  private void leave(Connection connection, boolean whole) {
    if (!whole) {
      connection.close();
      return;
    }
    synchronized (idle) {
      idle.addLast(connection);
    }
  }

  /** Closes what is idle; the next who asks opens it again. */
  @Override
  public void close() {
    ImmutableList<Connection> all;
    synchronized (idle) {
      all = ImmutableList.copyOf(Iterables.consumingIterable(idle));
    }
    all.forEach(Connection::close);
  }
}
