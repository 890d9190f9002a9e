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

/** Arguments for all tasks of a module. */
final class ModuleDefaultsTest {
  @TempDir Path folder;

  private final List<String> done = new ArrayList<>();

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void play(String rest) throws IOException {
    file("site.yml", "- hosts: all\n  gather_facts: false\n" + rest.indent(2));
  }

  /** What each task did, or why it failed. */
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
                if (outcome.status() == Status.FAILED) {
                  done.add(outcome.message());
                }
                outcome.changes().forEach(change -> done.add(change.after()));
              }
            })
        .run();
    return done;
  }

  private String problems() {
    return assertThrows(ProblemsException.class, this::run).problems().toString();
  }

  @Test
  void a_task_has_what_is_said_nearest_to_it_and_its_own_words_win() throws Exception {
    play(
        """
        module_defaults: {deed: {what: of the play}}
        tasks:
          - deed:
          - module_defaults: {test.deed: {what: of the block}}
            block:
              - test.deed:
              - deed:
                module_defaults:
                  - deed: {what: of the task}
                  - deed: {what: of the task's second}
              - deed: {what: its own}
          - deed:
        """);
    assertEquals(
        List.of("of the play", "of the block", "of the task's second", "its own", "of the play"),
        run());
  }

  @Test
  void a_role_and_an_import_and_an_include_hand_them_down() throws Exception {
    file("roles/r/tasks/main.yml", "- deed:\n");
    file("more.yml", "- deed:\n");
    play(
        """
        vars: {x: of the variable}
        roles:
          - {role: r, module_defaults: {deed: {what: of the role}}}
        tasks:
          - import_tasks: more.yml
            module_defaults: {deed: {what: '{{ x }}'}}
          - include_tasks: {file: more.yml, apply: {module_defaults: {deed: {what: applied}}}}
        """
            .replace("- include_tasks", "- module_defaults: {}\n    include_tasks"));
    assertEquals(List.of("of the role", "of the variable", "applied"), withoutIncludes(run()));
  }

  private static List<String> withoutIncludes(List<String> done) {
    return done.stream().filter(what -> !what.isEmpty()).toList();
  }

  @Test
  void a_variable_may_hold_all_of_a_modules_arguments() throws Exception {
    play(
        """
        vars: {d: {what: of the variable}, e: none}
        module_defaults: {deed: '{{ d }}'}
        tasks:
          - deed:
          - deed: {what: its own}
          - deed:
            module_defaults: {deed: '{{ e }}'}
            ignore_errors: true
          - deed:
            module_defaults: {deed: }
            when: false
        """
            .replace("  - deed:\n    module_defaults: {deed: }\n    when: false\n", ""));
    List<String> done = run();
    assertEquals(List.of("of the variable", "its own"), done.subList(0, 2));
    assertTrue(done.get(2).endsWith("holds for 'deed' is no mapping of arguments"));
  }

  @Test
  void what_an_inner_mapping_leaves_out_is_not_taken_from_an_outer_one() throws Exception {
    play(
        """
        module_defaults: {knob: {name: a, value: b}}
        tasks:
          - knob:
            module_defaults: {knob: {value: c}}
        """);
    assertTrue(problems().contains("site.yml:5:7: missing required arguments: name"), problems());
  }

  @Test
  void mistakes_in_them_are_told_before_anything_runs() throws Exception {
    play(
        """
        module_defaults:
          group/aws: {region: x}
          dead: {what: it}
          deed: {wat: it}
          knob: text
        tasks:
          - deed: {what: it}
            module_defaults: [text, {knob: {how: wrong, name: a, value: b}}]
          - knob:
            module_defaults: {knob: {how: wrong, name: a, value: b}}
        """);
    String problems = problems();
    assertTrue(problems.contains("site.yml:4:5: groups of modules are not known here"), problems);
    assertTrue(problems.contains("there is no module 'dead'; did you mean 'deed'?"), problems);
    assertTrue(problems.contains("site.yml:6:"), problems);
    assertTrue(problems.contains("'deed' has no parameter 'wat'"), problems);
    assertTrue(problems.contains("the module_defaults of 'knob' are no mapping"), problems);
    assertTrue(problems.contains("'module_defaults' must be a mapping of modules"), problems);
    assertTrue(problems.contains("'how' must be one of set, keep, break"), problems);
  }
}
