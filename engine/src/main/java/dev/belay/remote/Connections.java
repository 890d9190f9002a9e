package dev.belay.remote;

/** Opens connections of either kind. */
public final class Connections implements Connector {
  private final SshEnvironment environment;
  private final KnownHosts knownHosts;

  public Connections(SshEnvironment environment) {
    this.environment = environment;
    this.knownHosts = new KnownHosts(environment.knownHosts());
  }

  @Override
  public Connection open(HostSettings settings) throws UnreachableException {
    Transport transport =
        settings.kind() == HostSettings.Kind.LOCAL
            ? new LocalTransport(settings.name())
            : new JschTransport(settings, environment, knownHosts).connect();
    return new ShellConnection(transport, settings.becomePassword());
  }
}
