package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the turns of a loop are looked at, and what can be gone through. */
@Timeout(60)
final class LoopTurnsTest {
  @TempDir Path folder;

  private static String play(String task) {
    return "- hosts: all\n  gather_facts: false\n  tasks:\n    - " + task + "\n";
  }

  @Test
  void turns_with_a_pause_between_are_looked_at_one_after_another() throws Exception {
    TranscriptFleet fleet = new TranscriptFleet(folder, "h1");
    fleet.hosts.get("h1").knobs.put("k", "1");
    String task = "{name: look, knob: {name: k, value: '1'}, loop: [a, b, c]";
    assertEquals(1, fleet.run("h1,", play(task + "}")).hosts().get("h1").roundTrips());
    Recap paused = fleet.run("h1,", play(task + ", loop_control: {pause: 0.01}}"));
    assertEquals(3, paused.hosts().get("h1").roundTrips());
  }

  @Test
  void with_list_takes_a_list_alone() throws Exception {
    TranscriptFleet fleet = new TranscriptFleet(folder, "h1");
    fleet.run("h1,", play("{name: look, set_fact: {a: '{{ item }}'}, with_list: {a: 1}}"));
    assertEquals(List.of("h1 look: failed"), fleet.toldOf(" look:"));
  }
}
