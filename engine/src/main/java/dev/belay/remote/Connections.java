package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens connections of either kind. */
public final class Connections implements Connector {
  private final SshEnvironment environment;
  private final Map<ImmutableList<Path>, KnownHosts> knownHosts = new ConcurrentHashMap<>();

  public Connections(SshEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public Connection open(HostSettings settings) throws UnreachableException {
    Transport transport =
        settings.kind() == HostSettings.Kind.LOCAL
            ? new LocalTransport(settings.name(), settings.folder())
            : new JschTransport(settings, environment, knownHosts(settings)).connect();
    return new ShellConnection(transport, settings.becomePassword());
  }

  /** Files are read once, however many hosts they are for. */
  private KnownHosts knownHosts(HostSettings settings) {
    ImmutableList<Path> files =
        settings.knownHosts().isEmpty()
            ? environment.knownHosts()
            : settings.knownHosts().stream().map(Path::of).collect(ImmutableList.toImmutableList());
    return knownHosts.computeIfAbsent(files, KnownHosts::new);
  }
}
