package dev.belay.run;

import com.google.common.collect.ImmutableList;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A host's connection over a whole run: opened when something is first asked, kept from play to
 * play, and no more of them at work at once than the run's forks.
 */
final class HostLink implements AutoCloseable {
  private final Connector connector;
  private final Semaphore forks;
  private final String mark;
  private Optional<HostSettings> settings = Optional.empty();
  private Optional<Connection> connection = Optional.empty();
  private int roundTrips;

  HostLink(Connector connector, Semaphore forks, String mark) {
    this.connector = connector;
    this.forks = forks;
    this.mark = mark;
  }

  /** How the next play gets to the host. An open connection is kept where that is the same way. */
  void use(HostSettings next) {
    if (!settings.equals(Optional.of(next))) {
      close();
      settings = Optional.of(next);
    }
  }

  /** Asks the host. Nobody is connected to for items that have no question. */
  void ask(List<OpenItem> items) throws UnreachableException, InterruptedException {
    if (items.stream().allMatch(item -> item.look().questions().isEmpty())) {
      items.forEach(item -> item.answered(ImmutableList.of()));
      return;
    }
    forks.acquire();
    try {
      new Exchange(open(), mark).ask(items);
    } finally {
      forks.release();
    }
  }

  /** Whether the host is the machine that the run is on. */
  boolean isHere() {
    return settings.filter(s -> s.kind() == HostSettings.Kind.LOCAL).isPresent();
  }

  /** One command, at once. */
  Output once(Become become, Sh command) throws UnreachableException, BecomeException {
    return open().exchange(become, ImmutableList.of(command)).get(0);
  }

  /** Connects anew, and gives up after that time. */
  void reconnect(Optional<Duration> within) throws UnreachableException {
    close();
    HostSettings usual = settings.orElseThrow();
    connection = Optional.of(connector.open(within.map(usual::connectingWithin).orElse(usual)));
  }

  /** The item's changes carried out by the engine, and the item and the others asked behind it. */
  Output act(EngineDeed deed, OpenItem item, List<OpenItem> others)
      throws UnreachableException, BecomeException, InterruptedException {
    forks.acquire();
    Output output;
    try {
      output = deed.done(this, item);
    } finally {
      forks.release();
    }
    List<OpenItem> all = new ArrayList<>();
    all.add(item);
    all.addAll(others);
    ask(all);
    return output;
  }

  /** The item's changes carried out, and the item and the others asked behind it. */
  Output act(ImmutableList<Change> changes, OpenItem item, List<OpenItem> others)
      throws UnreachableException, BecomeException, InterruptedException {
    forks.acquire();
    try {
      Become become = item.become();
      Sh deed = Batch.within(item.environment(), Deed.script(changes, open(), become));
      return new Exchange(open(), mark).act(item, deed, others);
    } finally {
      forks.release();
    }
  }

  private Connection open() throws UnreachableException {
    if (connection.isEmpty()) {
      connection = Optional.of(connector.open(settings.orElseThrow()));
    }
    return connection.get();
  }

  int roundTrips() {
    return roundTrips + connection.map(Connection::roundTrips).orElse(0);
  }

  @Override
  public void close() {
    roundTrips = roundTrips();
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
  }
}
