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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task knows of where it stands, and finds there. */
final class SurroundingsTest {
  @TempDir Path folder;

  private final List<String> outcomes = new ArrayList<>();

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void play(String rest) throws IOException {
    file("site.yml", "- hosts: all\n  gather_facts: false\n" + rest.indent(2));
  }

  private List<String> run() throws InterruptedException {
    Problems problems = new Problems();
    ModuleCatalog modules = new ModuleCatalog(ImmutableList.of(Knob.SPEC, Knob.DEED, Knob.SETS));
    Playbook playbook = new PlaybookReader(modules, problems).read(folder.resolve("site.yml"));
    problems.throwIfAny();
    new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of("h1,")),
            modules,
            RunOptions.defaults(folder).with(RunOptions.Mode.APPLY, ImmutableMap.of()),
            settings -> new TranscriptHost(),
            new RunListener() {
              @Override
              public void taskDone(String host, TaskHeader task, Outcome outcome) {
                outcomes.add(task.name() + ": " + outcome.status().word());
              }
            })
        .run();
    return outcomes;
  }

  @Test
  void lookups_find_files_beside_the_tasks_that_name_them() throws Exception {
    file("roles/r/tasks/main.yml", "- include_tasks: sub/more.yml\n");
    file(
        "roles/r/tasks/sub/more.yml",
        """
        - name: "{{ lookup('first_found', ['no', 'here']) | basename }} {{ lookup('file', 'here') }}"
          deed: {what: it}
        """);
    file("roles/r/tasks/sub/here", "found");
    play("roles: [r]\n");
    assertEquals("r : here found: changed", run().get(1));
  }

  @Test
  void a_task_is_told_where_its_files_are_looked_for() throws Exception {
    file(
        "roles/r/tasks/main.yml",
        "- {name: '{{ ansible_search_path | map(\"basename\") | list }}', deed: {what: it}}\n");
    play("roles: [r]\n");
    assertEquals(List.of("r : ['r', 'tasks', '" + folder.getFileName() + "']: changed"), run());
  }

  @Test
  void a_play_knows_its_name_and_its_roles() throws Exception {
    file("roles/a/meta/main.yml", "dependencies: [b]\n");
    file("roles/b/defaults/main.yml", "x: 1\n");
    play(
        """
        name: the play
        roles: [a]
        tasks:
          - name: "{{ ansible_play_name }} {{ role_names }} {{ ansible_play_role_names }}"
            deed: {what: it}
          - name: "{{ ansible_dependent_role_names }} {{ ansible_role_names }}"
            deed: {what: it}
        """);
    assertEquals(List.of("the play ['a'] ['a']: changed", "['b'] ['b', 'a']: changed"), run());
  }

  @Test
  void a_role_that_another_brings_in_knows_that_one() throws Exception {
    file("roles/a/tasks/main.yml", "- import_role: {name: b}\n- include_role: {name: c}\n");
    file(
        "roles/b/tasks/main.yml",
        "- {name: '{{ ansible_parent_role_names | default(0) }}', deed: {what: it}}\n");
    file(
        "roles/c/tasks/main.yml",
        "- name: '{{ ansible_parent_role_paths | map(\"basename\") | list }}'\n"
            + "  deed: {what: it}\n");
    play("roles: [a, b]\n");
    run();
    assertEquals("b : ['a']: changed", outcomes.get(0));
    assertEquals("c : ['a']: changed", outcomes.get(2));
    assertEquals("b : 0: changed", outcomes.get(3));
  }

  @Test
  void handlers_bring_in_files_from_beside_themselves() throws Exception {
    file("roles/r/tasks/main.yml", "- {name: t, deed: {what: it}, notify: h}\n");
    file("roles/r/tasks/more.yml", "- {name: wrong, deed: {what: it}}\n");
    file("roles/r/handlers/main.yml", "- import_tasks: more.yml\n");
    file("roles/r/handlers/more.yml", "- {name: h, deed: {what: it}}\n");
    play("roles: [r]\n");
    assertEquals(List.of("r : t: changed", "r : h: changed"), run());
  }

  @Test
  void a_host_whose_errors_are_cleared_goes_on_behind_the_block() throws Exception {
    play(
        """
        tasks:
          - block:
              - {name: breaks, deed: {what: '{{ nothing }}'}}
            always:
              - {name: always, deed: {what: it}}
              - meta: clear_host_errors
          - {name: behind, deed: {what: it}}
        """);
    assertEquals(List.of("breaks: failed", "always: changed", "behind: changed"), run());
  }

  @Test
  void wrong_arguments_fail_the_task_where_the_playbook_has_an_answer() throws Exception {
    file("more.yml", "- {name: imported, knob: {name: a, value: b, colour: red}}\n");
    play(
        """
        tasks:
          - {name: ignored, knob: {nmae: a}, ignore_errors: true}
          - block:
              - import_tasks: more.yml
            rescue:
              - {name: rescued, deed: {what: it}}
        """);
    assertEquals(List.of("ignored: failed", "imported: failed", "rescued: changed"), run());
  }

  @Test
  void wrong_arguments_without_an_answer_are_told_before_anything_runs() throws Exception {
    play(
        """
        tasks:
          - {name: a, knob: {nmae: a}, ignore_errors: false}
          - block: [{name: b, deed: {what: it}}]
            rescue: [{name: c, knob: {colour: red}}]
        """);
    String told = assertThrows(ProblemsException.class, this::run).problems().toString();
    assertTrue(told.contains("'nmae'") && told.contains("'colour'"), told);
    assertEquals(List.of(), outcomes);
  }

  @Test
  void what_a_use_of_a_role_defines_is_there_for_all_of_the_play() throws Exception {
    file("roles/r/tasks/main.yml", "- {name: '{{ x }} {{ y }}', deed: {what: it}}\n");
    play(
        """
        roles: [{role: r, vars: {x: 1}, w: 3}]
        pre_tasks:
          - {name: "{{ x }} {{ y }} {{ w | default(0) }}", deed: {what: it}}
        tasks:
          - import_role: {name: r}
            vars: {y: 2}
        """);
    assertEquals(List.of("1 2 0: changed", "r : 1 2: changed", "r : 1 2: changed"), run());
  }

  @Test
  void a_play_may_hang_on_the_control_sides_environment() throws Exception {
    play(
        """
        strategy: "{{ lookup('env', 'NO_SUCH_WORD') or 'linear' }}"
        tasks: [{name: a, deed: {what: it}}]
        """);
    assertEquals(List.of("a: changed"), run());
  }
}
