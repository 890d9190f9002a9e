package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words to the engine in the middle of a play. */
final class MetaTest {
  @TempDir Path folder;

  private TranscriptFleet fleet;

  @BeforeEach
  void twoHosts() {
    fleet = new TranscriptFleet(folder, "h1", "h2");
  }

  private Recap run(String play) throws Exception {
    return fleet.run("h1,h2,", "- hosts: all\n  gather_facts: false\n" + play.indent(2));
  }

  @Test
  void the_end_of_a_play_is_one_for_the_hosts_that_have_not_had_their_turn_too() throws Exception {
    run("serial: 1\ntasks:\n  - {name: a, deed: {what: it}}\n  - meta: end_play\n");
    assertEquals(List.of("play h1", "h1 a: changed", "END_PLAY: true"), fleet.told);
  }

  @Test
  void the_end_of_a_batch_is_none_for_the_next() throws Exception {
    run(
        "serial: 1\ntasks:\n  - meta: end_batch\n  - {name: a, deed: {what: it}}\n"
            .concat("post_tasks: [{name: b, deed: {what: it}}]\n"));
    assertEquals(List.of("play h1", "END_BATCH: true", "play h2", "END_BATCH: true"), fleet.told);
  }

  @Test
  void a_word_for_all_is_told_once_and_one_for_a_host_of_each() throws Exception {
    run(
        """
        tasks:
          - {meta: end_host, when: inventory_hostname == 'h1'}
          - meta: refresh_inventory
        """);
    assertEquals(
        List.of("END_HOST: false", "END_HOST: true", "REFRESH_INVENTORY: true", "play h1 h2"),
        fleet.told.stream().sorted().toList());
  }

  @Test
  void failures_that_are_taken_back_still_count_and_do_not_end_the_run_with_one() throws Exception {
    Recap recap =
        run(
            """
            tasks:
              - block: [{name: a, deed: {what: fail}, when: inventory_hostname == 'h1'}]
                always: [meta: clear_host_errors]
              - {name: b, deed: {what: it}}
            """);
    assertEquals(
        List.of("h2 b: changed"),
        fleet.toldOf(" b:").stream().filter(l -> l.startsWith("h2")).toList());
    assertEquals(1, recap.hosts().get("h1").failed());
    assertEquals(0, recap.hosts().get("h1").unforgiven());
  }

  @Test
  void hosts_whose_failures_are_taken_back_are_in_the_next_play_again() throws Exception {
    fleet.run(
        "h1,h2,",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - {name: a, deed: {what: fail}, when: inventory_hostname == 'h1'}
            - meta: clear_host_errors
        - hosts: all
          gather_facts: false
          tasks: [{name: b, deed: {what: it}}]
        """);
    assertEquals(
        List.of("h1 b: changed", "h2 b: changed"), fleet.toldOf(" b:").stream().sorted().toList());
  }
}
