package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.remote.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hosts see of each other, and what one does for all. */
@Timeout(60)
final class BetweenHostsTest {
  @TempDir Path folder;

  private final Map<String, TranscriptHost> hosts =
      new TreeMap<>(
          Map.of("h1", new TranscriptHost(), "h2", new TranscriptHost(), "h3", slowHost()));
  private final List<String> outcomes = new ArrayList<>();
  private final List<Outcome> whole = new ArrayList<>();
  private final ModuleCatalog modules =
      new ModuleCatalog(ImmutableList.of(Knob.SPEC, Knob.DEED, Knob.SETS));

  private static TranscriptHost slowHost() {
    TranscriptHost host = new TranscriptHost();
    host.delayMillis = 50;
    return host;
  }

  private final RunListener listener =
      new RunListener() {
        @Override
        public void taskDone(String host, TaskHeader task, Outcome outcome) {
          outcomes.add(
              host
                  + " "
                  + task.name()
                  + ": "
                  + outcome.status().word()
                  + (outcome.message().isEmpty() ? "" : " " + outcome.message()));
          whole.add(outcome);
        }
      };

  @BeforeEach
  void each_host_has_its_own_value() {
    hosts.forEach((name, host) -> host.knobs.put("k", "of-" + name));
  }

  private Recap play(String strategy, String tasks) throws IOException, InterruptedException {
    return play(strategy, "h1,h2,h3,", tasks);
  }

  private Recap play(String strategy, String names, String tasks)
      throws IOException, InterruptedException {
    String text =
        "- hosts: all\n  gather_facts: false\n  strategy: "
            + strategy
            + "\n  tasks:\n"
            + tasks.indent(4);
    Path file = Files.writeString(folder.resolve("site.yml"), text);
    Problems problems = new Problems();
    Playbook playbook = new PlaybookReader(modules, problems).read(file);
    problems.throwIfAny();
    return new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of(names)),
            modules,
            RunOptions.defaults(folder).with(RunOptions.Mode.APPLY, ImmutableMap.of()),
            settings -> connected(settings.name()),
            listener)
        .run();
  }

  private TranscriptHost connected(String name) throws UnreachableException {
    if (!hosts.containsKey(name)) {
      throw new UnreachableException(
          UnreachableException.Phase.CONNECT, name + ": connection refused");
    }
    return hosts.get(name);
  }

  private Object fact(String host, String task, String name) {
    int at = 0;
    for (; !outcomes.get(at).startsWith(host + " " + task + ":"); at++) {}
    return ((Map<?, ?>) whole.get(at).result().get("ansible_facts")).get(name);
  }

  private static final String LOOK =
      "- {name: look, knob: {name: k, value: x, how: break}, register: seen, failed_when: false}\n";

  @Test
  void a_host_sees_what_a_slower_one_has_learned_before() throws Exception {
    play("linear", LOOK + "- {name: gather, set_fact: {slow: \"{{ hostvars.h3.seen.value }}\"}}");
    assertEquals("of-h3", fact("h1", "gather", "slow"));
    assertEquals("of-h3", fact("h3", "gather", "slow"));
  }

  @Test
  void the_values_of_all_hosts_can_be_gone_through() throws Exception {
    play(
        "linear",
        LOOK
            + "- name: gather\n  set_fact:\n    all: \"{{ ansible_play_hosts | map('extract', hostvars) | map(attribute='seen.value') | list }}\"\n");
    assertEquals(List.of("of-h1", "of-h2", "of-h3"), fact("h2", "gather", "all"));
  }

  @Test
  void a_variable_of_another_host_is_rendered_with_that_hosts_own_variables() throws Exception {
    play(
        "linear",
        "- {name: gather, set_fact: {name: \"{{ hostvars['h2'].inventory_hostname }}\"}}");
    assertEquals("h2", fact("h1", "gather", "name"));
  }

  @Test
  void variables_that_define_each_other_across_hosts_are_told_and_not_followed_for_ever()
      throws Exception {
    Path inventory =
        Files.writeString(
            folder.resolve("hosts.yml"),
            """
            all:
              hosts:
                h1: {a: "{{ hostvars.h2.a }}"}
                h2: {a: "{{ hostvars.h1.a }}"}
            """);
    Recap recap =
        play("linear", inventory.toString(), "- {name: gather, set_fact: {b: \"{{ a }}\"}}");
    assertEquals(1, recap.hosts().get("h1").failed());
    assertTrue(outcomes.get(0).contains("through other hosts"), outcomes.toString());
  }

  @Test
  void hosts_that_failed_are_no_longer_among_those_of_the_play() throws Exception {
    hosts.remove("h1");
    play(
        "linear",
        LOOK + "- {name: gather, set_fact: {left: \"{{ ansible_play_hosts | list }}\"}}\n");
    assertEquals(List.of("h2", "h3"), fact("h2", "gather", "left"));
  }

  @Test
  void what_runs_once_runs_on_the_first_host_and_all_have_its_result() throws Exception {
    Recap recap =
        play(
            "linear",
            "- {name: once, deed: {what: 'by {{ inventory_hostname }}'}, register: done, run_once: true}\n"
                + "- {name: gather, set_fact: {out: \"{{ done.stdout }}\"}}");
    assertEquals(1, outcomes.stream().filter(line -> line.contains(" once:")).count());
    assertEquals(2, recap.hosts().get("h1").ok());
    assertEquals(1, recap.hosts().get("h3").ok());
    assertTrue(fact("h3", "gather", "out").toString().contains("by h1"));
  }

  @Test
  void it_runs_on_the_next_host_where_the_first_is_gone_and_without_keeping_step_too()
      throws Exception {
    hosts.remove("h1");
    for (String strategy : List.of("linear", "free")) {
      outcomes.clear();
      whole.clear();
      play(strategy, LOOK + "- {name: once, deed: {what: it}, run_once: true}\n");
      assertTrue(outcomes.contains("h2 once: changed"), outcomes.toString());
      assertEquals(1, outcomes.stream().filter(line -> line.contains(" once:")).count());
    }
  }

  @Test
  void where_it_fails_nobody_goes_on() throws Exception {
    Recap recap =
        play(
            "linear",
            "- {name: once, deed: {what: it}, failed_when: true, run_once: true}\n"
                + "- {name: then, deed: {what: it}}");
    assertEquals(1, outcomes.size(), outcomes.toString());
    assertEquals(1, recap.hosts().get("h1").failed());
    assertEquals(0, recap.hosts().get("h2").failed());
  }

  @Test
  void a_rescue_is_everybodys_then() throws Exception {
    play(
        "linear",
        """
        - block:
            - {name: once, deed: {what: it}, failed_when: true, run_once: true}
          rescue:
            - {name: mend, deed: {what: it}}
        """);
    assertTrue(
        outcomes.containsAll(List.of("h1 mend: changed", "h2 mend: changed", "h3 mend: changed")),
        outcomes.toString());
  }

  @Test
  void a_condition_on_other_hosts_waits_for_them_in_failed_when_too() throws Exception {
    play(
        "linear",
        LOOK
            + "- {name: compare, deed: {what: it}, failed_when: \"hostvars.h3.seen.value != 'of-h3'\"}\n");
    assertTrue(outcomes.contains("h1 compare: changed"), outcomes.toString());
  }

  @Test
  void what_the_play_says_is_no_variable_of_another_host() throws Exception {
    play(
        "linear",
        "- name: gather\n  vars: {own: 1}\n  set_fact: {seen: \"{{ hostvars.h2.own | default('none') }} {{ own }}\"}\n");
    assertEquals("none 1", fact("h1", "gather", "seen"));
  }

  @Test
  void a_variable_that_its_host_cannot_render_is_rendered_where_it_is_used() throws Exception {
    Path inventory =
        Files.writeString(folder.resolve("hosts.yml"), "all: {hosts: {h1: {a: \"is {{ b }}\"}}}\n");
    play(
        "linear",
        inventory.toString(),
        "- {name: gather, vars: {b: here}, set_fact: {c: \"{{ hostvars.h1.a }}\"}}\n"
            + "- name: loop\n  vars: {b: here}\n  set_fact: {c: \"{{ hostvars.h1[item] }}\"}\n  with_items: [a]\n");
    assertEquals("is here", fact("h1", "gather", "c"));
    assertTrue(whole.get(1).items().toString().contains("is {{ b }}"), whole.toString());
  }
}
