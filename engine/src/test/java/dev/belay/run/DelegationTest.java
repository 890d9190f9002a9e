package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.remote.HostSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that work elsewhere than on the host that they are for. */
@Timeout(60)
final class DelegationTest {
  @TempDir Path folder;
  private TranscriptFleet fleet;

  @BeforeEach
  void hosts() {
    fleet = new TranscriptFleet(folder, "h1", "h2", "other", "localhost");
  }

  private static String play(String tasks) {
    return "- hosts: h1,h2\n  gather_facts: false\n  tasks:\n" + tasks.indent(4);
  }

  @Test
  void it_is_done_there_with_the_variables_of_the_host_that_it_is_for() throws Exception {
    Recap recap =
        fleet.run(
            "h1,h2,other,",
            play(
                "- {name: one, deed: {what: 'for {{ inventory_hostname }}'}, delegate_to: other}"));
    assertEquals(
        List.of("say 'for h1'", "say 'for h2'"), fleet.deedsOf("other").stream().sorted().toList());
    assertEquals(List.of(), fleet.deedsOf("h1"));
    assertTrue(fleet.told.contains("h1 -> other one: changed"), fleet.told.toString());
    assertEquals(1, recap.hosts().get("h1").changed());
    assertEquals(1, recap.hosts().get("h1").roundTrips());
  }

  @Test
  void each_turn_of_a_loop_goes_where_its_item_says() throws Exception {
    fleet.run(
        "h1,h2,other,",
        play(
            "- {name: one, deed: {what: it}, delegate_to: '{{ item }}', loop: [h2, other], run_once: true}"));
    assertEquals(List.of("say it"), fleet.deedsOf("h2"));
    assertEquals(List.of("say it"), fleet.deedsOf("other"));
  }

  @Test
  void what_another_host_changes_before_is_seen() throws Exception {
    fleet.hosts.get("h1").knobs.put("k", "old");
    fleet.hosts.get("h1").delayMillis = 30;
    fleet.run(
        "h1,h2,",
        play(
            """
            - {name: set, knob: {name: k, value: new}, when: inventory_hostname == 'h1'}
            - {name: look, knob: {name: k, value: new}, delegate_to: h1}
            """));
    assertTrue(fleet.told.contains("h1 set: changed"), fleet.told.toString());
    assertTrue(fleet.told.contains("h2 -> h1 look: ok"), fleet.told.toString());
  }

  @Test
  void localhost_is_reached_without_ssh_and_a_host_that_nobody_knows_with_it() throws Exception {
    fleet.run(
        "h1,h2,",
        play(
            """
            - {name: here, deed: {what: it}, delegate_to: localhost, run_once: true}
            - {name: there, deed: {what: it}, delegate_to: other, run_once: true, remote_user: me}
            """));
    HostSettings here = fleet.opened.get(0);
    assertEquals(HostSettings.Kind.LOCAL, here.kind());
    HostSettings there = fleet.opened.get(1);
    assertEquals(HostSettings.Kind.SSH, there.kind());
    assertEquals("me", there.user().orElseThrow());
  }

  @Test
  void the_way_there_is_the_other_hosts_own() throws Exception {
    Path inventory =
        Files.writeString(
            folder.resolve("hosts.ini"),
            "h1 ansible_user=a\nh2 ansible_user=b\nother ansible_host=10.0.0.9 ansible_user=c ansible_port=2222\n");
    fleet.run(
        inventory.toString(),
        play("- {name: one, deed: {what: it}, delegate_to: other, run_once: true}"));
    assertEquals("10.0.0.9", fleet.opened.get(0).address());
    assertEquals("c", fleet.opened.get(0).user().orElseThrow());
    assertEquals(2222, fleet.opened.get(0).port());
  }

  @Test
  void facts_are_those_of_the_host_that_it_is_for_unless_delegated_too() throws Exception {
    fleet.run(
        "h1,h2,other,",
        play(
            """
            - {set_fact: {a: mine}, delegate_to: other}
            - {set_fact: {b: others}, delegate_to: other, delegate_facts: true, run_once: true}
            - {name: right, deed: {what: "{{ a }} {{ hostvars.other.b }} {{ hostvars.other.a is defined }}"}}
            """));
    assertEquals(List.of("say 'mine others False'"), fleet.deedsOf("h1"));
  }

  @Test
  void a_place_that_cannot_be_reached_costs_the_host_that_it_is_for() throws Exception {
    Recap recap =
        fleet.run("h1,h2,", play("- {name: one, deed: {what: it}, delegate_to: nowhere}"));
    assertEquals(1, recap.hosts().get("h1").unreachable());
  }

  @Test
  void a_task_may_have_a_connection_of_its_own() throws Exception {
    fleet.run(
        "h1,h2,",
        play(
            """
            - {name: one, deed: {what: it}, run_once: true}
            - {name: two, deed: {what: it}, connection: local, run_once: true}
            - {name: three, deed: {what: it}, vars: {ansible_user: else}, run_once: true}
            """));
    assertEquals(
        List.of(HostSettings.Kind.SSH, HostSettings.Kind.LOCAL, HostSettings.Kind.SSH),
        fleet.opened.stream().map(HostSettings::kind).toList());
    assertEquals("else", fleet.opened.get(2).user().orElseThrow());
  }
}
