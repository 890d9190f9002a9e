package dev.belay.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A login whose environment preloads a library that is gone: every program says so but ours. */
final class StalePreloadTest {
  private static final String[] LOGIN = {
    "env", "LD_PRELOAD=/gone/libjemalloc.so", "LC_ALL=C", "sh"
  };

  @Test
  void our_commands_run_without_it_and_their_errors_are_their_own() throws Exception {
    try (ShellLane lane = ShellLane.over(new LocalProcess(new ProcessBuilder(LOGIN).start()))) {
      Output output = lane.exchange(List.of(Sh.of("ls -d / && cat /nowhere"))).get(0);
      assertEquals("/\n", output.out());
      assertEquals("cat: /nowhere: No such file or directory\n", output.err());
    }
  }

  @Test
  void without_our_care_such_a_login_does_disturb() throws Exception {
    Process login = new ProcessBuilder(LOGIN).redirectErrorStream(true).start();
    try (OutputStream in = login.getOutputStream()) {
      in.write("ls -d /\n".getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(
        new String(login.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .contains("cannot be preloaded"));
  }
}
