package dev.belay.remote;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Opens connections of either kind. */
public final class Connections implements Connector {
  private final SshEnvironment environment;
  private final Optional<HostRoot> root;
  private final Map<ImmutableList<Path>, KnownHosts> knownHosts = new ConcurrentHashMap<>();

  /** Those on this machine work on its own files. */
  public Connections(SshEnvironment environment) {
    this(environment, Optional.empty());
  }

  /**
   * Opens connections.
   *
   * @param root of the files that those on this machine work on
   */
  public Connections(SshEnvironment environment, Optional<HostRoot> root) {
    this.environment = environment;
    this.root = root;
  }

  @Override
  public Connection open(HostSettings settings) throws UnreachableException {
    Transport transport =
        settings.kind() == HostSettings.Kind.LOCAL
            ? new LocalTransport(settings.name(), settings.folder(), root)
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
