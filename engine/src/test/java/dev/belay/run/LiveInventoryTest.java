package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts and groups that come to be while a run goes on. */
@Timeout(60)
final class LiveInventoryTest {
  @TempDir Path folder;
  private TranscriptFleet fleet;

  @BeforeEach
  void hosts() {
    fleet = new TranscriptFleet(folder, "h1", "h2", "new1", "new2");
  }

  private static String play(String hosts, String tasks) {
    return "- hosts: " + hosts + "\n  gather_facts: false\n  tasks:\n" + tasks.indent(4);
  }

  @Test
  void a_later_play_is_for_hosts_that_an_earlier_one_added() throws Exception {
    Recap recap =
        fleet.run(
            "h1,h2,",
            play(
                    "all",
                    "- {name: add, add_host: {name: '{{ item }}:2200', groups: fresh, cards: 8}, loop: [new1, new2]}\n"
                        + "- {name: see, deed: {what: \"{{ groups.fresh | join(' ') }} {{ hostvars.new2.cards }}\"}}")
                + play("fresh", "- {name: use, deed: {what: '{{ cards }}'}}"));
    assertEquals(1, fleet.toldOf(" add:").size(), fleet.told.toString());
    assertEquals(List.of("say 'new1 new2 8'"), fleet.deedsOf("h2"));
    assertEquals(List.of("say 8"), fleet.deedsOf("new1"));
    assertEquals(
        2200,
        fleet.opened.stream()
            .filter(s -> s.name().equals("new1"))
            .findFirst()
            .orElseThrow()
            .port());
    assertEquals(1, recap.hosts().get("new2").changed());
  }

  @Test
  void hosts_fall_into_groups_by_what_they_are() throws Exception {
    fleet.hosts.get("h1").delayMillis = 30;
    fleet.run(
        "h1,h2,",
        play(
                "all",
                "- {group_by: {key: 'kind {{ inventory_hostname }}', parents: kinds}}\n"
                    + "- {name: see, deed: {what: \"{{ groups.kinds | join(' ') }} {{ group_names | join(' ') }}\"}}")
            + play("kind-h2", "- {name: use, deed: {what: it}}"));
    assertEquals(List.of("say 'h1 h2 kind-h1 kinds'"), fleet.deedsOf("h1"));
    assertEquals(List.of("h2 use: changed"), fleet.toldOf(" use:"));
  }

  @Test
  void what_is_there_already_is_no_change() throws Exception {
    String add = "- {name: add, add_host: {name: new1, groups: fresh}}\n";
    fleet.run("h1,", play("all", add + add));
    assertEquals(List.of("h1 add: changed", "h1 add: ok"), fleet.toldOf(" add:"));
  }

  @Test
  void a_check_adds_too_for_later_plays_hang_on_it() throws Exception {
    fleet.mode = RunOptions.Mode.CHECK;
    fleet.run(
        "h1,",
        play("all", "- {name: add, add_host: {name: new1, groups: fresh}}")
            + play("fresh", "- {name: use, deed: {what: it}}"));
    assertEquals(List.of("new1 use: would change"), fleet.toldOf(" use:"));
  }

  @Test
  void the_inventory_is_read_again_and_keeps_what_was_added() throws Exception {
    Path inventory = Files.writeString(folder.resolve("hosts"), "h1\n");
    fleet.again = () -> Files.writeString(inventory, "h1\nh2\n");
    fleet.run(
        inventory.toString(),
        play("all", "- {name: add, add_host: {name: new1}}\n- {meta: refresh_inventory}")
            + play("all", "- {name: use, deed: {what: it}}"));
    assertEquals(3, fleet.toldOf(" use: changed").size(), fleet.told.toString());
  }

  @Test
  void a_host_that_is_gone_when_it_is_read_again_is_in_no_group() throws Exception {
    Path inventory = Files.writeString(folder.resolve("hosts"), "h1\nh2\n");
    fleet.again = () -> Files.writeString(inventory, "h2\n");
    fleet.run(
        inventory.toString(),
        play("all", "- {name: group, group_by: {key: grouped}}\n- {meta: refresh_inventory}")
            + play("grouped", "- {name: use, deed: {what: it}}"));
    assertEquals(List.of("h2 use: changed"), fleet.toldOf(" use:"), fleet.told.toString());
  }

  @Test
  void a_rescue_knows_what_failed_and_how() throws Exception {
    fleet.run(
        "h1,",
        play(
            "all",
            """
            - block:
                - {name: break it, deed: {what: it}, failed_when: true}
              rescue:
                - {name: tell, deed: {what: "{{ ansible_failed_task.name }} {{ ansible_failed_result.stdout }}"}}
            """));
    assertEquals("say 'break it say it'", fleet.deedsOf("h1").get(1));
  }

  @Test
  void the_end_of_a_batch_is_not_the_end_of_the_play() throws Exception {
    fleet.run(
        "h1,h2,",
        "- hosts: all\n  gather_facts: false\n  serial: 1\n  tasks:\n    - {meta: end_batch, when: inventory_hostname == 'h1'}\n    - {name: use, deed: {what: it}}\n");
    assertEquals(List.of("h2 use: changed"), fleet.toldOf(" use:"));
  }
}
