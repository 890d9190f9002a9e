package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a host says is data, wherever a playbook takes it: it is shown, compared and written as it
 * is, and nothing in it is evaluated. The host says what would make a file on the control side if
 * it were.
 */
@Timeout(120)
final class HostTextTest {
  @TempDir Path folder;

  private String evil = "";
  private String out = "";
  private String err = "";

  @BeforeEach
  void the_host_has_a_file_with_a_template_in_it() throws IOException {
    evil = "{{ lookup('pipe', 'touch " + folder + "/canary') }}";
    Files.writeString(folder.resolve("evil"), evil);
    Files.writeString(
        folder.resolve("nested.json"),
        "{\"a\": [{\"b\": \"%s\"}], \"%s\": \"x\\n%s\"}".formatted(evil, evil, evil));
    Files.createDirectory(folder.resolve("facts"));
    Files.copy(folder.resolve("nested.json"), folder.resolve("facts/said.fact"));
    Files.writeString(folder.resolve("plain.j2"), "text: {{ said.stdout }}\n");
  }

  @AfterEach
  void nothing_of_it_was_evaluated() {
    assertFalse(Files.exists(folder.resolve("canary")), out + err);
  }

  private int run(String tasks) throws IOException {
    String play =
        "- hosts: localhost\n  gather_facts: false\n  vars:\n    dir: "
            + folder
            + "\n  tasks:\n"
            + "    - {command: cat DIR/evil, register: said, changed_when: false}\n"
            + tasks.indent(4);
    Path file =
        Files.writeString(folder.resolve("site.yml"), play.replace("DIR", folder.toString()));
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    int code =
        Main.run(
            new String[] {"run", file.toString(), "-i", "localhost,"},
            Map.of("HOME", folder.toString()),
            new PrintStream(first, true, StandardCharsets.UTF_8),
            new PrintStream(second, true, StandardCharsets.UTF_8));
    out = first.toString(StandardCharsets.UTF_8);
    err = second.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String written() throws IOException {
    return Files.readString(folder.resolve("written"));
  }

  private static final List<String> EXPRESSIONS =
      List.of(
          "said.stdout",
          "said['stdout']",
          "said.stdout_lines[0]",
          "said.stdout ~ ''",
          "said.stdout | default('x')",
          "[said.stdout] | first",
          "[said.stdout] | map('trim') | join",
          "{'k': said.stdout}.k",
          "hostvars['localhost'].said.stdout",
          "hostvars[inventory_hostname]['said'].stdout",
          "lookup('vars', 'said').stdout",
          "lookup('items', [said.stdout])",
          "said.stdout | regex_replace('x', 'x')",
          "('%s' % said.stdout)",
          "'{}'.format(said.stdout)",
          "said.stdout | b64encode | b64decode",
          "said.stdout | to_json | from_json",
          "said.stdout | string",
          "(said.stdout if true else 'x')",
          "(said | to_json | from_json).stdout",
          "query('list', said.stdout)[0]");

  @Test
  void an_expression_gives_the_text_as_it_is() throws IOException {
    StringBuilder tasks = new StringBuilder();
    for (int i = 0; i < EXPRESSIONS.size(); i++) {
      tasks.append(
          "- copy: {content: \"{{ %s }}\", dest: DIR/written%d}\n"
              .formatted(EXPRESSIONS.get(i), i));
    }
    assertEquals(0, run(tasks.toString()), out + err);
    for (int i = 0; i < EXPRESSIONS.size(); i++) {
      assertEquals(evil, Files.readString(folder.resolve("written" + i)), EXPRESSIONS.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A fact that a host's text was put into, and one made of that.
        """
        - set_fact: {kept: "{{ said.stdout }}"}
        - set_fact: {again: "{{ kept }}"}
        - copy: {content: "{{ again }}", dest: DIR/written}
        """,
        // Inside of lists and dictionaries.
        """
        - set_fact: {kept: {a: ["{{ said.stdout }}"]}}
        - copy: {content: "{{ kept.a[0] }}", dest: DIR/written}
        """,
        // The items of a loop, and what a loop keeps.
        """
        - copy: {content: "{{ item }}", dest: DIR/written}
          loop: "{{ said.stdout_lines }}"
          register: looped
        - debug: {msg: "{{ looped.results | map(attribute='item') | list }}"}
        """,
        """
        - copy: {content: "{{ item }}", dest: DIR/written}
          with_items: "{{ said.stdout_lines }}"
        """,
        """
        - copy: {content: "{{ item }}", dest: DIR/written}
          with_lines: cat DIR/evil
        """,
        """
        - copy: {content: "{{ item }}", dest: DIR/written}
          with_file: DIR/evil
        """,
        // A variable of a task, looked up by a name.
        """
        - copy: {content: "{{ lookup('vars', 'inner') }}", dest: DIR/written}
          vars: {inner: "{{ said.stdout }}"}
        """,
        // A file that is read from the host.
        """
        - slurp: {src: DIR/evil}
          register: read
        - copy: {content: "{{ read.content | b64decode }}", dest: DIR/written}
        """,
        // A fact that is gathered.
        """
        - setup: {fact_path: DIR/facts, gather_subset: ['!all', local]}
        - copy: {content: "{{ ansible_local.said.a[0].b }}", dest: DIR/written}
        - debug: {var: ansible_local}
        """,
        // Data that a host says.
        """
        - command: cat DIR/nested.json
          register: nested
        - set_fact: {data: "{{ nested.stdout | from_json }}"}
        - copy: {content: "{{ data.a[0].b }}", dest: DIR/written}
        - debug: {var: data}
        """,
        """
        - set_fact: {data: "{{ ('k: ' ~ (said.stdout | to_json)) | from_yaml }}"}
        - copy: {content: "{{ data.k }}", dest: DIR/written}
        """,
        // A value that is marked as unsafe, and what stands between raw and endraw.
        """
        - copy: {content: "{{ marked }}", dest: DIR/written}
          vars: {marked: !unsafe "{{ lookup('pipe', 'touch DIR/canary') }}"}
        """,
        """
        - copy:
            content: "{% raw %}{{ lookup('pipe', 'touch DIR/canary') }}{% endraw %}"
            dest: DIR/written
        """,
      })
  void it_stays_as_it_is_through_facts_loops_and_files(String tasks) throws IOException {
    assertEquals(0, run(tasks), out + err);
    assertEquals(evil, written());
  }

  @Test
  void a_template_file_writes_it_and_does_not_read_it() throws IOException {
    assertEquals(0, run("- template: {src: DIR/plain.j2, dest: DIR/written}\n"), out + err);
    assertEquals("text: " + evil + "\n", written());
    assertEquals(
        0,
        run("- copy: {content: \"{{ lookup('template', 'DIR/plain.j2') }}\", dest: DIR/written}\n"),
        out + err);
    assertEquals("text: " + evil + "\n", written());
  }

  private static final List<String> USES =
      List.of(
          "- debug: {var: said}\n",
          "- debug: {var: said.stdout}\n",
          "- debug: {msg: \"{{ said }}\"}\n",
          "- debug: {msg: \"{{ said.stdout }}\"}\n  when: said.stdout is defined\n",
          "- debug: {msg: x}\n  when: \"'lookup' in said.stdout\"\n",
          "- debug: {msg: x}\n  when: said.stdout\n",
          "- debug: {msg: x}\n  when: kept\n  vars: {kept: \"{{ said.stdout }}\"}\n",
          "- debug: {msg: x}\n  when: [\"said.stdout | length > 0\"]\n",
          "- debug: {msg: x}\n  register: r\n  failed_when: said.stdout == ''\n",
          "- debug: {msg: x}\n  changed_when: said.stdout == ''\n",
          "- assert: {that: [\"said.stdout != ''\"]}\n",
          "- assert: {that: said.stdout is search('lookup'), success_msg: \"{{ said.stdout }}\"}\n",
          "- debug: {msg: x}\n  name: \"{{ said.stdout }}\"\n",
          "- debug: {msg: x}\n  tags: [a]\n  environment: {X: \"{{ said.stdout }}\"}\n",
          "- debug: {msg: x}\n  until: said.stdout != ''\n  retries: 1\n  delay: 0\n",
          "- debug: {msg: \"{{ item }}\"}\n  loop: [1]\n  loop_control: {label: \"{{ said.stdout }}\"}\n");

  @Test
  void conditions_names_and_messages_take_it_as_a_text() throws IOException {
    assertEquals(0, run(String.join("", USES)), out + err);
  }

  private static final List<String> NAMES =
      List.of(
          "- copy: {src: \"{{ said.stdout }}\", dest: DIR/written}\n",
          "- template: {src: \"{{ said.stdout }}\", dest: DIR/written}\n",
          "- debug: {msg: \"{{ lookup('vars', said.stdout) }}\"}\n",
          "- debug: {msg: \"{{ lookup(said.stdout, 'x') }}\"}\n",
          "- debug: {msg: \"{{ lookup('file', said.stdout) }}\"}\n",
          "- debug: {msg: \"{{ lookup('template', said.stdout) }}\"}\n",
          "- debug: {msg: \"{{ hostvars[said.stdout].x }}\"}\n",
          "- debug: {msg: \"{{ [1] | map(said.stdout) | list }}\"}\n",
          "- include_tasks: \"{{ said.stdout }}\"\n",
          "- include_tasks: \"DIR/{{ said.stdout }}.yml\"\n",
          "- include_role: {name: \"{{ said.stdout }}\"}\n",
          "- fail: {msg: \"{{ said.stdout }}\"}\n",
          "- assert: {that: said.stdout == 'x', fail_msg: \"{{ said.stdout }}\"}\n",
          "- debug: {msg: x}\n  failed_when: said.stdout != ''\n",
          "- command: \"cat DIR/nowhere-{{ said.stdout | hash('md5') }}\"\n",
          "- debug: {msg: x}\n  loop: \"{{ said.stdout }}\"\n",
          "- file: {path: DIR/x, state: \"{{ said.stdout }}\"}\n");

  @Test
  void where_a_name_is_wanted_it_is_a_name_that_there_is_not() throws IOException {
    String tasks =
        NAMES.stream().map(task -> task + "  ignore_errors: true\n").collect(Collectors.joining());
    assertEquals(0, run(tasks), out + err);
    assertTrue(out.contains("ignored=" + NAMES.size()), out);
    assertFalse(Files.exists(folder.resolve("written")), out);
  }

  @Test
  void a_task_that_it_is_to_be_delegated_to_reaches_nobody() throws IOException {
    String task = "- command: 'true'\n  delegate_to: \"{{ said.stdout }}\"\n";
    run(task + "  ignore_unreachable: true\n- copy: {content: ok, dest: DIR/written}\n");
    assertTrue(out.contains("is not known"), out + err);
    assertEquals("ok", written());
  }

  @Test
  void it_cannot_add_an_argument_to_a_module() throws IOException {
    Files.writeString(folder.resolve("evil"), "x mode=0777 dest=" + folder + "/elsewhere");
    assertEquals(
        0, run("- copy: content=\"{{ said.stdout }}\" dest=DIR/written mode=0600\n"), out + err);
    assertTrue(written().startsWith("x mode=0777"), written());
    assertFalse(Files.exists(folder.resolve("elsewhere")));
  }

  @Test
  void a_fact_does_not_decide_how_the_host_is_reached() throws IOException {
    StringBuilder tasks = new StringBuilder();
    for (String name :
        List.of(
            "ansible_host",
            "ansible_port",
            "ansible_user",
            "ansible_connection",
            "ansible_become",
            "ansible_become_user",
            "ansible_ssh_private_key_file")) {
      tasks.append("- set_fact: {%s: \"{{ said.stdout }}\"}\n".formatted(name));
    }
    assertEquals(0, run(tasks + "- copy: {content: ok, dest: DIR/written}\n"), out + err);
    assertEquals("ok", written());
  }
}
