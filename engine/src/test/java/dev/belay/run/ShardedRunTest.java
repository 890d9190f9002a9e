package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.inventory.Shard;
import dev.belay.problem.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that has a part of the hosts, while other processes have the others. */
@Timeout(60)
final class ShardedRunTest {
  private static final String ALL = "h1,h2,h3,h4,h5,h6,";
  private static final String DEED = "tasks:\n  - {name: one, deed: {what: it}}\n";

  @TempDir Path folder;
  private TranscriptFleet fleet;

  @BeforeEach
  void six_hosts() {
    fresh();
  }

  private void fresh() {
    fleet = new TranscriptFleet(folder, ALL.split(","));
    fleet.hosts.forEach((name, host) -> host.knobs.put("k", "of-" + name));
  }

  private static String play(String keywords, String tasks) {
    return "- hosts: all\n  gather_facts: false\n" + keywords.indent(2) + tasks.indent(2);
  }

  private static String task(String text) {
    return play("", "tasks:\n  - " + text + "\n");
  }

  private Recap runPart(int index, int count, String playbook) throws Exception {
    fleet.shard = Optional.of(new Shard(index, count));
    return fleet.run(ALL, playbook);
  }

  private String refused(String playbook) {
    return assertThrows(ProblemsException.class, () -> runPart(1, 2, playbook)).getMessage();
  }

  @Test
  void all_shards_together_do_every_host_once() throws Exception {
    List<String> done = new ArrayList<>();
    for (int index = 1; index <= 4; index++) {
      fresh();
      done.addAll(runPart(index, 4, play("", DEED)).hosts().keySet());
      fleet.hosts.forEach((name, host) -> assertTrue(host.transcript.size() <= 2, name));
    }
    assertEquals(List.of("h1", "h2", "h3", "h4", "h5", "h6"), done.stream().sorted().toList());
  }

  @Test
  void a_shard_without_hosts_is_fine_and_says_so() throws Exception {
    fleet.shard = Optional.of(new Shard(1, 2));
    String absent = Shard.parse("1/2").has("h1") ? "2/2" : "1/2";
    fleet.shard = Optional.of(Shard.parse(absent));
    Recap recap = fleet.run("h1,", play("", DEED));
    assertEquals(0, recap.hosts().size());
    assertEquals(
        List.of("warning: shard " + absent + " has none of the hosts: nothing is to be done here"),
        fleet.toldOf("warning"));
  }

  @Test
  void a_pattern_that_matches_nothing_is_a_mistake_in_a_shard_too() {
    fleet.shard = Optional.of(new Shard(1, 2));
    assertThrows(
        ProblemsException.class,
        () -> fleet.run(ALL, "- hosts: typo\n  gather_facts: false\n" + DEED.indent(2)));
  }

  @Test
  void what_counts_over_all_hosts_is_refused_where_it_stands() {
    assertTrue(refused(play("serial: 2", DEED)).contains("site0.yml:1:3: 'serial' "));
    assertTrue(refused(play("max_fail_percentage: 30", DEED)).contains("'max_fail_percentage' "));
    assertTrue(refused(play("any_errors_fatal: true", DEED)).contains("site0.yml:1:3: 'any_err"));
    assertTrue(refused(play("run_once: true", DEED)).contains("site0.yml:1:3: 'run_once' "));
    assertTrue(
        refused(task("{deed: {what: it}, run_once: true}")).contains("site0.yml:4:7: 'run_once' "));
    assertTrue(refused(task("{deed: {what: it}, run_once: \"{{ once }}\"}")).contains("run_once"));
    assertTrue(refused(task("add_host: {name: h9}")).contains("would not know the host"));
    assertTrue(refused(task("meta: end_play")).contains("one shard only"));
  }

  @Test
  void how_other_hosts_fare_is_refused_wherever_a_task_asks_for_it() {
    for (String asking :
        List.of(
            "deed: {what: \"{{ ansible_play_hosts | length }}\"}",
            "{deed: {what: it}, when: \"inventory_hostname == play_hosts[0]\"}",
            "{deed: {what: \"{{ item }}\"}, loop: \"{{ ansible_play_batch }}\"}",
            "{deed: {what: \"{{ n }}\"}, vars: {n: \"{{ play_hosts[0] }}\"}}")) {
      assertTrue(refused(task(asking)).contains("is not known here"), asking);
    }
  }

  @Test
  void a_task_of_another_tag_is_not_in_the_way() throws Exception {
    assertTrue(
        runPart(1, 2, task("{deed: {what: it}, run_once: true, tags: never}")).hosts().size() > 0);
  }

  @Test
  void a_whole_inventory_is_no_part_and_takes_everything() throws Exception {
    assertEquals(
        6, runPart(1, 1, play("serial: 2", DEED)).hosts().size(), "1/1 was taken for a part");
  }

  @Test
  void all_hosts_of_the_play_are_known_though_they_are_elsewhere() throws Exception {
    runPart(1, 2, task("deed: {what: \"{{ ansible_play_hosts_all | join('+') }}\"}"));
    String here = fleet.hosts.keySet().stream().filter(new Shard(1, 2)::has).findFirst().get();
    assertEquals(List.of("say h1+h2+h3+h4+h5+h6"), fleet.deedsOf(here));
  }

  @Test
  void what_is_not_seen_beforehand_fails_the_task_and_is_not_made_up() throws Exception {
    Path late =
        Files.writeString(folder.resolve("late.yml"), "- {deed: {what: it}, run_once: true}");
    Recap included = runPart(1, 2, task("include_tasks: " + late));
    assertTrue(included.total(Tally::failed) > 0);
    fresh();
    String elsewhere =
        fleet.hosts.keySet().stream().filter(host -> !new Shard(1, 2).has(host)).findFirst().get();
    Recap facts =
        runPart(
            1,
            2,
            task(
                "deed: {what: \"{{ hostvars['"
                    + elsewhere
                    + "'].ansible_facts.x | default('none') }}\"}"));
    assertEquals(facts.hosts().size(), facts.total(Tally::failed));
    assertTrue(
        fleet.toldOf("warning").get(0).contains("only what the inventory says"),
        fleet.told.toString());
    fresh();
    Recap known =
        runPart(
            1, 2, task("deed: {what: \"{{ hostvars['" + elsewhere + "'].inventory_hostname }}\"}"));
    assertEquals(0, known.total(Tally::failed));
  }

  @Test
  void what_means_less_in_a_shard_is_told_with_its_place() throws Exception {
    runPart(
        1,
        2,
        play(
                "",
                "tasks:\n  - {deed: {what: it}, throttle: 1}\n  - {deed: {what: it}, delegate_to: h1}\n")
            + "- hosts: h1:h2\n  gather_facts: false\n"
            + DEED.indent(2));
    String told = String.join("\n", fleet.toldOf("warning"));
    assertTrue(told.contains("site0.yml:4:7: 'throttle' "), told);
    assertTrue(told.contains("site0.yml:5:7: each shard delegates for itself"), told);
    assertTrue(told.contains("site0.yml:6:3: this play does not wait"), told);
  }
}
