package dev.belay.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Content;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane to a real shell, and what commands may do to it. */
final class LocalShellTest {
  private final Connection connection = open();

  private static Connection open() {
    HostSettings settings =
        new HostSettings(
            HostSettings.Kind.LOCAL,
            "here",
            "here",
            0,
            Optional.empty(),
            Optional.empty(),
            ImmutableList.of(),
            ImmutableList.of(),
            Optional.empty(),
            ImmutableList.of(),
            HostSettings.HostKeys.REFUSE_UNKNOWN,
            Optional.of("/"),
            Duration.ofSeconds(5));
    try {
      return new Connections(
              new SshEnvironment("me", Path.of("/nowhere"), Optional.empty(), ImmutableList.of()))
          .open(settings);
    } catch (UnreachableException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void end() {
    connection.close();
  }

  private List<Output> ask(String... commands) throws UnreachableException, BecomeException {
    return connection.exchange(
        Become.nobody(), List.of(commands).stream().map(command -> Sh.of(command)).toList());
  }

  @Test
  void each_command_has_its_own_output_and_status_in_one_round_trip() throws Exception {
    List<Output> outputs = ask("echo one", "echo two >&2; exit 3", "printf three");
    assertEquals(
        List.of(Output.ok("one\n"), new Output(3, "", "two\n"), Output.ok("three")), outputs);
    assertEquals(1, connection.roundTrips());
  }

  @Test
  void a_command_that_reads_or_exits_or_changes_folder_harms_no_other() throws Exception {
    assertEquals(
        List.of("", "", "/\n"),
        ask("cat", "cd /tmp; exit 1", "pwd").stream().map(Output::out).toList());
  }

  @Test
  void a_command_that_leaves_a_daemon_behind_is_not_waited_for() throws Exception {
    assertEquals("done\n", ask("sleep 60 >/dev/null 2>&1 & echo done").get(0).out());
  }

  @Test
  void binary_output_is_decoded_and_breaks_nothing() throws Exception {
    List<Output> outputs = ask("printf 'a\\000\\377b'", "echo after");
    assertEquals("a\0\uFFFDb", outputs.get(0).out());
    assertEquals("after\n", outputs.get(1).out());
  }

  @Test
  void output_without_end_is_cut_and_the_rest_is_counted() throws Exception {
    Output output = ask("head -c 40000000 /dev/zero").get(0);
    assertEquals(FrameReader.LIMIT, output.out().length());
    assertEquals(40_000_000 - FrameReader.LIMIT, output.cut());
    assertEquals("alive\n", ask("echo alive").get(0).out());
  }

  @Test
  void both_streams_may_be_full_at_once() throws Exception {
    Output output =
        ask("head -c 300000 /dev/zero | tr '\\0' x; head -c 300000 /dev/zero | tr '\\0' y >&2")
            .get(0);
    assertEquals(300_000, output.out().length());
    assertEquals(300_000, output.err().length());
  }

  @Test
  void a_large_argument_arrives_whole() throws Exception {
    String large = "x'y".repeat(60_000);
    assertEquals(
        large,
        connection.exchange(Become.nobody(), List.of(Sh.of("printf %s {}", large))).get(0).out());
  }

  @Test
  void the_locale_is_c_and_nothing_is_preloaded() throws Exception {
    assertEquals("C:\n", ask("echo \"$LC_ALL:$LD_PRELOAD\"").get(0).out());
  }

  @Test
  void a_shell_that_dies_is_a_lost_connection_and_not_a_hang() {
    UnreachableException e = assertThrows(UnreachableException.class, () -> ask("kill -9 $$"));
    assertEquals(UnreachableException.Phase.SESSION, e.phase());
  }

  @Test
  void an_upload_is_private_and_goes_with_the_connection() throws Exception {
    String text = "secret ".repeat(50_000);
    Path path = Path.of(connection.upload(Become.nobody(), Content.of(text)));
    assertEquals(text, Files.readString(path));
    assertTrue(ask("stat -c %a -- '" + path + "'").get(0).out().startsWith("600"));
    connection.close();
    assertTrue(Files.notExists(path.getParent()));
  }
}
