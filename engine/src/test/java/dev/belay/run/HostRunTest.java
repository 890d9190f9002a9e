package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.remote.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostRunTest {
  @TempDir Path folder;

  private final Map<String, TranscriptHost> hosts =
      new TreeMap<>(Map.of("h1", new TranscriptHost(), "h2", new TranscriptHost()));
  private final List<String> outcomes = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private final List<Outcome> whole = new ArrayList<>();
  private final ModuleCatalog modules =
      new ModuleCatalog(ImmutableList.of(Knob.SPEC, Knob.DEED, Knob.SETS));

  private final RunListener listener =
      new RunListener() {
        @Override
        public void taskDone(String host, TaskHeader task, Outcome outcome) {
          outcomes.add(host + " " + task.name() + ": " + outcome.status().word());
          messages.add(outcome.message());
          whole.add(outcome);
        }
      };

  private Recap play(RunOptions.Mode mode, String hostNames, String tasks)
      throws IOException, InterruptedException {
    String text = "- hosts: all\n  gather_facts: false\n" + tasks.indent(2);
    Path file = Files.writeString(folder.resolve("site.yml"), text);
    Problems problems = new Problems();
    Playbook playbook = new PlaybookReader(modules, problems).read(file);
    problems.throwIfAny();
    RunOptions options = RunOptions.defaults(folder).with(mode, ImmutableMap.of());
    return new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of(hostNames)),
            modules,
            options,
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

  private Recap apply(String tasks) throws IOException, InterruptedException {
    return play(RunOptions.Mode.APPLY, "h1,", tasks);
  }

  private Recap check(String tasks) throws IOException, InterruptedException {
    return play(RunOptions.Mode.CHECK, "h1,", tasks);
  }

  /** What the last task set. */
  private Map<?, ?> facts() {
    return (Map<?, ?>) whole.get(whole.size() - 1).result().get("ansible_facts");
  }

  private static String knobs(int count, String value) {
    return "tasks:\n"
        + IntStream.range(0, count)
            .mapToObj(
                i -> "  - {name: t" + i + ", knob: {name: k" + i + ", value: '" + value + "'}}\n")
            .collect(Collectors.joining());
  }

  private TranscriptHost h1() {
    return hosts.get("h1");
  }

  private void fill(int count, String value) {
    IntStream.range(0, count).forEach(i -> h1().knobs.put("k" + i, value));
  }

  @Test
  void forty_satisfied_tasks_are_one_round_trip() throws Exception {
    fill(40, "1");
    Recap recap = apply(knobs(40, "1"));
    assertEquals(1, h1().transcript.size());
    assertEquals(40, recap.hosts().get("h1").ok());
    assertEquals(0, recap.hosts().get("h1").changed());
    assertEquals(1, recap.hosts().get("h1").roundTrips());
  }

  @Test
  void what_a_task_makes_of_the_one_before_it_costs_no_round_trip() throws Exception {
    fill(2, "1");
    apply(
        """
        tasks:
          - {name: t0, knob: {name: k0, value: '1'}, register: before}
          - {name: t1, knob: {name: k1, value: '1'}, failed_when: before.value == '1', ignore_errors: "{{ not before.changed }}"}
        """);
    assertEquals(List.of("h1 t0: ok", "h1 t1: failed"), outcomes);
    assertEquals(1, h1().transcript.size());
  }

  @Test
  void a_hundred_changes_do_not_ask_everything_again_a_hundred_times() throws Exception {
    fill(100, "0");
    apply(knobs(100, "1"));
    assertEquals(101, h1().transcript.size());
    long asked =
        h1().transcript.stream().flatMap(List::stream).filter(c -> c.startsWith("get")).count();
    assertTrue(asked <= 100 + 100 * 9, asked + " questions");
  }

  @Test
  void behind_a_change_what_is_as_it_should_be_is_asked_in_growing_portions() throws Exception {
    fill(100, "1");
    h1().knobs.put("k0", "0");
    apply(knobs(100, "1"));
    assertEquals(6, h1().transcript.size());
  }

  @Test
  void what_several_tasks_ask_is_asked_once() throws Exception {
    fill(1, "1");
    apply(
        """
        tasks:
          - {name: t0, knob: {name: k0, value: '1'}}
          - {name: t1, knob: {name: k0, value: '1'}}
        """);
    assertEquals(List.of(List.of("get k0")), h1().transcript);
    assertEquals(List.of("h1 t0: ok", "h1 t1: ok"), outcomes);
  }

  @Test
  void a_loop_knows_where_it_is_and_may_name_what_it_sets() throws Exception {
    apply(
        """
        tasks:
          - name: turns
            set_fact: "{{ 'v' ~ i }}={{ ansible_loop.index }}/{{ ansible_loop.length }}{{ ansible_loop.nextitem | default('.') }}"
            loop: [a, b]
            loop_control: {loop_var: "{{ 'letter' }}", index_var: i, extended: true}
          - {name: tell, set_fact: {all: "{{ v0 }} {{ v1 }}"}}
        """);
    assertEquals("1/2b 2/2.", facts().get("all"));
  }

  @Test
  void a_task_is_tried_again_until_its_condition_holds() throws Exception {
    h1().knobs.put("k", "0");
    h1().afterEach =
        host -> host.knobs.computeIfPresent("k", (k, v) -> (Integer.parseInt(v) + 1) + "");
    apply(
        """
        tasks:
          - {name: look, knob: {name: k, value: x, how: keep}, failed_when: false, register: r, until: r.value == '5', retries: 9, delay: 0}
          - {name: tell, set_fact: {after: "{{ r.attempts }}"}}
        """);
    assertEquals("h1 look: ok", outcomes.get(0));
    assertEquals(3L, facts().get("after"));
  }

  @Test
  void a_task_whose_condition_never_holds_failed_after_its_last_try() throws Exception {
    fill(1, "1");
    Recap recap =
        apply(
            """
            tasks:
              - {name: look, knob: {name: k0, value: '1'}, register: r, until: r.value == '2', retries: 2, delay: 0}
            """);
    assertEquals(List.of("h1 look: failed"), outcomes);
    assertEquals(3, h1().transcript.size());
    assertEquals(1, recap.hosts().get("h1").failed());
  }

  @Test
  void forty_changes_are_forty_one_round_trips() throws Exception {
    fill(40, "0");
    Recap recap = apply(knobs(40, "1"));
    assertEquals(41, h1().transcript.size());
    assertEquals(40, recap.hosts().get("h1").changed());
  }

  @Test
  void a_change_travels_with_its_own_question_and_all_later_ones() throws Exception {
    fill(3, "0");
    h1().knobs.put("k1", "1");
    apply(knobs(3, "1"));
    assertEquals(
        List.of(
            List.of("get k0", "get k1", "get k2"),
            List.of("set k0 1", "get k0", "get k1", "get k2"),
            List.of("set k2 1", "get k2")),
        h1().transcript);
  }

  @Test
  void a_check_changes_nothing_and_foretells_what_a_run_changes() throws Exception {
    fill(4, "0");
    h1().knobs.put("k2", "1");
    Map<String, String> before = Map.copyOf(h1().knobs);
    check(knobs(4, "1"));
    assertEquals(before, h1().knobs);
    List<String> foretold =
        outcomes.stream()
            .filter(o -> o.endsWith("would change"))
            .map(o -> o.replace("would change", "changed"))
            .toList();
    outcomes.clear();
    apply(knobs(4, "1"));
    assertEquals(foretold, outcomes.stream().filter(o -> o.endsWith("changed")).toList());
    assertEquals(3, foretold.size());
  }

  @Test
  void a_host_that_does_not_agree_after_the_change_did_not_change_but_fail() throws Exception {
    fill(1, "0");
    Recap recap = apply("tasks:\n  - {name: t, knob: {name: k0, value: '1', how: keep}}\n");
    assertEquals(1, recap.hosts().get("h1").failed());
    assertEquals(List.of("did not converge: k0 is still 0, not 1"), messages);
  }

  @Test
  void a_failing_step_ends_the_host_with_the_hosts_own_words() throws Exception {
    fill(2, "0");
    Recap recap =
        apply(
            "tasks:\n  - {name: t, knob: {name: k0, value: '1', how: break}}\n  - {name: u, knob: {name: k1, value: '1'}}\n");
    assertEquals(List.of("h1 t: failed"), outcomes);
    assertEquals(List.of("No space left on device"), messages);
    assertEquals(0, recap.hosts().get("h1").ok());
    assertEquals("0", h1().knobs.get("k1"));
  }

  @Test
  void what_does_not_exist_is_unsupported_and_the_host_goes_on() throws Exception {
    h1().knobs.put("k1", "1");
    Recap recap = apply(knobs(2, "1"));
    assertEquals(List.of("h1 t0: unsupported", "h1 t1: ok"), outcomes);
    assertEquals(1, recap.hosts().get("h1").unsupported());
  }

  @Test
  void a_task_that_needs_a_result_waits_for_it_and_only_for_it() throws Exception {
    fill(3, "7");
    apply(
        """
        tasks:
          - {name: a, knob: {name: k0, value: '7'}, register: first}
          - {name: b, knob: {name: k1, value: '7'}}
          - {name: c, knob: {name: k2, value: "{{ first.value }}"}}
        """);
    assertEquals(List.of(List.of("get k0", "get k1"), List.of("get k2")), h1().transcript);
    assertEquals(List.of("h1 a: ok", "h1 b: ok", "h1 c: ok"), outcomes);
  }

  @Test
  void in_a_check_what_hangs_on_an_action_is_unknown() throws Exception {
    fill(1, "7");
    check(
        """
        tasks:
          - {name: act, deed: {what: build}, register: built}
          - {name: uses, knob: {name: k0, value: "{{ built.stdout }}"}}
          - {name: free, knob: {name: k0, value: '7'}}
        """);
    assertEquals(List.of("h1 act: would change", "h1 uses: unknown", "h1 free: ok"), outcomes);
  }

  @Test
  void in_a_check_an_action_that_never_changes_anything_is_left_out_and_not_called_ok()
      throws Exception {
    check("tasks:\n  - {name: act, deed: {what: look}, changed_when: false}\n");
    assertEquals(List.of("h1 act: skipped"), outcomes);
  }

  @Test
  void a_keyword_that_is_no_flag_fails_its_task_and_nothing_acts() throws Exception {
    fill(1, "0");
    apply("tasks:\n  - {name: t, knob: {name: k0, value: '1'}, check_mode: perhaps}\n");
    assertEquals(List.of("h1 t: failed"), outcomes);
    assertEquals("0", h1().knobs.get("k0"));
  }

  @Test
  void lookups_find_files_and_variables_of_the_control_side() throws Exception {
    fill(2, "x");
    Files.writeString(folder.resolve("value.txt"), "x\n");
    apply(
        """
        vars: {named: {a: 1}}
        tasks:
          - {name: file, knob: {name: k0, value: "{{ lookup('file', 'value.txt') }}"}}
          - {name: dict, knob: {name: "k{{ item.value }}", value: x}, loop: "{{ query('dict', named) }}"}
          - {name: none, knob: {name: k0, value: "{{ lookup('nothing') }}"}}
        """);
    assertEquals(List.of("h1 file: ok", "h1 dict: ok", "h1 none: failed"), outcomes);
    assertTrue(messages.get(2).contains("there is no lookup 'nothing'"), messages.toString());
  }

  @Test
  void handlers_run_behind_each_section_and_only_where_notified_anew() throws Exception {
    fill(2, "0");
    apply(
        """
        pre_tasks:
          - {name: before, knob: {name: k0, value: '1'}, notify: told}
        tasks:
          - {name: main, knob: {name: k0, value: '1'}, notify: told}
        post_tasks:
          - {name: after, knob: {name: k1, value: '1'}, notify: heard}
        handlers:
          - {name: told, deed: {what: a}}
          - {name: other, deed: {what: b}, listen: heard}
        """);
    assertEquals(
        List.of(
            "h1 before: changed",
            "h1 told: changed",
            "h1 main: ok",
            "h1 after: changed",
            "h1 other: changed"),
        outcomes);
  }

  private void role(String name, String part, String text) throws IOException {
    Path file = folder.resolve("roles/" + name + "/" + part + "/main.yml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void roles_come_first_with_their_dependencies_and_their_defaults_give_way() throws Exception {
    fill(3, "0");
    role(
        "base",
        "tasks",
        "- {name: base, knob: {name: k0, value: '{{ speed }}'}, notify: restart}\n");
    role("base", "defaults", "speed: '1'\n");
    role("base", "handlers", "- {name: restart, deed: {what: restart}}\n");
    role("top", "meta", "dependencies: [base]\n");
    role("top", "tasks", "- {name: top, knob: {name: k1, value: '{{ speed }}{{ own }}'}}\n");
    role("top", "defaults", "speed: '7'\n");
    role("top", "vars", "own: '5'\n");
    apply(
        "vars: {own: '9'}\nroles:\n  - {role: top, tags: [t]}\ntasks:\n  - {name: last, knob: {name: k2, value: '{{ own }}'}}\n");
    assertEquals(
        List.of(
            "h1 base : base: changed",
            "h1 top : top: changed",
            "h1 last: changed",
            "h1 base : restart: changed"),
        outcomes);
    assertEquals(Map.of("k0", "1", "k1", "75", "k2", "5"), h1().knobs);
  }

  @Test
  void a_role_that_is_not_there_or_depends_on_itself_is_a_mistake() throws Exception {
    role("a", "meta", "dependencies: [b]\n");
    role("b", "meta", "dependencies: [{role: a}]\n");
    ProblemsException e =
        assertThrows(ProblemsException.class, () -> apply("roles: [a, nowhere]\n"));
    assertTrue(e.getMessage().contains("there is no role 'nowhere'"), e.getMessage());
    assertTrue(e.getMessage().contains("depends on itself"), e.getMessage());
  }

  @Test
  void a_handler_runs_once_and_only_where_something_changed() throws Exception {
    fill(3, "0");
    String tasks =
        """
        tasks:
          - {name: a, knob: {name: k0, value: '1'}, notify: restart}
          - {name: b, knob: {name: k1, value: '1'}, notify: restart}
        handlers:
          - {name: restart, deed: {what: restart}}
        """;
    apply(tasks);
    assertEquals(List.of("h1 a: changed", "h1 b: changed", "h1 restart: changed"), outcomes);
    outcomes.clear();
    apply(tasks);
    assertEquals(List.of("h1 a: ok", "h1 b: ok"), outcomes);
  }

  @Test
  void a_loop_is_one_task_and_its_items_are_asked_together() throws Exception {
    fill(3, "1");
    h1().knobs.put("k1", "0");
    apply("tasks:\n  - {name: all, knob: {name: 'k{{ item }}', value: '1'}, loop: [0, 1, 2]}\n");
    assertEquals(List.of("h1 all: changed"), outcomes);
    assertEquals(
        List.of(List.of("get k0", "get k1", "get k2"), List.of("set k1 1", "get k1", "get k2")),
        h1().transcript);
  }

  @Test
  void a_fact_that_a_loop_builds_up_is_there_for_its_next_turn() throws Exception {
    fill(1, "ab");
    apply(
        """
        vars: {sum: ''}
        tasks:
          - {name: build, set_fact: {sum: "{{ sum ~ item }}"}, loop: [a, b]}
          - {name: use, knob: {name: k0, value: "{{ sum }}"}}
        """);
    assertEquals(List.of("h1 build: ok", "h1 use: ok"), outcomes);
  }

  @Test
  void a_rescue_takes_care_of_a_failure_and_always_comes_after_it() throws Exception {
    fill(3, "0");
    Recap recap =
        apply(
            """
        tasks:
          - block:
              - {name: bad, knob: {name: k0, value: '1', how: break}}
              - {name: never, knob: {name: k1, value: '1'}}
            rescue:
              - {name: mend, knob: {name: k1, value: '0'}}
            always:
              - {name: after, knob: {name: k2, value: '0'}}
          - {name: last, knob: {name: k2, value: '0'}}
        """);
    assertEquals(List.of("h1 bad: failed", "h1 mend: ok", "h1 after: ok", "h1 last: ok"), outcomes);
    assertEquals(0, recap.hosts().get("h1").failed());
    assertEquals(1, recap.hosts().get("h1").rescued());
  }

  @Test
  void ignored_failures_count_as_ok_and_ignored() throws Exception {
    fill(1, "0");
    Recap recap =
        apply(
            "tasks:\n  - {name: t, knob: {name: k0, value: '1', how: break}, ignore_errors: true}\n");
    assertEquals(1, recap.hosts().get("h1").ok());
    assertEquals(1, recap.hosts().get("h1").ignored());
    assertEquals(0, recap.hosts().get("h1").failed());
  }

  @Test
  void changed_when_and_failed_when_have_the_last_word() throws Exception {
    fill(2, "7");
    apply(
        """
        tasks:
          - {name: a, deed: {what: x}, changed_when: false}
          - {name: b, knob: {name: k0, value: '7'}, register: r, failed_when: r.value == '7'}
        """);
    assertEquals(List.of("h1 a: ok", "h1 b: failed"), outcomes);
  }

  @Test
  void one_host_that_cannot_be_reached_costs_no_other_anything() throws Exception {
    hosts.get("h2").knobs.put("k0", "1");
    Recap recap = play(RunOptions.Mode.APPLY, "gone,h2,", knobs(1, "1"));
    assertEquals(1, recap.hosts().get("gone").unreachable());
    assertEquals(1, recap.hosts().get("h2").ok());
  }

  @Test
  void a_connection_that_is_cut_leaves_the_rest_undone_and_says_so() throws Exception {
    fill(3, "0");
    h1().cutAtRoundTrip = 3;
    Recap recap = apply(knobs(3, "1"));
    assertEquals(List.of("h1 t0: changed", "h1 t1: unreachable"), outcomes);
    assertEquals(1, recap.hosts().get("h1").unreachable());
  }

  @Test
  void a_wrong_sudo_password_fails_the_task_and_touches_nothing() throws Exception {
    fill(1, "0");
    h1().sudoRefuses = true;
    apply("become: true\ntasks:\n  - {name: t, knob: {name: k0, value: '1'}}\n");
    assertEquals(List.of("h1 t: failed"), outcomes);
    assertEquals(List.of("wrong password for sudo"), messages);
  }

  @Test
  void in_a_linear_play_no_host_acts_before_all_are_done_with_the_task_before() throws Exception {
    hosts.forEach((name, host) -> IntStream.range(0, 2).forEach(i -> host.knobs.put("k" + i, "0")));
    play(RunOptions.Mode.APPLY, "h1,h2,", knobs(2, "1"));
    int lastOfFirst =
        Math.max(outcomes.indexOf("h1 t0: changed"), outcomes.indexOf("h2 t0: changed"));
    int firstOfSecond =
        Math.min(outcomes.indexOf("h1 t1: changed"), outcomes.indexOf("h2 t1: changed"));
    assertTrue(lastOfFirst < firstOfSecond, outcomes.toString());
  }

  @Test
  void all_mistakes_of_a_file_are_told_at_once_before_anything_is_contacted() {
    ProblemsException e =
        assertThrows(
            ProblemsException.class,
            () ->
                apply(
                    """
                    tasks:
                      - {name: a, knbo: {name: k0, value: '1'}}
                      - {name: b, knob: {nmae: k0, value: '1'}}
                      - {name: c, knob: {name: k0, value: yes}}
                      - {name: d, knob: {name: k0, value: '1', mode: 644}}
                      - {name: e, knob: {name: k0, value: '1'}, whne: x}
                      - {name: f, knob: {name: k0, value: '1'}, debugger: 3}
                      - {name: g, knob: {name: k0, value: '{{ 1 + }}'}}
                    """));
    String told = e.getMessage().replace(folder + "/", "");
    assertEquals(
        """
        site.yml:4:17: there is no module 'knbo'; did you mean 'knob'?
        site.yml:5:17: missing required arguments: name; 'knob' needs it
        site.yml:5:30: 'knob' has no parameter 'nmae'; did you mean 'name'?
        site.yml:6:41: 'value' must be text, and this is the boolean true; put the word in quotes
        site.yml:7:52: 'mode' is the decimal number 644, not an octal mode; write '0644', in quotes
        site.yml:8:47: 'whne' is no keyword here; did you mean 'when'?
        site.yml:9:47: 'debugger' is not supported yet; remove it
        site.yml:10:49: an expression is wanted here""",
        told);
    assertEquals(List.of(), h1().transcript);
  }

  @Test
  void a_variable_that_is_missing_fails_the_task_at_its_place() throws Exception {
    apply("tasks:\n  - {name: t, knob: {name: k0, value: '{{ nowhere }}'}}\n");
    assertEquals(List.of("h1 t: failed"), outcomes);
    assertTrue(
        messages.get(0).endsWith("site.yml:4:45: 'nowhere' is undefined"), messages.toString());
  }

  @Test
  void a_condition_without_value_fails_in_ansibles_words_and_names_its_place() throws Exception {
    apply(
        """
        tasks:
          - {name: t, set_fact: {a: 1}, when: absent == 1, ignore_errors: true, register: r}
          - {name: told, set_fact: {why: "{{ r.msg }}"}}
        """);
    assertEquals(
        "The conditional check 'absent == 1' failed. The error was: error while evaluating"
            + " conditional (absent == 1): 'absent' is undefined",
        facts().get("why"));
  }

  @Test
  void an_undefined_option_fails_in_ansibles_words() throws Exception {
    apply(
        """
        tasks:
          - {name: t, set_fact: {a: "{{ absent }}"}, ignore_errors: true, register: r}
          - {name: told, set_fact: {why: "{{ r.msg }}"}}
        """);
    assertEquals(
        "The task includes an option with an undefined variable. The error was: 'absent' is"
            + " undefined",
        facts().get("why"));
  }

  @Test
  void how_many_tries_there_were_is_known_to_who_judges() throws Exception {
    fill(1, "1");
    apply(
        """
        tasks:
          - {name: look, knob: {name: k0, value: '1'}, register: r, until: true, failed_when: r.attempts != 1}
        """);
    assertEquals(List.of("h1 look: ok"), outcomes);
  }

  @Test
  void names_of_what_is_set_may_be_made_in_part() throws Exception {
    apply(
        """
        tasks:
          - {name: set, set_fact: "v_{{ item }}_{{ 1 + 1 }}={{ item }}x", loop: [a]}
          - {name: tell, set_fact: {all: "{{ v_a_2 }} {{ ansible_host }}"}}
        """);
    assertEquals("ax h1", facts().get("all"));
  }
}
