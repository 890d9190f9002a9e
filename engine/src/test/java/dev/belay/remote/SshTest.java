package dev.belay.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import dev.belay.remote.HostSettings.HostKeys;
import dev.belay.shell.Sh;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real OpenSSH server on loopback. Skipped, loudly, where there is none or the tests are not
 * root's.
 */
final class SshTest {
  @TempDir static Path folder;
  private static Sshd sshd;

  @TempDir Path own;

  @BeforeAll
  static void start() throws Exception {
    sshd = Sshd.startOrSkip(folder);
  }

  @AfterAll
  static void stop() {
    if (sshd != null) {
      sshd.close();
    }
  }

  private HostSettings settings(
      int port, HostKeys keys, Duration timeout, ImmutableList<String> privateKeys) {
    return new HostSettings(
        HostSettings.Kind.SSH,
        "h1",
        "127.0.0.1",
        port,
        Optional.of(System.getProperty("user.name")),
        Optional.empty(),
        privateKeys,
        ImmutableList.of(),
        Optional.empty(),
        ImmutableList.of(),
        keys,
        Optional.empty(),
        timeout);
  }

  private HostSettings right() {
    return settings(
        sshd.port(),
        HostKeys.REFUSE_UNKNOWN,
        Duration.ofSeconds(10),
        ImmutableList.of(sshd.clientKey().toString()));
  }

  private Connections connections(Path knownHosts) {
    return new Connections(
        new SshEnvironment("nobody", own, Optional.empty(), ImmutableList.of(knownHosts)));
  }

  private Path known(String key) throws IOException {
    return Files.writeString(
        own.resolve("known_hosts"), "[127.0.0.1]:" + sshd.port() + " " + key + "\n");
  }

  private UnreachableException refused(Path knownHosts, HostSettings settings) {
    return assertThrows(
        UnreachableException.class, () -> connections(knownHosts).open(settings).close());
  }

  @Test
  void a_host_whose_key_is_known_runs_commands() throws Exception {
    try (Connection connection = connections(known(sshd.hostKey())).open(right())) {
      assertEquals(
          "hello\n",
          connection.exchange(Become.nobody(), List.of(Sh.of("echo hello"))).get(0).out());
      assertEquals(1, connection.roundTrips());
    }
  }

  @Test
  void an_unknown_key_is_refused_with_its_fingerprint() {
    UnreachableException e = refused(own.resolve("none"), right());
    assertEquals(UnreachableException.Phase.HOST_KEY, e.phase());
    assertTrue(
        e.getMessage().contains("SHA256:") && e.getMessage().contains("--accept-new-host-keys"),
        e.getMessage());
  }

  @Test
  void a_new_key_is_taken_and_kept_where_that_was_asked_for() throws Exception {
    Path file = own.resolve("fresh");
    HostSettings accepting =
        settings(
            sshd.port(),
            HostKeys.ACCEPT_NEW,
            Duration.ofSeconds(10),
            ImmutableList.of(sshd.clientKey().toString()));
    connections(file).open(accepting).close();
    assertTrue(Files.readString(file).contains(sshd.hostKey()));
    connections(file).open(right()).close();
  }

  @Test
  void a_key_that_changed_is_refused_whatever_was_asked_for() throws Exception {
    HostSettings accepting =
        settings(
            sshd.port(),
            HostKeys.ACCEPT_NEW,
            Duration.ofSeconds(10),
            ImmutableList.of(sshd.clientKey().toString()));
    UnreachableException e = refused(known(sshd.otherKey()), accepting);
    assertEquals(UnreachableException.Phase.HOST_KEY, e.phase());
    assertTrue(e.getMessage().contains("CHANGED"), e.getMessage());
  }

  @Test
  void a_revoked_key_is_refused() throws Exception {
    Path file = Files.writeString(own.resolve("revoked"), "@revoked * " + sshd.hostKey() + "\n");
    assertTrue(refused(file, right()).getMessage().contains("revoked"));
  }

  @Test
  void a_login_key_that_the_host_does_not_know_is_told() throws Exception {
    HostSettings wrong =
        settings(
            sshd.port(),
            HostKeys.REFUSE_UNKNOWN,
            Duration.ofSeconds(10),
            ImmutableList.of(sshd.strangerKey().toString()));
    assertEquals(
        UnreachableException.Phase.AUTHENTICATION, refused(known(sshd.hostKey()), wrong).phase());
  }

  @Test
  void a_port_where_nobody_listens_is_told_at_once() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    HostSettings nobody =
        settings(free, HostKeys.REFUSE_UNKNOWN, Duration.ofSeconds(10), ImmutableList.of());
    assertEquals(UnreachableException.Phase.CONNECT, refused(own.resolve("none"), nobody).phase());
  }

  @Test
  void a_host_that_trickles_is_left_at_the_deadline() throws Exception {
    try (ServerSocket server = new ServerSocket(0)) {
      Thread trickle = new Thread(() -> trickle(server));
      trickle.setDaemon(true);
      trickle.start();
      HostSettings slow =
          settings(
              server.getLocalPort(),
              HostKeys.REFUSE_UNKNOWN,
              Duration.ofSeconds(1),
              ImmutableList.of());
      assertTrue(refused(own.resolve("none"), slow).getMessage().contains("within 1 s"));
    }
  }

  private static void trickle(ServerSocket server) {
    try (Socket socket = server.accept()) {
      while (true) {
        socket.getOutputStream().write("x".getBytes());
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone.
    }
  }

  private List<String> asRoot(Optional<Secret> password) throws Exception {
    assumeOps();
    HostSettings ops =
        new HostSettings(
            HostSettings.Kind.SSH,
            "h1",
            "127.0.0.1",
            sshd.port(),
            Optional.of("ops"),
            Optional.empty(),
            ImmutableList.of(sshd.clientKey().toString()),
            ImmutableList.of(),
            password,
            ImmutableList.of(),
            HostKeys.REFUSE_UNKNOWN,
            Optional.empty(),
            Duration.ofSeconds(10));
    try (Connection connection = connections(known(sshd.hostKey())).open(ops)) {
      return connection
          .exchange(Become.sudo("root"), List.of(Sh.of("id -un"), Sh.of("cat")))
          .stream()
          .map(o -> o.out())
          .toList();
    }
  }

  @Test
  void sudo_gets_the_password_when_it_asks_and_no_command_sees_it() throws Exception {
    assertEquals(List.of("root\n", ""), asRoot(Optional.of(new Secret("ops-pass"))));
  }

  @Test
  void a_wrong_sudo_password_is_tried_once_and_told() {
    assumeOps();
    BecomeException e =
        assertThrows(BecomeException.class, () -> asRoot(Optional.of(new Secret("wrong"))));
    assertEquals("wrong password for sudo", e.getMessage());
  }

  @Test
  void a_sudo_password_that_is_missing_is_told() {
    assumeOps();
    BecomeException e = assertThrows(BecomeException.class, () -> asRoot(Optional.empty()));
    assertEquals("sudo wants a password; give one with -K", e.getMessage());
  }

  @Test
  void a_session_that_is_cut_is_a_lost_connection() throws Exception {
    try (Connection connection = connections(known(sshd.hostKey())).open(right())) {
      connection.exchange(Become.nobody(), List.of(Sh.of(":")));
      UnreachableException e =
          assertThrows(
              UnreachableException.class,
              () -> connection.exchange(Become.nobody(), List.of(Sh.of("kill -9 $PPID"))));
      assertEquals(UnreachableException.Phase.SESSION, e.phase());
    }
  }

  private static void assumeOps() {
    if (!sshd.hasOps()) {
      System.err.println("SKIPPED: sudo on a simulated host needs sudo and an overlay over /etc");
    }
    assumeTrue(sshd.hasOps(), "no simulated host");
  }
}
