package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What should be so, and cannot be mended from here. */
final class ExpectTest {
  private static final String BROKEN =
      "- expect: {what: firmware, that: 1 == 2, seen: '7.1', wanted: '7.7'}";

  @TempDir Path folder;

  @Test
  void a_check_finds_it_as_a_difference() throws Exception {
    Outcome outcome = new LocalHost(folder).check(BROKEN);
    assertEquals(Status.WOULD_CHANGE, outcome.status());
    assertEquals("7.1", outcome.changes().get(0).before());
    assertEquals("7.7", outcome.changes().get(0).after());
  }

  @Test
  void a_run_fails_and_says_that_it_can_do_nothing() throws Exception {
    Outcome outcome = new LocalHost(folder).apply(BROKEN);
    assertEquals(Status.FAILED, outcome.status());
    assertTrue(outcome.message().startsWith("firmware is 7.1, not 7.7"), outcome.message());
  }

  @Test
  void where_it_is_so_nothing_is_said() throws Exception {
    assertEquals(
        Status.OK, new LocalHost(folder).apply("- expect: {what: sums, that: 1 == 1}").status());
  }
}
