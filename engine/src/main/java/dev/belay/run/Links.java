package dev.belay.run;

import dev.belay.remote.Connector;
import dev.belay.remote.HostSettings;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** All ways to hosts that a run has opened: one for each way of getting to a host. */
final class Links implements AutoCloseable {
  private final Connector connector;
  private final Semaphore forks;
  private final String mark = Long.toHexString(new SecureRandom().nextLong());
  private final Map<HostSettings, HostLink> links = new ConcurrentHashMap<>();

  /** No more of them are at work at once than {@code forks}. */
  Links(Connector connector, int forks) {
    this.connector = connector;
    this.forks = new Semaphore(forks, true);
  }

  HostLink to(HostSettings settings) {
    return links.computeIfAbsent(settings, to -> new HostLink(connector, forks, mark, to));
  }

  @Override
  public void close() {
    links.values().forEach(HostLink::close);
  }
}
