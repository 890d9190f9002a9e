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

/** Tasks, roles and playbooks that stand in other files. */
final class ImportsTest {
  @TempDir Path folder;

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

  private String problems() {
    return assertThrows(ProblemsException.class, this::run).problems().toString();
  }

  private void play(String rest) throws IOException {
    file("site.yml", "- hosts: all\n  gather_facts: false\n" + rest.indent(2));
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
        List.of("first: changed", "other: changed", "main: changed", "again: changed"), run());
  }

  @Test
  void a_role_named_twice_is_done_once_unless_its_parameters_differ() throws Exception {
    file("roles/r/tasks/main.yml", "- {name: 'r{{ v }}', deed: {what: it}}\n");
    play("roles: [{role: r, v: 1}, {role: r, v: 1}, {role: r, v: 2}]\n");
    assertEquals(List.of("r1: changed", "r2: changed"), run());
  }

  @Test
  void files_that_a_roles_tasks_import_are_looked_for_in_the_role() throws Exception {
    file("roles/r/tasks/main.yml", "- import_tasks: more.yml\n");
    file("roles/r/tasks/more.yml", "- {name: more, deed: {what: '{{ role_name }}'}}\n");
    file("more.yml", "- {name: wrong, deed: {what: it}}\n");
    play("roles: [r]\n");
    assertEquals(List.of("more: changed"), run());
  }

  @Test
  void a_playbook_is_imported_with_its_own_paths_and_the_imports_variables() throws Exception {
    file("sub/book.yml", "- hosts: all\n  gather_facts: false\n  tasks: [{import_tasks: t.yml}]\n");
    file("sub/t.yml", "- {name: 't{{ v }}', deed: {what: it}}\n");
    file("site.yml", "- import_playbook: sub/book.yml\n  vars: {v: 7}\n");
    assertEquals(List.of("t7: changed"), run());
  }
}
