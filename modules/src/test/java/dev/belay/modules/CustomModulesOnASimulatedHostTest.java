package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of a user's own on hosts that make it hard for them. */
final class CustomModulesOnASimulatedHostTest {
  @TempDir static Path folder;
  private static SimulatedHost host;

  @BeforeAll
  static void start() throws Exception {
    host = SimulatedHost.startOrSkip();
    Path library = Files.createDirectories(folder.resolve("library"));
    Files.writeString(
        library.resolve("whoami.sh"),
        """
        #!/bin/sh
        # WANT_JSON
        d=${1%/*}
        printf '{"user": "%s", "at": "%s", "modes": "%s", "owners": "%s"}' "$(id -un)" "$d" \\
          "$(stat -c %a "$d" "$0" "$1" | tr '\\n' ' ')" "$(stat -c %U "$d" "$0" "$1" | tr '\\n' ' ')"
        """);
    Path large = library.resolve("large");
    Files.copy(Path.of("/bin/cat").toRealPath(), large);
    Files.write(large, new byte[1024 * 1024], StandardOpenOption.APPEND);
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
  }

  private static Outcome apply(String task) throws Exception {
    return new LocalHost(folder, host).apply(task);
  }

  private static String text(Outcome outcome, String key) {
    return outcome.value(key).orElseThrow(() -> new AssertionError(outcome)).toString();
  }

  @Test
  void another_users_program_is_that_users_alone() throws Exception {
    Outcome outcome = apply("- whoami: {secret: x}\n  become: true\n  become_user: nobody\n");
    assertEquals(Status.OK, outcome.status(), outcome.message());
    assertEquals("nobody", text(outcome, "user"));
    assertEquals("700 700 600 ", text(outcome, "modes"));
    assertEquals("nobody nobody nobody ", text(outcome, "owners"));
    assertFalse(host.has(text(outcome, "at")));
  }

  @Test
  void a_large_binary_runs_where_the_folder_for_temporary_files_lets_no_program_run()
      throws Exception {
    host.run("mount -t tmpfs -o noexec tmpfs /tmp");
    try {
      Outcome outcome = apply("- large: {a: it}\n");
      assertEquals("it", text(outcome, "a"));
      assertEquals("", host.run("find /tmp /var/tmp -name 'belay.*'").strip());
      assertTrue(text(apply("- whoami:\n"), "at").startsWith("/tmp/"), "a script needs no such");
    } finally {
      host.run("umount /tmp");
    }
  }

  @Test
  void a_host_that_takes_no_file_anywhere_says_so() throws Exception {
    host.run("for d in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o ro tmpfs \"$d\"; done");
    try {
      Outcome outcome =
          apply("- whoami:\n  environment: {TMPDIR: /nonexistent, HOME: /nonexistent}\n");
      assertEquals(Status.FAILED, outcome.status());
      assertTrue(outcome.message().contains("no temporary folder here"), outcome.message());
    } finally {
      host.run("umount /tmp /var/tmp /dev/shm");
    }
  }
}
