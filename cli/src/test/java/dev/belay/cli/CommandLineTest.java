package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users call it: what it prints, and how it ends. */
final class CommandLineTest {
  @TempDir Path folder;

  private String out = "";
  private String err = "";

  private int belay(String... args) {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            Map.of("HOME", folder.toString()),
            new PrintStream(first, true, StandardCharsets.UTF_8),
            new PrintStream(second, true, StandardCharsets.UTF_8));
    out = first.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR");
    err = second.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR");
    return code;
  }

  private String playbook(String text) throws IOException {
    return Files.writeString(folder.resolve("site.yml"), text).toString();
  }

  @Test
  void a_run_looks_as_ansible_users_know_it() throws IOException {
    String site =
        playbook(
            """
            - name: First
              hosts: localhost
              gather_facts: false
              tasks:
                - name: greet
                  debug: {msg: hello}
                - name: file
                  copy: {content: "x\\n", dest: '%s/made'}
                - name: odd
                  debug: {msg: no}
                  when: false
            """
                .formatted(folder));
    assertEquals(0, belay("run", site, "-i", "localhost,", "--diff"));
    String body = out.substring(0, out.indexOf("1 hosts in"));
    assertEquals(
        """

        PLAY [First] *******************************************************************

        TASK [greet] *******************************************************************
        ok: [localhost] => {
            "msg": "hello"
        }

        TASK [file] ********************************************************************
        --- before: DIR/made
        +++ after: DIR/made
        @@ -0,0 +1,1 @@
        +x
        changed: [localhost]

        TASK [odd] *********************************************************************
        skipping: [localhost]

        PLAY RECAP *********************************************************************
        localhost                  : ok=2    changed=1    unreachable=0    failed=0    skipped=1    rescued=0    ignored=0

        """,
        body);
  }

  @Test
  void a_check_with_a_detailed_exit_code_ends_with_3_where_something_differs() throws IOException {
    String site =
        playbook(
            "- hosts: localhost\n  gather_facts: false\n  tasks:\n    - copy: {content: x, dest: "
                + folder.resolve("f")
                + "}\n");
    assertEquals(0, belay("check", site));
    assertEquals(3, belay("check", site, "--detailed-exitcode"));
    assertTrue(Files.notExists(folder.resolve("f")));
    assertEquals(0, belay("run", site));
    assertEquals(0, belay("check", site, "--detailed-exitcode"));
  }

  @Test
  void a_failure_ends_with_2_and_an_unreachable_host_with_4() throws IOException {
    assertEquals(
        2,
        belay(
            "run",
            playbook(
                "- hosts: localhost\n  gather_facts: false\n  tasks:\n    - fail: {msg: no}\n")));
    String ping = playbook("- hosts: all\n  gather_facts: false\n  tasks:\n    - ping:\n");
    assertEquals(4, belay("run", ping, "-i", "127.0.0.1,", "-e", "ansible_port=1"));
    assertTrue(out.contains("UNREACHABLE!"), out);
  }

  @Test
  void mistakes_are_shown_at_their_place_all_at_once_and_end_with_1() throws IOException {
    String site =
        playbook("- hosts: localhost\n  tasks:\n    - copyy: {dest: /x}\n    - debug: {mgs: x}\n");
    assertEquals(1, belay("run", site));
    assertEquals(
        """
        DIR/site.yml:3:7: there is no module 'copyy'; did you mean 'copy'?
                - copyy: {dest: /x}
                  ^
        DIR/site.yml:4:20: 'debug' has no parameter 'mgs'; did you mean 'msg'?
                - debug: {mgs: x}
                               ^
        """,
        err);
  }

  @Test
  void unknown_tags_hosts_and_files_are_mistakes() throws IOException {
    String site = playbook("- hosts: all\n  tasks:\n    - ping:\n      tags: [kernel]\n");
    assertEquals(1, belay("run", site, "-t", "kernl"));
    assertTrue(err.contains("no task has the tag 'kernl'; did you mean 'kernel'?"), err);
    assertEquals(1, belay("run", site, "-i", "a1,a2,", "-l", "a3"));
    assertTrue(err.contains("there is no host or group 'a3'"), err);
    assertEquals(1, belay("run", folder.resolve("none.yml").toString()));
    assertTrue(err.contains("there is no such file"), err);
    assertEquals(1, belay("audit-all"));
  }

  @Test
  void json_lines_are_pure_and_end_with_the_recap() throws IOException {
    String site =
        playbook(
            "- hosts: localhost\n  gather_facts: false\n  tasks:\n    - ping:\n      source: guide, 5.2\n");
    assertEquals(0, belay("run", site, "--json", "-"));
    String[] lines = out.split("\n", -1);
    assertTrue(
        lines[2].contains("\"event\":\"task\"") && lines[2].contains("\"source\":\"guide, 5.2\""),
        out);
    assertTrue(
        lines[3].startsWith("{\"v\":1,\"event\":\"recap\",\"hosts\":{\"localhost\":{\"ok\":1,"),
        out);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_json_file_that_is_there_is_written_anew_and_private_and_what_is_no_file_is_left_in_place()
      throws Exception {
    String site = playbook("- hosts: localhost\n  gather_facts: false\n  tasks:\n    - ping:\n");
    Path file = Files.writeString(folder.resolve("out.json"), "old\n".repeat(5000));
    assertEquals(0, belay("run", site, "--json", file.toString()));
    assertTrue(
        Files.readString(file).startsWith("{\"v\":1") && !Files.readString(file).contains("old"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    assertEquals(0, belay("run", site, "--json", pipe.toString()));
    assertTrue(
        new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .contains("\"event\":\"recap\""));
    assertTrue(Files.exists(pipe) && !Files.isRegularFile(pipe), "the pipe was replaced");
  }

  @Test
  void colours_are_forced_by_a_true_word_only() {
    assertTrue(new World(Map.of("ANSIBLE_FORCE_COLOR", "1"), System.out, System.err).colours());
    assertTrue(
        !new World(Map.of("ANSIBLE_FORCE_COLOR", "false"), System.out, System.err).colours());
  }

  @Test
  void what_a_host_says_cannot_steer_the_terminal_or_forge_a_line() throws IOException {
    String site =
        playbook(
            "- hosts: localhost\n  gather_facts: false\n  tasks:\n    - shell: printf '\\033[2Jok\\nPLAY RECAP\\n' >&2; exit 1\n");
    assertEquals(2, belay("run", site));
    assertTrue(!out.contains("\u001b[2J") && !out.contains("\nPLAY RECAP\n"), out);
  }

  @Test
  void no_log_hides_the_value_and_not_the_failure() throws IOException {
    String site =
        playbook(
            "- hosts: localhost\n  gather_facts: false\n  tasks:\n    - shell: echo hunter2; exit 1\n      no_log: true\n");
    assertEquals(2, belay("run", site, "-v", "--diff"));
    assertTrue(out.contains("FAILED!") && !out.contains("hunter2"), out);
  }

  @Test
  void an_expression_is_shown_as_json() {
    assertEquals(0, belay("eval", "{'a': 1} | combine({'b': x})", "-e", "{x: [2]}"));
    assertEquals("{\"a\": 1, \"b\": [2]}\n", out);
  }

  @Test
  void every_module_has_a_page() {
    assertEquals(0, belay("doc", "sysctl"));
    assertTrue(out.startsWith("# sysctl\n"), out);
    assertEquals(1, belay("doc", "sysctrl"));
    assertTrue(err.contains("did you mean 'sysctl'?"), err);
  }
}
