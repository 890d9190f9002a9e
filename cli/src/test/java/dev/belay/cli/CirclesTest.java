package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that bring in themselves and variables that stand for themselves end with a sentence, and
 * so do patterns that go too deep.
 */
@Timeout(120)
final class CirclesTest {
  @TempDir Path folder;

  private String said = "";

  private int run(String playbook) throws IOException {
    write("site.yml", playbook);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      int code =
          Main.run(
              new String[] {"run", folder.resolve("site.yml").toString(), "-i", "localhost,"},
              Map.of("HOME", folder.toString()),
              stream,
              stream);
      said = out.toString(StandardCharsets.UTF_8);
      return code;
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text.replace("DIR", folder.toString()));
  }

  private void refused(String playbook, String why) throws IOException {
    assertNotEquals(0, run(playbook), said);
    assertTrue(said.contains(why), said);
    assertFalse(said.contains("internal error"), said);
    assertFalse(said.contains("StackOverflow"), said);
  }

  private static String play(String tasks) {
    return "- hosts: localhost\n  gather_facts: false\n  tasks:\n" + tasks.indent(4);
  }

  @Test
  void tasks_that_include_themselves_end_with_an_error() throws IOException {
    write("again.yml", "- include_tasks: again.yml\n");
    refused(play("- include_tasks: again.yml\n"), "more than 250 deep");
  }

  @Test
  void tasks_that_include_each_other_end_with_an_error() throws IOException {
    write("a.yml", "- include_tasks: \"{{ 'b' }}.yml\"\n");
    write("b.yml", "- include_tasks: \"{{ 'a' }}.yml\"\n");
    refused(play("- include_tasks: a.yml\n"), "more than 250 deep");
  }

  @Test
  void tasks_that_include_themselves_twice_end_with_an_error() throws IOException {
    write("twice.yml", "- include_tasks: twice.yml\n  loop: [1, 2]\n");
    refused(play("- include_tasks: twice.yml\n"), "more than 250 deep");
  }

  @Test
  void tasks_may_include_themselves_until_they_are_done() throws IOException {
    write(
        "count.yml",
        "- set_fact: {n: \"{{ n | int + 1 }}\"}\n- include_tasks: count.yml\n  when: n | int < 15\n");
    run(play("- set_fact: {n: 0}\n- include_tasks: count.yml\n- debug: {msg: \"n={{ n }}\"}\n"));
    assertTrue(said.contains("n=15"), said);
  }

  @Test
  void tasks_that_import_themselves_are_a_mistake() throws IOException {
    write("again.yml", "- import_tasks: again.yml\n");
    refused(play("- import_tasks: again.yml\n"), "again.yml");
  }

  @Test
  void playbooks_that_import_each_other_are_a_mistake() throws IOException {
    write("other.yml", "- import_playbook: site.yml\n");
    refused("- import_playbook: other.yml\n", "import");
  }

  @Test
  void roles_that_depend_on_each_other_are_a_mistake() throws IOException {
    write("roles/a/meta/main.yml", "dependencies: [b]\n");
    write("roles/b/meta/main.yml", "dependencies: [{role: a}]\n");
    refused("- hosts: localhost\n  roles: [a]\n", "depends on itself");
  }

  @Test
  void roles_that_include_themselves_end_with_an_error() throws IOException {
    write("roles/a/tasks/main.yml", "- include_role: {name: a}\n");
    refused(play("- include_role: {name: a}\n"), "more than 250 deep");
  }

  @Test
  void templates_that_include_each_other_end_with_an_error() throws IOException {
    write("templates/a.j2", "{% include 'b.j2' %}");
    write("templates/b.j2", "{% include 'a.j2' %}");
    refused(play("- template: {src: a.j2, dest: DIR/x}\n"), "includes itself");
  }

  @Test
  void templates_that_import_themselves_end_with_an_error() throws IOException {
    write("templates/a.j2", "{% import 'a.j2' as m %}{{ m }}");
    refused(play("- template: {src: a.j2, dest: DIR/x}\n"), "includes itself");
  }

  @Test
  void variables_that_stand_for_themselves_through_hostvars_end_with_an_error() throws IOException {
    write(
        "group_vars/all.yml",
        "a: \"{{ hostvars['localhost'].b }}\"\nb: \"{{ hostvars[inventory_hostname]['a'] }}\"\n");
    refused(play("- debug: {msg: \"{{ a }}\"}\n"), "a");
  }

  @Test
  void variables_that_stand_for_themselves_through_lookups_end_with_an_error() throws IOException {
    write(
        "group_vars/all.yml",
        "a: \"{{ lookup('vars', 'b') }}\"\nb: \"{{ query('varnames', '^a$') + [lookup('vars', 'a')] }}\"\n");
    refused(play("- debug: {msg: \"{{ a }}\"}\n"), "a");
  }

  @Test
  void a_variable_that_a_template_of_its_own_makes_ends_with_an_error() throws IOException {
    write("v.j2", "{{ x }}");
    write("group_vars/all.yml", "x: \"{{ lookup('template', 'DIR/v.j2') }}\"\n");
    refused(play("- debug: {msg: \"{{ x }}\"}\n"), "includes itself");
  }

  @Test
  void a_pattern_that_goes_too_deep_on_a_long_text_fails_its_task_and_no_more() throws IOException {
    Files.writeString(folder.resolve("long"), "ab".repeat(100_000) + "\n");
    String tasks =
        "- lineinfile: {path: DIR/long, regexp: '^(a|b)*c', line: x}\n  ignore_errors: true\n"
            + "- replace: {path: DIR/long, regexp: '(a|b)*c', replace: x}\n  ignore_errors: true\n"
            + "- debug: {msg: still here}\n";
    run(play(tasks.replace("DIR", folder.toString())));
    assertTrue(said.contains("too deep"), said);
    assertTrue(said.contains("ignored=2"), said);
    assertTrue(said.contains("still here"), said);
    assertFalse(said.contains("internal error"), said);
  }

  @Test
  void an_argument_that_goes_too_deep_fails_its_task_and_no_more() throws IOException {
    String tasks =
        "- sysctl: {name: 'net%s', value: 1}\n  ignore_errors: true\n- debug: {msg: still here}\n";
    run(play(tasks.formatted(".a".repeat(20_000))));
    assertTrue(said.contains("too deep"), said);
    assertTrue(said.contains("still here"), said);
    assertFalse(said.contains("internal error"), said);
  }

  @Test
  void a_file_mode_without_end_is_a_mistake_at_its_place() throws IOException {
    refused(
        play("- file: {path: /tmp/x, mode: 'u=g%s'}\n".formatted("=g".repeat(20_000))),
        "must be a file mode");
  }

  @Test
  void a_path_that_is_wrong_is_said_at_its_task_and_is_no_mistake_of_ours() throws IOException {
    refused(
        play("- known_hosts: {name: h, key: h ssh-ed25519 AAAA, path: ~nobody/hosts}\n"),
        "must be an absolute path");
  }
}
