package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.InventoryReader;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks, roles and playbooks that stand in other files. */
final class ImportsTest {
  @TempDir Path folder;

  private final TranscriptHost host = new TranscriptHost();
  private ImmutableSet<String> tags = ImmutableSet.of();
  private final List<String> outcomes = new ArrayList<>();

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What came of {@code site.yml}: the tasks with their outcomes, in order. */
  private List<String> run() throws InterruptedException {
    Problems problems = new Problems();
    ModuleCatalog modules = new ModuleCatalog(ImmutableList.of(Knob.SPEC, Knob.DEED, Knob.SETS));
    Playbook playbook = new PlaybookReader(modules, problems).read(folder.resolve("site.yml"));
    problems.throwIfAny();
    outcomes.clear();
    new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of("h1,")),
            modules,
            RunOptions.defaults(folder).with(RunOptions.Mode.APPLY, ImmutableMap.of()).tagged(tags),
            settings -> host,
            new RunListener() {
              @Override
              public void taskDone(String host, TaskHeader task, Outcome outcome) {
                outcomes.add(task.name() + ": " + outcome.status().word());
              }
            })
        .run();
    return outcomes;
  }

  private String problems() {
    return assertThrows(ProblemsException.class, this::run).problems().toString();
  }

  private void play(String rest) throws IOException {
    file("site.yml", "- hosts: all\n  gather_facts: false\n" + rest.indent(2));
  }

  @Test
  void handlers_find_files_beside_the_roles_handlers() throws Exception {
    file("roles/r/tasks/main.yml", "- {name: t, deed: {what: t}, notify: [one, two]}\n");
    file("roles/r/tasks/more.yml", "- {name: of the tasks, deed: {what: x}}\n");
    file(
        "roles/r/handlers/main.yml",
        "- {name: one, import_tasks: more.yml}\n- {name: two, include_tasks: other.yml}\n");
    file("roles/r/handlers/more.yml", "- {name: one, deed: {what: x}}\n");
    file("roles/r/handlers/other.yml", "- {name: other, deed: {what: x}}\n");
    play("roles: [r]\n");
    assertEquals(
        List.of("r : t: changed", "r : one: changed", "r : two: ok", "r : other: changed"), run());
  }

  @Test
  void the_tag_always_wins_over_never() throws Exception {
    play("tasks:\n  - {name: both, deed: {what: it}, tags: [always, never]}\n");
    assertEquals(List.of("both: changed"), run());
  }

  @Test
  void imported_tasks_have_the_imports_keywords() throws Exception {
    file("tasks/a.yml", "- {name: a, deed: {what: '{{ x }}'}}\n- import_tasks: b.yml\n");
    file("tasks/b.yml", "- {name: b, deed: {what: it}}\n");
    play(
        """
        tasks:
          - import_tasks: tasks/a.yml
            when: x == 'yes'
            vars: {x: 'no'}
          - import_tasks: tasks/a.yml
            vars: {x: 'yes'}
            when: x == 'yes'
        """);
    assertEquals(List.of("a: skipped", "b: skipped", "a: changed", "b: changed"), run());
  }

  @Test
  void an_import_that_is_not_there_or_has_no_end_is_told_before_anything_runs() throws Exception {
    file("round.yml", "- import_tasks: round.yml\n");
    play("tasks:\n  - import_tasks: nowhere.yml\n  - import_tasks: round.yml\n");
    String problems = problems();
    assertTrue(problems.contains("nowhere.yml") && problems.contains("site.yml:4:"), problems);
    assertTrue(problems.contains("without end"), problems);
  }

  @Test
  void a_role_can_be_imported_among_tasks_and_from_another_of_its_files() throws Exception {
    file("roles/r/tasks/main.yml", "- {name: main, deed: {what: '{{ v }}'}}\n");
    file("roles/r/tasks/other.yml", "- {name: other, deed: {what: '{{ v }}'}, notify: again}\n");
    file("roles/r/handlers/main.yml", "- {name: again, deed: {what: '{{ v }}'}}\n");
    file("roles/r/defaults/main.yml", "v: of the role\n");
    play(
        """
        tasks:
          - {name: first, deed: {what: it}}
          - import_role: {name: r, tasks_from: other}
          - import_role: {name: r}
        """);
    assertEquals(
        List.of("first: changed", "r : other: changed", "r : main: changed", "r : again: changed"),
        run());
  }

  @Test
  void a_role_named_twice_is_done_once_unless_its_parameters_differ() throws Exception {
    file("roles/r/tasks/main.yml", "- {name: 'r{{ v }}', deed: {what: it}}\n");
    play("roles: [{role: r, v: 1}, {role: r, v: 1}, {role: r, v: 2}]\n");
    assertEquals(List.of("r : r1: changed", "r : r2: changed"), run());
  }

  @Test
  void files_that_a_roles_tasks_import_are_looked_for_in_the_role() throws Exception {
    file("roles/r/tasks/main.yml", "- import_tasks: more.yml\n");
    file("roles/r/tasks/more.yml", "- {name: more, deed: {what: '{{ role_name }}'}}\n");
    file("more.yml", "- {name: wrong, deed: {what: it}}\n");
    play("roles: [r]\n");
    assertEquals(List.of("r : more: changed"), run());
  }

  @Test
  void included_tasks_have_what_the_include_defines_and_not_its_conditions() throws Exception {
    file("a.yml", "- {name: 'a {{ x }} {{ item }}', deed: {what: it}}\n");
    play(
        """
        tasks:
          - {name: look, deed: {what: it}, register: r}
          - name: bring
            include_tasks: "{{ file }}"
            when: r is changed
            loop: [1, 2]
            vars: {x: v, file: a.yml}
          - {name: last, deed: {what: it}}
        """);
    assertEquals(
        List.of("look: changed", "bring: ok", "a v 1: changed", "a v 2: changed", "last: changed"),
        run());
  }

  @Test
  void an_include_inside_an_include_hands_on_what_it_was_given() throws Exception {
    file("a.yml", "- include_tasks: b.yml\n");
    file("b.yml", "- {name: 'b {{ x }}', deed: {what: it}}\n");
    play("tasks:\n  - {include_tasks: a.yml, vars: {x: v}}\n");
    assertEquals(List.of("include_tasks: ok", "include_tasks: ok", "b v: changed"), run());
  }

  @Test
  void what_a_file_asks_costs_no_round_trip_of_its_own() throws Exception {
    file("a.yml", "- {name: a, knob: {name: k, value: '1'}}\n");
    play(
        """
        tasks:
          - {name: first, knob: {name: k, value: '1'}}
          - include_tasks: a.yml
          - {name: last, knob: {name: k, value: '1'}}
        """);
    host.knobs.put("k", "1");
    run();
    assertEquals(1, host.transcript.size());
  }

  @Test
  void an_include_that_is_not_there_fails_the_host_in_its_place() throws Exception {
    play("tasks:\n  - {name: a, include_tasks: nowhere.yml}\n  - {name: b, deed: {what: it}}\n");
    assertEquals(List.of("a: failed"), run());
  }

  @Test
  void a_failure_inside_an_include_is_rescued_outside() throws Exception {
    file("a.yml", "- {name: a, deed: {what: it}, failed_when: true}\n");
    play(
        """
        tasks:
          - block:
              - include_tasks: a.yml
              - {name: not reached, deed: {what: it}}
            rescue:
              - {name: rescue, deed: {what: it}}
        """);
    assertEquals(List.of("include_tasks: ok", "a: failed", "rescue: changed"), run());
  }

  @Test
  void an_included_role_brings_its_handlers_and_keeps_its_variables_to_itself() throws Exception {
    file("roles/r/tasks/main.yml", "- {name: 'r {{ v }}', deed: {what: it}, notify: again}\n");
    file("roles/r/handlers/main.yml", "- {name: again, deed: {what: '{{ v }}'}}\n");
    file("roles/r/defaults/main.yml", "v: inside\n");
    play(
        """
        tasks:
          - include_role: {name: r}
          - {name: "{{ v | default('unknown') }}", deed: {what: it}}
          - include_role: {name: r, public: true}
          - {name: "{{ v | default('unknown') }}", deed: {what: it}}
        """);
    assertEquals(
        List.of(
            "include_role: ok",
            "r : r inside: changed",
            "unknown: changed",
            "include_role: ok",
            "r : r inside: changed",
            "inside: changed",
            "r : again: changed"),
        run());
  }

  @Test
  void handlers_run_where_they_are_flushed_and_again_where_they_are_notified_again()
      throws Exception {
    play(
        """
        handlers:
          - {name: h, deed: {what: it}}
        tasks:
          - {name: a, deed: {what: it}, notify: h}
          - meta: flush_handlers
          - {name: b, deed: {what: it}}
          - {name: c, deed: {what: it}, notify: h}
        """);
    assertEquals(
        List.of("a: changed", "h: changed", "b: changed", "c: changed", "h: changed"), run());
  }

  @Test
  void a_host_or_a_play_can_end_in_the_middle() throws Exception {
    play(
        """
        tasks:
          - {name: a, deed: {what: it}}
          - {meta: end_host, when: false}
          - {name: b, deed: {what: it}}
          - meta: end_play
          - {name: c, deed: {what: it}}
        """);
    assertEquals(List.of("a: changed", "b: changed"), run());
  }

  @Test
  void tags_choose_among_included_tasks_and_apply_hands_tags_down() throws Exception {
    file("a.yml", "- {name: a, deed: {what: it}}\n- {name: b, deed: {what: it}, tags: b}\n");
    play(
        """
        tasks:
          - {include_tasks: a.yml, tags: always}
          - {include_tasks: {file: a.yml, apply: {tags: b}}, tags: b}
        """);
    tags = ImmutableSet.of("b");
    assertEquals(
        List.of("include_tasks: ok", "b: changed", "include_tasks: ok", "a: changed", "b: changed"),
        run());
  }

  @Test
  void a_playbook_is_imported_with_its_own_paths_and_the_imports_variables() throws Exception {
    file("sub/book.yml", "- hosts: all\n  gather_facts: false\n  tasks: [{import_tasks: t.yml}]\n");
    file("sub/t.yml", "- {name: 't{{ v }}', deed: {what: it}}\n");
    file("site.yml", "- import_playbook: sub/book.yml\n  vars: {v: 7}\n");
    assertEquals(List.of("t7: changed"), run());
  }
}
