package dev.belay.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import dev.belay.remote.HostSettings.Bastion;
import dev.belay.remote.UnreachableException.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Processes on a host over one SSH session.
 *
 * <p>JSch is held here and in the classes beside this one whose names begin with {@code Jsch};
 * nobody else knows of it. What is set against its defaults, and why:
 *
 * <ul>
 *   <li>It refuses unknown keys only for {@code StrictHostKeyChecking=yes}: that is what it is
 *       told, always, and {@link JschHostKeys} decides.
 *   <li>Its timeout counts for each read, so a host that trickles would hold it for ever: a
 *       watchdog ends the session at the deadline.
 *   <li>It asks for the method {@code none} and for each key before signing: two round trips for
 *       nothing.
 *   <li>It tries all of its algorithms at each connect; those of the JDK need no trying.
 * </ul>
 *
 * <p>Deliberately absent: forwarding of agent, ports and X11, a pseudo terminal, environment
 * variables.
 */
final class JschTransport implements Transport {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final int KEEP_ALIVES_MISSED = 3;

  /** A host that is asked by too many at once (MaxStartups) drops some of them. */
  private static final int ATTEMPTS = 5;

  private static final int FIRST_PAUSE_MILLIS = 200;
  private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private static final ScheduledExecutorService WATCHDOG =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "ssh deadlines");
            thread.setDaemon(true);
            return thread;
          });

  private final HostSettings settings;
  private final SshEnvironment environment;
  private final KnownHosts knownHosts;
  private final Deque<Session> sessions = new ArrayDeque<>();

  JschTransport(HostSettings settings, SshEnvironment environment, KnownHosts knownHosts) {
    this.settings = settings;
    this.environment = environment;
    this.knownHosts = knownHosts;
  }

  /** Connects, through the bastions if there are any, within the deadline. */
  JschTransport connect() throws UnreachableException {
    long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        connectOnce(deadline);
        return this;
      } catch (UnreachableException e) {
        close();
        if (attempt == ATTEMPTS || !isWorthAnotherTry(e) || !pause(attempt, deadline)) {
          throw e;
        }
      }
    }
  }

  private static boolean isWorthAnotherTry(UnreachableException e) {
    String why = String.valueOf(e.getMessage());
    return e.phase() == Phase.CONNECT
        && (why.contains("reset") || why.contains("closed by the host"));
  }

  private static boolean pause(int attempt, long deadline) {
    long most = (long) FIRST_PAUSE_MILLIS << attempt;
    long millis = ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MILLIS, most + 1);
    if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) > deadline) {
      return false;
    }
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void connectOnce(long deadline) throws UnreachableException {
    for (Bastion bastion : settings.bastions()) {
      open(
          bastion.user().or(settings::user),
          bastion.address(),
          bastion.port(),
          Optional.empty(),
          deadline);
    }
    open(settings.user(), settings.address(), settings.port(), settings.password(), deadline);
  }

  private void open(
      Optional<String> user, String address, int port, Optional<Secret> password, long deadline)
      throws UnreachableException {
    String name = KnownHosts.name(address, port);
    JschHostKeys hostKeys = new JschHostKeys(knownHosts, settings.hostKeys(), name);
    try {
      Session session =
          jsch(password.isPresent()).getSession(user.orElse(environment.user()), address, port);
      configure(session, hostKeys, password);
      if (!sessions.isEmpty()) {
        session.setProxy(new JschBastion(sessions.getLast()));
      }
      sessions.add(session);
      connect(session, deadline);
    } catch (JSchException e) {
      throw new JschErrors(settings, address, port)
          .translated(e, hostKeys, System.nanoTime() >= deadline);
    }
  }

  private void connect(Session session, long deadline) throws JSchException {
    long left = Math.max(1, deadline - System.nanoTime());
    ScheduledFuture<?> watchdog =
        WATCHDOG.schedule(session::disconnect, left, TimeUnit.NANOSECONDS);
    try {
      session.connect((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
      session.setTimeout(0);
      session.setServerAliveInterval((int) KEEP_ALIVE.toMillis());
      session.setServerAliveCountMax(KEEP_ALIVES_MISSED);
    } finally {
      watchdog.cancel(false);
    }
  }

  private void configure(Session session, JschHostKeys hostKeys, Optional<Secret> password) {
    session.setHostKeyRepository(hostKeys);
    session.setDaemonThread(true);
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("HashKnownHosts", "no");
    session.setConfig(
        "PreferredAuthentications",
        password.isPresent() ? "publickey,password,keyboard-interactive" : "publickey");
    session.setConfig("enable_auth_none", "no");
    session.setConfig("enable_pubkey_auth_query", "no");
    session.setConfig("CheckKexes", "");
    session.setConfig("CheckCiphers", "");
    session.setConfig("CheckMacs", "");
    session.setConfig("CheckSignatures", "");
    session.setConfig(
        "kex",
        "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,"
            + "diffie-hellman-group16-sha512,diffie-hellman-group14-sha256");
    hostKeys.algorithms().ifPresent(wanted -> session.setConfig("server_host_key", wanted));
    password.ifPresent(
        secret -> {
          session.setPassword(secret.reveal().getBytes(UTF_8));
          session.setUserInfo(new JschPassword(secret));
        });
  }

  private JSch jsch(boolean passwordGiven) throws JSchException, UnreachableException {
    JSch jsch = new JSch();
    for (String key : settings.privateKeys()) {
      Path path = Path.of(key.startsWith("~/") ? environment.home() + key.substring(1) : key);
      if (!Files.isReadable(path)) {
        throw new UnreachableException(
            Phase.AUTHENTICATION, "the private key " + path + " cannot be read");
      }
      jsch.addIdentity(path.toString());
    }
    if (settings.privateKeys().isEmpty() && !passwordGiven) {
      addDefaultKeys(jsch);
    }
    return jsch;
  }

  private void addDefaultKeys(JSch jsch) throws JSchException {
    if (environment.agentSocket().isPresent() && hasAgentKeys(jsch)) {
      return;
    }
    for (String name : DEFAULT_KEYS) {
      Path path = environment.home().resolve(".ssh").resolve(name);
      if (Files.isReadable(path)) {
        jsch.addIdentity(path.toString());
      }
    }
  }

  private boolean hasAgentKeys(JSch jsch) {
    try {
      AgentIdentityRepository agent =
          new AgentIdentityRepository(
              new SSHAgentConnector(environment.agentSocket().orElseThrow()));
      List<Identity> keys = List.copyOf(agent.getIdentities());
      if (!keys.isEmpty()) {
        jsch.setIdentityRepository(agent);
      }
      return !keys.isEmpty();
    } catch (AgentProxyException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public ShellStreams start(String commandLine) throws UnreachableException {
    try {
      ChannelExec channel = (ChannelExec) sessions.getLast().openChannel("exec");
      channel.setCommand(commandLine);
      InputStream out = channel.getInputStream();
      InputStream err = channel.getErrStream();
      OutputStream in = channel.getOutputStream();
      channel.connect();
      return new JschProcess(channel, out, err, in);
    } catch (JSchException | IOException e) {
      throw new UnreachableException(
          Phase.CHANNEL, "no shell can be started: " + e.getMessage(), e);
    }
  }

  private record JschProcess(ChannelExec channel, InputStream out, InputStream err, OutputStream in)
      implements ShellStreams {
    @Override
    public void close() {
      channel.disconnect();
    }
  }

  @Override
  public void close() {
    while (!sessions.isEmpty()) {
      sessions.removeLast().disconnect();
    }
  }
}
