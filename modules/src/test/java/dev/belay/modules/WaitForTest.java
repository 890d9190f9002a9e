package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waits on a real shell for real ports and files. */
final class WaitForTest {
  @TempDir Path folder;

  private Outcome apply(String arguments) throws Exception {
    return new LocalHost(folder).apply("- wait_for: {" + arguments + "}");
  }

  private static ServerSocket listener(String address) throws IOException {
    return new ServerSocket(0, 5, InetAddress.getByName(address));
  }

  private static void later(Runnable deed) {
    CompletableFuture.delayedExecutor(1200, TimeUnit.MILLISECONDS).execute(deed);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "127.0.0.1, localhost", "127.0.0.1, 127.0.0.2"})
  void a_port_that_listens_is_open_and_changes_nothing(String listens, String asked)
      throws Exception {
    String address = asked.equals("127.0.0.2") ? "127.0.0.2" : listens;
    try (ServerSocket port = listener(address)) {
      Outcome ok = apply("port: " + port.getLocalPort() + ", host: '" + asked + "', timeout: 20");
      assertEquals(Status.OK, ok.status(), ok.message());
      assertEquals((long) port.getLocalPort(), ok.result().get("port"));
      assertEquals("started", ok.result().get("state"));
      assertEquals(List.of(), ok.result().get("match_groups"));
      Outcome late =
          apply(
              "port: "
                  + port.getLocalPort()
                  + ", host: '"
                  + asked
                  + "', state: stopped, timeout: 1");
      assertEquals(
          "Timeout when waiting for " + asked + ":" + port.getLocalPort() + " to stop.",
          late.message());
    }
  }

  @Test
  void a_port_that_opens_later_is_waited_for() throws Exception {
    ServerSocket port = listener("127.0.0.1");
    int number = port.getLocalPort();
    port.close();
    CompletableFuture<ServerSocket> opened = new CompletableFuture<>();
    later(
        () -> {
          try {
            opened.complete(new ServerSocket(number, 5, InetAddress.getLoopbackAddress()));
          } catch (IOException e) {
            opened.completeExceptionally(e);
          }
        });
    assertEquals(Status.OK, apply("port: " + number + ", timeout: 60").status());
    opened.get().close();
    assertEquals(Status.OK, apply("port: " + number + ", state: stopped, timeout: 20").status());
    Outcome late = apply("port: " + number + ", timeout: 1");
    assertEquals(Status.FAILED, late.status());
    assertEquals("Timeout when waiting for 127.0.0.1:" + number, late.message());
    assertEquals("nobody", apply("port: " + number + ", timeout: 0, msg: nobody").message());
  }

  @Test
  void what_a_port_says_may_be_waited_for() throws Exception {
    try (ServerSocket port = listener("127.0.0.1")) {
      CompletableFuture.runAsync(
          () -> {
            try {
              while (true) {
                try (Socket client = port.accept()) {
                  client.getOutputStream().write("SSH-2.0-OpenSSH_9\r\n".getBytes(UTF_8));
                }
              }
            } catch (IOException e) {
              // Closed.
            }
          });
      Outcome ok =
          apply(
              "port: "
                  + port.getLocalPort()
                  + ", search_regex: 'Open(?P<what>\\w+)_(\\d)', timeout: 20");
      assertEquals(Status.OK, ok.status(), ok.message());
      assertEquals(List.of("SSH", "9"), ok.result().get("match_groups"));
      assertEquals(Map.of("what", "SSH"), ok.result().get("match_groupdict"));
    }
  }

  @Test
  void a_port_is_drained_when_nobody_is_connected() throws Exception {
    try (ServerSocket port = listener("127.0.0.1");
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port.getLocalPort());
        Socket served = port.accept()) {
      String drained = "port: " + port.getLocalPort() + ", state: drained, ";
      Outcome late = apply(drained + "timeout: 1");
      assertEquals(
          "Timeout when waiting for 127.0.0.1:" + port.getLocalPort() + " to drain",
          late.message());
      assertEquals(Status.FAILED, apply(drained + "timeout: 1, host: 0.0.0.0").status());
      assertEquals(
          Status.OK, apply(drained + "timeout: 9, exclude_hosts: '10.0.0.1,127.0.0.1'").status());
      assertEquals(
          Status.OK, apply(drained + "timeout: 9, active_connection_states: [SYN_SENT]").status());
      assertTrue(client.isConnected() && served.isConnected());
    }
  }

  @Test
  void a_file_a_text_in_it_and_its_absence_may_be_waited_for() throws Exception {
    Path log = folder.resolve("a $(touch canary) 'b'");
    String path = "path: \"{{ dir }}/a $(touch canary) 'b'\"";
    later(
        () -> {
          try {
            Files.writeString(log, "one\nstartup complete in 12 s\n");
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    Outcome ok = apply(path + ", search_regex: '^startup (?P<how>\\w+) in ([0-9]+)', timeout: 60");
    assertEquals(Status.OK, ok.status(), ok.message());
    assertEquals(List.of("complete", "12"), ok.result().get("match_groups"));
    assertEquals("file", ok.result().get("state"));
    assertEquals("0644", ok.result().get("mode"));
    assertEquals(Status.OK, apply(path + ", timeout: 5").status());
    assertEquals(
        Status.OK, apply(path + ", state: absent, search_regex: nothing, timeout: 5").status());
    assertTrue(apply(path + ", state: absent, timeout: 1").message().endsWith("to be absent."));
    assertTrue(
        apply(path + ", search_regex: zzz, timeout: 1")
            .message()
            .startsWith("Timeout when waiting for search string zzz in "));
    Files.delete(log);
    assertEquals(Status.OK, apply(path + ", state: absent, timeout: 5").status());
    assertTrue(Files.notExists(folder.resolve("canary")));
  }

  @Test
  void a_time_may_be_waited_for_and_a_check_waits_for_nothing() throws Exception {
    assertTrue((Long) apply("timeout: 1").result().get("elapsed") >= 1);
    assertEquals(
        Status.SKIPPED, new LocalHost(folder).check("- wait_for: {path: /nowhere}").status());
  }
}
