package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.problem.ProblemsException;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import dev.belay.template.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of a user's own as modules, on this machine. */
final class CustomModulesTest {
  /** Says what it was called with, and what it found there. */
  private static final String WITNESS =
      """
      %s
      j() { tr -d '\\n' | sed 's/["\\\\]/\\\\&/g'; }
      printf '{"args": "%%s", "line": "%%s", "mode": "%%s", "folder": "%%s", "at": "%%s", "env": "%%s"}' \\
        "$(j < "$1")" "$(tr '\\0' ' ' < /proc/$$/cmdline | j)" "$(stat -c %%a "$1")" "$(stat -c %%a "${1%%/*}")" "${1%%/*}" "$x"
      """;

  @TempDir Path folder;

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve("library").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void witness(String name, String head) throws IOException {
    program(name, String.format(WITNESS, head));
  }

  private Outcome apply(String task) throws Exception {
    return new LocalHost(folder).apply(task);
  }

  private Outcome check(String task) throws Exception {
    return new LocalHost(folder).check(task);
  }

  private static String text(Outcome outcome, String key) {
    return outcome.value(key).orElseThrow(() -> new AssertionError(outcome)).toString();
  }

  @Test
  void a_script_that_wants_json_gets_a_file_that_only_its_user_can_read() throws Exception {
    witness("w.sh", "#!/bin/sh\n# WANT_JSON");
    Outcome outcome =
        apply(
            """
            - w:
                secret: "it's $(touch {{ dir }}/pwned) \\"x\\" -rf 世界"
                list: [1, {a: null}]
                gone: "{{ omit }}"
              environment: {x: of the task}
            """);
    assertEquals(Status.OK, outcome.status(), outcome.message());
    Map<?, ?> args = (Map<?, ?>) Json.read(text(outcome, "args"));
    assertEquals(
        "it's $(touch " + folder + "/pwned) \"x\" -rf 世界", args.get("secret"), args.toString());
    assertEquals("[1, {'a': None}]", dev.belay.template.PythonText.str(args.get("list")));
    assertFalse(args.containsKey("gone"));
    assertEquals(false, args.get("_ansible_check_mode"));
    assertEquals("600", text(outcome, "mode"));
    assertEquals("700", text(outcome, "folder"));
    assertEquals("of the task", text(outcome, "env"));
    assertFalse(text(outcome, "line").contains("secret"), text(outcome, "line"));
    assertFalse(Files.exists(folder.resolve("pwned")));
    assertFalse(Files.exists(Path.of(text(outcome, "at"))), "it is gone behind it");
  }

  @Test
  void any_other_script_gets_words_as_a_shell_reads_them() throws Exception {
    program(
        "old.sh",
        "#!/bin/sh\n. \"$1\"\nprintf '{\"changed\": true, \"a\": \"%s\", \"b\": \"%s\", \"c\": \"%s\"}' \"$a\" \"$b\" \"$_ansible_check_mode\"\n");
    Outcome outcome = apply("- old: a=\"it's $(id) 世\" b=yes\n");
    assertEquals(Status.CHANGED, outcome.status(), outcome.message());
    assertEquals("it's $(id) 世", text(outcome, "a"));
    assertEquals("yes", text(outcome, "b"));
    assertEquals("False", text(outcome, "c"));
    assertEquals("old: (not run) -> run", shown(outcome));
  }

  private static String shown(Outcome outcome) {
    return outcome.changes().stream()
        .map(change -> change.what() + ": " + change.before() + " -> " + change.after())
        .toList()
        .toString()
        .replaceAll("^\\[|]$", "");
  }

  @Test
  void a_script_may_have_its_arguments_put_inside() throws Exception {
    program(
        "inside",
        "#!/bin/sh\ncat <<'END'\n{\"n\": $#, \"given\": <<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>}\nEND\n"
            .replace("$#", "0"));
    assertEquals(
        "a'b é",
        ((Map<?, ?>) apply("- inside: {a: \"a'b é\"}\n").value("given").orElseThrow()).get("a"));
  }

  @Test
  void a_binary_program_runs_by_itself() throws Exception {
    Files.createDirectories(folder.resolve("library"));
    Files.copy(Path.of("/bin/cat").toRealPath(), folder.resolve("library/bincat"));
    Outcome outcome = apply("- bincat: {stdout: hello, changed: true}\n");
    assertEquals(Status.CHANGED, outcome.status(), outcome.message());
    assertEquals("hello", text(outcome, "stdout"));
    assertEquals("[hello]", text(outcome, "stdout_lines"));
  }

  @Test
  void the_interpreter_may_be_elsewhere_and_must_be_somewhere() throws Exception {
    witness("p", "#!/nowhere/perl\n# WANT_JSON");
    Outcome missing = apply("- p:\n");
    assertEquals(Status.FAILED, missing.status());
    assertTrue(
        missing.message().startsWith("the interpreter '/nowhere/perl' of "), missing.message());
    assertTrue(missing.message().endsWith("'ansible_perl_interpreter'"), missing.message());
    Outcome found = apply("- p: {a: 1}\n  vars: {ansible_perl_interpreter: /bin/sh}\n");
    assertTrue(text(found, "line").startsWith("/bin/sh "), found.toString());
    Outcome byEnv = apply("- p:\n  vars: {ansible_perl_interpreter: /usr/bin/env sh -e}\n");
    assertTrue(text(byEnv, "line").startsWith("sh -e "), byEnv.toString());
  }

  @Test
  void a_fact_does_not_say_what_runs_a_program() throws Exception {
    program(
        "lies",
        "#!/bin/sh\necho '{\"ansible_facts\": {\"ansible_sh_interpreter\": \"/bin/false\"}}'\n");
    Outcome outcome = apply("- lies:\n- lies:\n");
    assertEquals(Status.OK, outcome.status(), outcome.message());
  }

  @Test
  void facts_are_there_for_later_tasks_and_are_no_templates() throws Exception {
    program("facts", "#!/bin/sh\necho '{\"ansible_facts\": {\"mine\": [\"{{ 1 + 1 }}\"]}}'\n");
    Outcome outcome = apply("- facts:\n- debug: {msg: \"{{ mine[0] }}\"}\n");
    assertEquals("{{ 1 + 1 }}", text(outcome, "msg"));
  }

  @Test
  void a_check_runs_only_a_program_that_says_that_it_may() throws Exception {
    program(
        "quiet", "#!/bin/sh\ntouch \"$(dirname \"$0\")/../" + "no\"; echo '{\"changed\": true}'\n");
    program(
        "careful",
        "#!/bin/sh\n# BELAY_SUPPORTS_CHECK_MODE\n. \"$1\"\necho \"{\\\"changed\\\": true, \\\"check\\\": \\\"$_ansible_check_mode\\\"}\"\n");
    Outcome unknown = check("- quiet:\n");
    assertEquals(Status.UNKNOWN, unknown.status());
    assertTrue(unknown.message().contains("BELAY_SUPPORTS_CHECK_MODE"), unknown.message());
    Outcome foretold = check("- careful:\n");
    assertEquals(Status.WOULD_CHANGE, foretold.status(), foretold.message());
    assertEquals("True", text(foretold, "check"));
    assertEquals(
        Status.CHANGED, check("- quiet:\n  check_mode: false\n").status(), "it is to be done");
    assertEquals("True", text(apply("- careful:\n  check_mode: true\n"), "check"));
  }

  @Test
  void what_hangs_on_a_program_that_a_check_left_out_is_unknown_too() throws Exception {
    program("quiet", "#!/bin/sh\necho '{\"changed\": true}'\n");
    String tasks = "- quiet:\n  register: r\n- debug: {msg: there}\n  when: r is changed\n";
    assertEquals(Status.UNKNOWN, check(tasks).status());
    assertEquals(Status.OK, apply(tasks).status());
  }

  @Test
  void a_program_that_breaks_shows_what_it_said_and_leaves_nothing() throws Exception {
    program("broken", "#!/bin/sh\npwd >&2; echo \"$0\"; kill -9 $$\n");
    Outcome outcome = apply("- broken:\n");
    assertEquals(Status.FAILED, outcome.status());
    assertEquals("137", text(outcome, "rc"));
    assertFalse(Files.exists(Path.of(text(outcome, "module_stdout").strip())));
    assertTrue(outcome.message().startsWith("MODULE FAILURE: it printed no JSON object"));
  }

  @Test
  void a_program_stands_in_for_a_built_in_module_of_its_name() throws Exception {
    program("ping.sh", "#!/bin/sh\necho '{\"ping\": \"mine\"}'\n");
    assertEquals("mine", text(apply("- ping:\n"), "ping"));
    assertEquals("mine", text(apply("- ansible.legacy.ping:\n"), "ping"));
    assertEquals("pong", text(apply("- ansible.builtin.ping:\n"), "ping"));
    program("include_tasks", "#!/bin/sh\necho '{}'\n");
    Files.writeString(folder.resolve("more.yml"), "- debug: {msg: included}\n");
    assertEquals("included", text(apply("- include_tasks: more.yml\n"), "msg"));
  }

  @Test
  void mistakes_are_told_before_anything_runs() throws Exception {
    program("greet", "#!/bin/sh\necho '{}'\n");
    program("pymod.py", "from ansible.module_utils.basic import AnsibleModule\n");
    String problems =
        assertThrows(
                ProblemsException.class,
                () ->
                    apply(
                        "- gret:\n- pymod: {a: 1}\n- greet: {}\n  module_defaults: {pymod: {}}\n- a.b.greet:\n"))
            .problems()
            .toString();
    assertTrue(problems.contains("no module 'gret'; did you mean 'greet'?"), problems);
    assertTrue(
        problems.contains(
            "site.yml:5:7: " + folder + "/library/pymod.py is a Python module of Ansible"),
        problems);
    assertTrue(problems.contains("site.yml:7:"), problems);
    assertTrue(problems.contains("there is no module 'a.b.greet'"), problems);
  }

  @Test
  void a_roles_programs_are_there_for_it_and_what_comes_behind_it() throws Exception {
    Path role = Files.createDirectories(folder.resolve("roles/r/library"));
    Files.writeString(role.resolve("own.sh"), "#!/bin/sh\necho '{\"from\": \"role\"}'\n");
    Files.createDirectories(folder.resolve("roles/r/tasks"));
    Files.writeString(folder.resolve("roles/r/tasks/main.yml"), "- own:\n");
    assertEquals("role", text(apply("- import_role: {name: r}\n- own:\n"), "from"));
    assertEquals("role", text(apply("- include_role: {name: r}\n"), "from"));
    Files.writeString(folder.resolve("more.yml"), "- own:\n");
    assertEquals(
        "role", text(apply("- import_role: {name: r}\n- include_tasks: more.yml\n"), "from"));
  }
}
