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
import dev.belay.playbook.Sources;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms in which other people's playbooks are written. */
final class FormsTest {
  @TempDir Path folder;

  private final TranscriptHost host = new TranscriptHost();
  private final List<String> outcomes = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private ImmutableMap<String, Object> extra = ImmutableMap.of();

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void play(String rest) throws IOException {
    file("site.yml", "- hosts: all\n  gather_facts: false\n" + rest.indent(2));
  }

  private Run prepared() {
    Problems problems = Problems.warning(problem -> warnings.add(problem.toString()));
    ModuleCatalog modules = new ModuleCatalog(ImmutableList.of(Knob.SPEC, Knob.DEED, Knob.SETS));
    Sources sources =
        new Sources(
            modules, ImmutableList.of(), ImmutableList.of(), dev.belay.vault.Vault.locked(), extra);
    Playbook playbook = new PlaybookReader(sources, problems).read(folder.resolve("site.yml"));
    problems.throwIfAny();
    return new Run(
        ImmutableList.of(playbook),
        InventoryReader.read(List.of("h1,")),
        modules,
        RunOptions.defaults(folder).with(RunOptions.Mode.APPLY, extra),
        settings -> host,
        new RunListener() {
          @Override
          public void taskDone(String host, TaskHeader task, Outcome outcome) {
            outcomes.add(task.name() + ": " + outcome.status().word());
          }

          @Override
          public void warning(String text) {
            warnings.add(text);
          }
        });
  }

  private List<String> run() throws InterruptedException {
    prepared().run();
    return outcomes;
  }

  private String problems() {
    return assertThrows(ProblemsException.class, this::run).problems().toString();
  }

  @Test
  void a_module_may_stand_behind_action_on_a_line_or_in_a_mapping() throws Exception {
    play(
        """
        tasks:
          - action: deed what=it
          - {name: b, action: {module: deed, what: it}}
          - {name: c, action: deed, args: {what: it}}
          - {name: d, action: {module: deed what=it}}
        """);
    assertEquals(List.of("deed: changed", "b: changed", "c: changed", "d: changed"), run());
  }

  @Test
  void a_line_of_words_names_the_role_that_is_imported_and_its_file() throws Exception {
    file("roles/r/tasks/other.yml", "- {name: other, deed: {what: it}}\n");
    play("tasks:\n  - import_role: name=r tasks_from=other\n");
    assertEquals(List.of("r : other: changed"), run());
  }

  @Test
  void an_old_include_imports_unless_it_loops_and_its_words_are_variables() throws Exception {
    file("a.yml", "- {name: 'a {{ x }} {{ item | default() }}', deed: {what: it}}\n");
    play(
        """
        tasks:
          - include: a.yml x=1
          - {name: many, include: a.yml, vars: {x: 2}, with_items: [p, q]}
        """);
    assertEquals(
        List.of("a 1: changed", "many: ok", "a 2 p: changed", "a 2 q: changed"),
        run().stream().map(name -> name.replace(" :", ":")).toList());
  }

  @Test
  void names_of_imports_may_use_what_the_play_and_the_command_line_define() throws Exception {
    file("a.yml", "- {name: a, deed: {what: it}}\n");
    extra = ImmutableMap.of("ending", "yml");
    play("vars: {which: a}\ntasks: [{import_tasks: '{{ which }}.{{ ending }}'}]\n");
    assertEquals(List.of("a: changed"), run());
  }

  @Test
  void a_name_of_an_import_that_only_a_host_knows_is_told_with_its_remedy() throws Exception {
    play("tasks: [{import_tasks: '{{ ansible_os_family }}.yml'}]\n");
    assertTrue(problems().contains("'ansible_os_family' is undefined; use include_tasks"));
  }

  @Test
  void tags_may_be_a_template_of_what_the_play_defines() throws Exception {
    play("vars: {t: [x, y]}\ntasks: [{name: a, deed: {what: it}, tags: '{{ t }}'}]\n");
    assertEquals("[x, y]", prepared().plays().get(0).tags().toString());
  }

  @Test
  void a_block_and_an_import_notify_for_their_tasks() throws Exception {
    file("a.yml", "- {name: a, deed: {what: it}}\n");
    play(
        """
        tasks:
          - {block: [{name: b, deed: {what: it}}], notify: one}
          - {import_tasks: a.yml, notify: [two]}
        handlers:
          - {name: one, deed: {what: it}}
          - {name: two, deed: {what: it}}
        """);
    assertEquals(List.of("b: changed", "a: changed", "one: changed", "two: changed"), run());
  }

  @Test
  void handlers_may_stand_in_blocks_and_other_files_and_be_called_by_their_role() throws Exception {
    file("h.yml", "- {name: two, deed: {what: it}, listen: both}\n");
    file("roles/r/handlers/main.yml", "- {name: h, deed: {what: it}}\n");
    play(
        """
        roles: [r]
        tasks: [{name: a, deed: {what: it}, notify: ['r : h', both]}]
        handlers:
          - block: [{name: one, deed: {what: it}, listen: both}]
          - import_tasks: h.yml
        """);
    assertEquals(List.of("a: changed", "r : h: changed", "one: changed", "two: changed"), run());
  }

  @Test
  void the_last_of_two_keys_counts_and_is_told() throws Exception {
    play("tasks: [{name: a, name: b, deed: {what: it}}]\n");
    assertEquals(List.of("b: changed"), run());
    assertTrue(
        warnings.toString().contains("'name' stands here a second time"), warnings::toString);
  }

  @Test
  void a_pattern_that_nothing_matches_is_told_and_other_plays_run() throws Exception {
    file(
        "site.yml",
        """
        - {hosts: 'nobody', gather_facts: false, tasks: [{name: no, deed: {what: it}}]}
        - {hosts: 'h1:nobody', gather_facts: false, tasks: [{name: done, deed: {what: it}}]}
        """);
    assertEquals(List.of("done: changed"), run());
    assertTrue(warnings.get(0).contains("there is no host or group 'nobody'"), warnings::toString);
  }

  @Test
  void a_run_that_would_do_nothing_for_names_that_there_are_not_is_refused() throws Exception {
    file("site.yml", "- {hosts: h2, gather_facts: false, tasks: []}\n");
    assertTrue(problems().contains("did you mean 'h1'"));
  }

  @Test
  void a_role_of_a_collection_is_called_by_its_full_name_and_finds_its_neighbours()
      throws Exception {
    String roles = "collections/ansible_collections/my/tools/roles/";
    file(roles + "a/meta/main.yml", "dependencies: [b]\ngalaxy_info: {author: me}\n");
    file(roles + "a/tasks/main.yaml", "- {name: '{{ role_name }}', deed: {what: it}}\n");
    file(roles + "b/tasks/main.yml", "- {name: b, deed: {what: it}}\n");
    play("collections: [other.one]\nroles: [my.tools.a]\n");
    assertEquals(List.of("b : b: changed", "my.tools.a : a: changed"), run());
  }

  @Test
  void variables_of_a_role_may_be_a_folder_of_files() throws Exception {
    file("roles/r/vars/main/10-a.yml", "x: 1\ny: 1\n");
    file("roles/r/vars/main/20-b.yaml", "y: 2\n");
    file("roles/r/vars/main/README.md", "- no variables\n");
    file("roles/r/tasks/main.yml", "- {name: '{{ x }}{{ y }}', deed: {what: it}}\n");
    play("roles: [r]\n");
    assertEquals(List.of("r : 12: changed"), run());
  }

  @Test
  void an_include_inside_a_looped_include_has_each_turns_item() throws Exception {
    file("a.yml", "- include_tasks: b.yml\n");
    file("b.yml", "- {name: 'b {{ item }}', deed: {what: it}}\n");
    play("tasks:\n  - {name: many, include_tasks: a.yml, loop: [1, 2]}\n");
    assertEquals(
        List.of(
            "many: ok", "include_tasks: ok", "b 1: changed", "include_tasks: ok", "b 2: changed"),
        run());
  }

  @Test
  void an_empty_file_of_tasks_is_no_mistake() throws Exception {
    file("a.yml", "---\n");
    play("tasks: [{import_tasks: a.yml}, {name: b, deed: {what: it}}]\n");
    assertEquals(List.of("b: changed"), run());
  }

  @Test
  void a_role_may_import_another_file_of_its_own_as_a_role() throws Exception {
    file("roles/r/tasks/main.yml", "- import_role: {name: r, tasks_from: other}\n");
    file("roles/r/tasks/other.yml", "- {name: other, deed: {what: it}}\n");
    play("roles: [r]\n");
    assertEquals(List.of("r : other: changed"), run());
  }

  @Test
  void a_role_has_the_variables_of_what_it_depends_on_before_those_of_who_depends_on_it()
      throws Exception {
    file("roles/top/vars/main.yml", "x: top\ny: top\n");
    file("roles/top/meta/main.yml", "dependencies: [middle]\n");
    file("roles/middle/meta/main.yml", "dependencies: [base]\n");
    file("roles/middle/tasks/main.yml", "- {name: '{{ x }} {{ y }}', deed: {what: it}}\n");
    file("roles/base/vars/main.yml", "x: base\n");
    play("roles: [top]\n");
    assertEquals(List.of("middle : base top: changed"), run());
  }
}
