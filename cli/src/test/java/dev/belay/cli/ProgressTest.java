package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belay.run.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The line that says how far an audit is. */
final class ProgressTest {
  private static final String WIPE = "\r\u001b[K";

  @Test
  void it_is_written_now_and_then_and_gone_at_the_end() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    Progress progress =
        new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), clock::get);
    progress.playStarted(Events.play("Tune", "h1", "h2"));
    for (int i = 0; i < 100; i++) {
      progress.taskDone("h1", Events.task(i, "a"), Events.outcome(Status.OK, ""));
    }
    clock.addAndGet(200_000_000);
    progress.hostDone("h1");
    progress.runDone(Events.recap(Events.tally(0, 0, 0), "h1"));
    assertEquals(
        WIPE
            + "0 of 2 hosts done, 0 tasks looked at"
            + WIPE
            + "1 of 2 hosts done, 100 tasks looked at"
            + WIPE,
        out.toString(StandardCharsets.UTF_8));
  }
}
