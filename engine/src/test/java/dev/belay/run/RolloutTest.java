package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.Rollout.HostOrder;
import dev.belay.problem.ProblemsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batches of hosts, their order, and when a play is given up. */
@Timeout(60)
final class RolloutTest {
  private static final ImmutableList<String> FIVE = ImmutableList.of("b", "a", "c", "e", "d");

  @TempDir Path folder;
  private TranscriptFleet fleet;

  @BeforeEach
  void four_hosts() {
    fleet = new TranscriptFleet(folder, "h1", "h2", "h3", "h4");
    fleet.hosts.forEach((name, host) -> host.knobs.put("k", "of-" + name));
  }

  private static String play(String keywords, String tasks) {
    return "- hosts: all\n  gather_facts: false\n" + keywords.indent(2) + tasks.indent(2);
  }

  private static final String TWO_DEEDS =
      "tasks:\n  - {name: one, deed: {what: it}}\n  - {name: two, deed: {what: it}}\n";

  /** Fails on the hosts of these names, and no other. */
  private static String failingOn(String hosts) {
    return "{name: one, deed: {what: it}, failed_when: \"inventory_hostname in " + hosts + "\"}";
  }

  @Test
  void sizes_are_numbers_or_percentages_and_the_last_one_is_used_again() {
    assertEquals(
        List.of(List.of("b"), List.of("a", "c"), List.of("e", "d")),
        Batches.of(FIVE, List.of(1L, "2")));
    assertEquals(
        List.of(List.of("b", "a"), List.of("c", "e"), List.of("d")),
        Batches.of(FIVE, List.of("40%")));
    assertEquals(5, Batches.of(FIVE, List.of("1%")).size());
    assertEquals(List.of(FIVE), Batches.of(FIVE, List.of(0L)));
    assertEquals(List.of(FIVE), Batches.of(FIVE, List.of()));
  }

  @Test
  void hosts_come_in_the_order_that_the_play_wants() {
    Random random = new Random(1);
    assertEquals(FIVE, Batches.ordered(FIVE, HostOrder.INVENTORY, random));
    assertEquals(FIVE.reverse(), Batches.ordered(FIVE, HostOrder.REVERSE_INVENTORY, random));
    assertEquals(List.of("a", "b", "c", "d", "e"), Batches.ordered(FIVE, HostOrder.SORTED, random));
    assertEquals(
        List.of("e", "d", "c", "b", "a"), Batches.ordered(FIVE, HostOrder.REVERSE_SORTED, random));
    assertEquals(
        ImmutableList.sortedCopyOf(FIVE),
        ImmutableList.sortedCopyOf(Batches.ordered(FIVE, HostOrder.SHUFFLE, random)));
  }

  @Test
  void a_batch_is_through_before_the_next_one_begins() throws Exception {
    fleet.run("h1,h2,h3,", play("serial: 2", TWO_DEEDS));
    assertEquals(List.of("play h1 h2", "play h3"), fleet.toldOf("play h"));
    assertEquals(List.of("h3 one: changed", "h3 two: changed"), fleet.told.subList(6, 8));
  }

  @Test
  void a_batch_that_fails_whole_ends_the_run() throws Exception {
    Recap recap =
        fleet.run(
            "h1,h2,h3,h4,",
            play("serial: 2", "tasks:\n  - " + failingOn("['h1', 'h2']"))
                + play("name: later", TWO_DEEDS));
    assertEquals(List.of("play h1 h2"), fleet.toldOf("play h"));
    assertTrue(fleet.told.contains("warning: hosts failed, so these plays are not run: later"));
    assertEquals(2, recap.hosts().size());
  }

  @Test
  void a_batch_that_fails_in_part_does_not() throws Exception {
    fleet.run("h1,h2,h3,h4,", play("serial: 2", "tasks:\n  - " + failingOn("['h1']")));
    assertEquals(List.of("play h1 h2", "play h3 h4"), fleet.toldOf("play h"));
  }

  @Test
  void another_playbook_begins_only_where_nothing_has_failed() throws Exception {
    fleet.run("h1,h2,", play("", "tasks:\n  - " + failingOn("['h1']")), play("", TWO_DEEDS));
    assertEquals(1, fleet.toldOf("play h").size());
  }

  @Test
  void more_failures_than_the_play_allows_end_it_for_all() throws Exception {
    String task =
        "tasks:\n  - " + failingOn("['h1', 'h2']") + "\n  - {name: two, deed: {what: it}}";
    fleet.run("h1,h2,h3,h4,", play("max_fail_percentage: 49", task));
    assertEquals(List.of(), fleet.toldOf(" two:"));
    assertEquals(4, fleet.toldOf(" one:").size());
  }

  @Test
  void as_many_as_it_allows_do_not() throws Exception {
    String task =
        "tasks:\n  - " + failingOn("['h1', 'h2']") + "\n  - {name: two, deed: {what: it}}";
    fleet.run("h1,h2,h3,h4,", play("max_fail_percentage: 50", task));
    assertEquals(2, fleet.toldOf(" two:").size());
  }

  @Test
  void an_error_that_is_fatal_to_any_ends_the_play_for_all_but_for_what_always_runs()
      throws Exception {
    String tasks =
        """
        tasks:
          - block:
              - %s
              - {name: two, deed: {what: it}}
            always:
              - {name: last, deed: {what: it}}
          - {name: three, deed: {what: it}}
        """;
    Recap recap =
        fleet.run("h1,h2,", play("any_errors_fatal: true", tasks.formatted(failingOn("['h2']"))));
    assertEquals(List.of(), fleet.toldOf(" two:"));
    assertEquals(List.of(), fleet.toldOf(" three:"));
    assertEquals(2, fleet.toldOf(" last:").size());
    assertEquals(0, recap.hosts().get("h1").failed());
  }

  @Test
  void one_that_is_rescued_is_fatal_to_nobody() throws Exception {
    String tasks =
        """
        tasks:
          - block:
              - %s
            rescue:
              - {name: mend, deed: {what: it}}
          - {name: three, deed: {what: it}}
        """;
    fleet.run("h1,h2,", play("any_errors_fatal: true", tasks.formatted(failingOn("['h2']"))));
    assertEquals(List.of("h2 mend: changed"), fleet.toldOf(" mend:"));
    assertEquals(2, fleet.toldOf(" three:").size());
  }

  @Test
  void an_outer_rescue_takes_over_when_what_always_runs_inside_is_through() throws Exception {
    String tasks =
        """
        tasks:
          - block:
              - block:
                  - %s
                always:
                  - {name: last, deed: {what: it}}
            rescue:
              - {name: mend, deed: {what: it}}
          - {name: three, deed: {what: it}}
        """;
    Recap recap = fleet.run("h1,", play("", tasks.formatted(failingOn("['h1']"))));
    assertEquals(
        List.of(
            "play h1",
            "h1 one: failed",
            "h1 last: changed",
            "h1 mend: changed",
            "h1 three: changed"),
        fleet.told);
    assertEquals(1, recap.hosts().get("h1").rescued());
    assertEquals(0, recap.hosts().get("h1").failed());
  }

  @Test
  void a_host_that_fails_runs_its_handlers_where_the_play_forces_it() throws Exception {
    String tasks =
        """
        tasks:
          - {name: zero, deed: {what: it}, notify: tell}
          - %s
        handlers:
          - {name: tell, deed: {what: it}}
        """
            .formatted(failingOn("['h1']"));
    fleet.run("h1,", play("force_handlers: true", tasks));
    assertEquals(List.of("h1 tell: changed"), fleet.toldOf(" tell:"));
    fleet.told.clear();
    fleet.run("h1,", play("", tasks));
    assertEquals(List.of(), fleet.toldOf(" tell:"));
    assertEquals(Optional.of(true), PlayRules.usual().forcing(true).forcesHandlers());
    assertEquals(
        Optional.of(false), PlayRules.usual().forcing(false).forcing(true).forcesHandlers());
  }

  @Test
  void a_host_that_is_not_reached_goes_on_where_that_is_ignored() throws Exception {
    fleet.hosts.get("h1").cutAtRoundTrip = 1;
    Recap recap =
        fleet.run(
            "h1,",
            play(
                "ignore_unreachable: true",
                "tasks:\n  - {name: one, deed: {what: it}}\n  - {name: two, set_fact: {a: 1}}"));
    assertEquals(List.of("play h1", "h1 one: unreachable", "h1 two: ok"), fleet.told);
    assertEquals(0, recap.hosts().get("h1").unreachable());
    assertEquals(1, recap.hosts().get("h1").ignored());
  }

  @Test
  void no_more_hosts_than_it_says_are_at_a_task_at_once() throws Exception {
    fleet.hosts.values().forEach(host -> host.delayMillis = 20);
    for (String strategy : List.of("linear", "free", "host_pinned")) {
      fleet.told.clear();
      fleet.run(
          "h1,h2,h3,h4,",
          play(
              "strategy: " + strategy, "tasks:\n  - {name: one, deed: {what: it}, throttle: 1}\n"));
      assertEquals(4, fleet.toldOf(" one: changed").size());
    }
    assertEquals(1, fleet.mostAtOnce());
  }

  @Test
  void what_is_no_number_of_hosts_is_told_before_anything_runs() {
    ProblemsException e =
        assertThrows(
            ProblemsException.class, () -> fleet.run("h1,", play("serial: many", TWO_DEEDS)));
    assertTrue(e.getMessage().contains("this play cannot be run so: 'serial' takes numbers"));
    e =
        assertThrows(
            ProblemsException.class, () -> fleet.run("h1,", play("order: srted", TWO_DEEDS)));
    assertTrue(e.getMessage().contains("did you mean 'sorted'?"), e.getMessage());
  }

  @Test
  void a_rescue_that_fails_is_fatal_before_others_do_the_next_task() throws Exception {
    fleet.run(
        "h1,h2,",
        play(
            "any_errors_fatal: true",
            """
            tasks:
              - block: [{name: one, deed: {what: fail}, when: inventory_hostname == 'h1'}]
                rescue: [{name: two, deed: {what: fail}}]
              - {name: three, set_fact: {a: 1}}
            """));
    assertEquals(List.of(), fleet.toldOf(" three:"));
  }

  @Test
  void a_word_runs_the_first_handler_of_that_name_and_all_that_listen_to_it() throws Exception {
    fleet.run(
        "h1,",
        play(
            "",
            """
            tasks:
              - {name: one, deed: {what: it}, notify: word}
            handlers:
              - {name: word, deed: {what: first}}
              - {name: word, deed: {what: second}}
              - {name: a, deed: {what: third}, listen: word}
              - {name: '{{ nowhere }}', deed: {what: fourth}, listen: word}
              - {name: b, deed: {what: fifth}, listen: other}
            """));
    assertEquals(List.of("say it", "say first", "say third", "say fourth"), fleet.deedsOf("h1"));
  }
}
