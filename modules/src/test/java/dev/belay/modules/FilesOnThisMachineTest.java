package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The laws of every module that works on files, on a real shell: a check changes nothing, a change
 * converges.
 */
final class FilesOnThisMachineTest {
  @TempDir Path folder;

  /** Check, apply, apply again, check again: foretold, changed, nothing, nothing. */
  private Outcome converges(String task) throws IOException, InterruptedException {
    LocalHost host = new LocalHost(folder);
    String before = listing();
    assertEquals(Status.WOULD_CHANGE, host.check(task).status(), task);
    assertEquals(before, listing(), "a check changed something");
    Outcome changed = host.apply(task);
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals(Status.OK, host.apply(task).status(), "a second run changed something");
    assertEquals(Status.OK, host.check(task).status());
    return changed;
  }

  private String listing() throws IOException, InterruptedException {
    Process find =
        new ProcessBuilder(
                "sh",
                "-c",
                "cd \"$0\" && find . ! -name site.yml ! -path . -printf '%p %y %m %l %s %T@\\n' | sort",
                folder.toString())
            .start();
    return new String(find.getInputStream().readAllBytes());
  }

  @Test
  void a_directory_with_parents_and_a_mode() throws Exception {
    converges("- file: {path: '{{ dir }}/a/b', state: directory, mode: '0750'}");
    assertEquals(
        "rwxr-x---",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/b"))));
  }

  @Test
  void a_link_is_replaced_and_never_made_inside_of_the_directory_that_the_old_one_leads_to()
      throws Exception {
    Files.createDirectories(folder.resolve("v1"));
    Files.createDirectories(folder.resolve("v2"));
    Files.createSymbolicLink(folder.resolve("now"), folder.resolve("v1"));
    converges("- file: {path: '{{ dir }}/now', src: '{{ dir }}/v2', state: link}");
    assertEquals(folder.resolve("v2"), Files.readSymbolicLink(folder.resolve("now")));
    assertEquals(0, Files.list(folder.resolve("v1")).count());
  }

  @Test
  void absent_takes_a_tree_away() throws Exception {
    Files.createDirectories(folder.resolve("x/y"));
    converges("- file: {path: '{{ dir }}/x', state: absent}");
    assertFalse(Files.exists(folder.resolve("x")));
  }

  @Test
  void what_the_host_stands_on_is_not_linked_over() throws Exception {
    Outcome refused =
        new LocalHost(folder)
            .check("- file: {path: /usr/bin/python3, src: /opt/python, state: link}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("force_system_path"), refused.message());
  }

  @Test
  void a_directory_in_the_way_of_a_link_is_refused() throws Exception {
    Files.createDirectories(folder.resolve("d/inside"));
    assertEquals(
        Status.FAILED,
        new LocalHost(folder)
            .apply("- file: {path: '{{ dir }}/d', src: /opt, state: link}")
            .status());
    assertTrue(Files.isDirectory(folder.resolve("d/inside")));
  }

  @Test
  void symbolic_modes_build_on_what_is_there() throws Exception {
    Files.writeString(folder.resolve("f"), "x");
    Files.setPosixFilePermissions(
        folder.resolve("f"), PosixFilePermissions.fromString("rw-r--r--"));
    converges("- file: {path: '{{ dir }}/f', mode: 'u+x,g-r,o='}");
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("f"))));
  }

  @Test
  void a_text_is_copied_with_its_mode_and_the_diff_has_both_texts() throws Exception {
    Files.writeString(folder.resolve("motd"), "old\n");
    Outcome changed =
        converges("- copy: {content: \"new\\n\", dest: '{{ dir }}/motd', mode: '0600'}");
    assertEquals("old\n", changed.changes().get(0).before());
    assertEquals("new\n", changed.changes().get(0).after());
    assertEquals("new\n", Files.readString(folder.resolve("motd")));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("motd"))));
  }

  @Test
  void binary_and_large_files_arrive_byte_for_byte() throws Exception {
    byte[] small = new byte[256];
    for (int i = 0; i < small.length; i++) {
      small[i] = (byte) i;
    }
    byte[] large = new byte[300_000];
    new java.util.Random(7).nextBytes(large);
    Files.write(folder.resolve("small.bin"), small);
    Files.write(folder.resolve("large.bin"), large);
    converges("- copy: {src: small.bin, dest: '{{ dir }}/s'}");
    converges("- copy: {src: large.bin, dest: '{{ dir }}/l'}");
    assertEquals(-1, java.util.Arrays.mismatch(small, Files.readAllBytes(folder.resolve("s"))));
    assertEquals(-1, java.util.Arrays.mismatch(large, Files.readAllBytes(folder.resolve("l"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; touch canary; '",
        "$(touch canary)",
        "`touch canary`",
        "-rf",
        "a b",
        "\"q\"",
        "*",
        "中文",
        "$HOME"
      })
  void hostile_names_and_texts_arrive_whole(String hostile) throws Exception {
    String quoted = hostile.replace("'", "''");
    converges("- copy: {content: '" + quoted + "', dest: '{{ dir }}/" + quoted + "'}");
    assertEquals(hostile, Files.readString(folder.resolve(hostile)));
    assertFalse(Files.exists(folder.resolve("canary")));
  }

  @Test
  void a_line_is_replaced_where_it_fits_and_the_rest_stays() throws Exception {
    Files.writeString(folder.resolve("conf"), "# top\nA=1\nB=2\n");
    converges("- lineinfile: {path: '{{ dir }}/conf', regexp: '^A=', line: A=9}");
    assertEquals("# top\nA=9\nB=2\n", Files.readString(folder.resolve("conf")));
    converges("- lineinfile: {path: '{{ dir }}/conf', line: C=3, insertbefore: '^B='}");
    assertEquals("# top\nA=9\nC=3\nB=2\n", Files.readString(folder.resolve("conf")));
    converges("- lineinfile: {path: '{{ dir }}/conf', regexp: '^#', state: absent}");
    assertEquals("A=9\nC=3\nB=2\n", Files.readString(folder.resolve("conf")));
    converges(
        "- lineinfile: {path: '{{ dir }}/conf', regexp: '^(B)=.*', line: '\\1=5', backrefs: true}");
    assertEquals("A=9\nC=3\nB=5\n", Files.readString(folder.resolve("conf")));
  }

  @Test
  void a_file_without_a_last_line_end_gets_the_new_line_on_its_own() throws Exception {
    Files.writeString(folder.resolve("conf"), "A=1");
    converges("- lineinfile: {path: '{{ dir }}/conf', line: B=2}");
    assertEquals("A=1\nB=2\n", Files.readString(folder.resolve("conf")));
  }

  @Test
  void variables_share_a_file_and_lists_take_each_member_once() throws Exception {
    converges("- env: {path: '{{ dir }}/e/vllm.env', set: {A: 1, B: x}}");
    converges(
        "- env: {path: '{{ dir }}/e/vllm.env', set: {A: 2}, prepend: {LD_PRELOAD: [/lib/j.so]}, absent: [B]}");
    assertEquals(
        "# Managed by belay.\nA=2\nLD_PRELOAD=/lib/j.so\n",
        Files.readString(folder.resolve("e/vllm.env")));
  }

  @Test
  void a_value_that_an_env_file_cannot_hold_is_refused() throws Exception {
    Outcome refused =
        new LocalHost(folder).check("- env: {path: '{{ dir }}/e', set: {A: 'two words'}}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("cannot be written in an env-file"), refused.message());
  }

  @Test
  void a_command_acts_unless_what_it_makes_is_there() throws Exception {
    LocalHost host = new LocalHost(folder);
    String task = "- command: touch {{ dir }}/made creates={{ dir }}/made";
    assertEquals(Status.WOULD_CHANGE, host.check(task).status());
    assertFalse(Files.exists(folder.resolve("made")));
    assertEquals(Status.CHANGED, host.apply(task).status());
    assertEquals(Status.OK, host.apply(task).status());
  }

  @Test
  void a_shell_line_has_pipes_and_its_failure_has_its_words() throws Exception {
    LocalHost host = new LocalHost(folder);
    assertEquals(
        "3",
        host.apply("- shell: printf 'a\\nb\\nc\\n' | wc -l")
            .result()
            .get("stdout")
            .toString()
            .strip());
    Outcome failed = host.apply("- shell: echo broken >&2; exit 7");
    assertEquals(Status.FAILED, failed.status());
    assertEquals(7L, failed.result().get("rc"));
    assertEquals("broken", failed.result().get("stderr"));
  }

  @Test
  void a_command_that_is_declared_read_only_is_asked_in_a_check_too() throws Exception {
    Outcome asked =
        new LocalHost(folder)
            .check("- command: echo hello\n  changed_when: false\n  check_mode: false");
    assertEquals(Status.OK, asked.status());
    assertEquals("hello", asked.result().get("stdout"));
  }

  @Test
  void a_program_that_is_not_there_is_told_by_the_number_of_its_error() throws Exception {
    LocalHost host = new LocalHost(folder);
    Outcome outcome = host.apply("- command: no-such-program --now\n  ignore_errors: true");
    assertEquals("[Errno 2] No such file or directory: b'no-such-program'", outcome.message());
    assertEquals(2L, outcome.result().get("rc"));
    assertEquals("", outcome.result().get("stderr"));
    assertEquals(false, outcome.result().get("changed"));
  }

  @Test
  void a_program_that_is_there_and_cannot_be_run_says_so_itself() throws Exception {
    Files.writeString(folder.resolve("text"), "no program");
    Outcome outcome = new LocalHost(folder).apply("- command: '{{ dir }}/text'");
    assertEquals(126L, outcome.result().get("rc"));
  }

  @Test
  void a_condition_that_is_not_there_holds() throws Exception {
    Outcome outcome = new LocalHost(folder).apply("- assert:\n    that:\n      -\n      - 1 == 1");
    assertEquals(Status.OK, outcome.status());
  }

  @Test
  void what_debug_shows_is_no_fact() throws Exception {
    String shown = "- debug: {var: ansible_facts}\n  vars: {ansible_facts: {nonfact: 1}}\n";
    Outcome outcome =
        new LocalHost(folder).apply(shown + "- assert: {that: nonfact is not defined}");
    assertEquals(Status.OK, outcome.status());
  }

  @Test
  void differences_are_registered_where_they_are_asked_for() throws Exception {
    String task = "- copy: {dest: '{{ dir }}/d', content: new}\n  diff: true";
    Object diff = new LocalHost(folder).apply(task).result().get("diff");
    Map<?, ?> first = (Map<?, ?>) ((List<?>) diff).get(0);
    assertEquals("", first.get("before"));
    assertEquals("new", first.get("after"));
    assertNull(
        new LocalHost(folder)
            .apply("- copy: {dest: '{{ dir }}/d', content: newer}")
            .result()
            .get("diff"));
  }

  @Test
  void a_folder_that_goes_away_is_told_with_all_inside() throws Exception {
    Files.createDirectories(folder.resolve("gone/sub"));
    Files.writeString(folder.resolve("gone/sub/a b"), "x");
    Outcome outcome =
        new LocalHost(folder).check("- file: {path: '{{ dir }}/gone', state: absent}");
    Map<?, ?> before = (Map<?, ?>) ((Map<?, ?>) outcome.result().get("diff")).get("before");
    Map<?, ?> content = (Map<?, ?>) before.get("path_content");
    assertEquals(List.of(folder + "/gone/sub"), content.get("directories"));
    assertEquals(List.of(folder + "/gone/sub/a b"), content.get("files"));
  }

  @Test
  void a_touched_file_that_cannot_get_its_owner_goes_again() throws Exception {
    Outcome outcome =
        new LocalHost(folder)
            .apply("- file: {path: '{{ dir }}/t', state: touch, owner: no-such-user-here}");
    assertEquals(Status.FAILED, outcome.status());
    assertFalse(Files.exists(folder.resolve("t")));
  }

  @Test
  void the_value_of_a_variable_adds_no_parameter() throws Exception {
    Outcome outcome =
        new LocalHost(folder)
            .apply("- command: echo {{ evil }}\n  vars: {evil: 'x creates=/etc/passwd'}");
    assertEquals("x creates=/etc/passwd", outcome.result().get("stdout"));
  }

  @Test
  void stat_tells_a_file_from_a_link_from_nothing() throws Exception {
    Files.writeString(folder.resolve("f"), "abc");
    Files.createSymbolicLink(folder.resolve("l"), Path.of("f"));
    LocalHost host = new LocalHost(folder);
    assertTrue(
        host.check("- stat: {path: '{{ dir }}/f'}")
            .result()
            .toString()
            .contains("checksum=a9993e364706816aba3e25717850c26c9cd0d89d"));
    assertTrue(
        host.check("- stat: {path: '{{ dir }}/l'}").result().toString().contains("lnk_target=f"));
    assertEquals(
        "{exists=false}",
        host.check("- stat: {path: '{{ dir }}/none'}").result().get("stat").toString());
  }

  @Test
  void a_slash_at_the_end_of_a_path_is_looked_behind() throws Exception {
    Files.writeString(folder.resolve("f"), "abc");
    Files.createDirectory(folder.resolve("d"));
    Files.createSymbolicLink(folder.resolve("l"), Path.of("d"));
    LocalHost host = new LocalHost(folder);
    String told = host.check("- stat: {path: '{{ dir }}/l/'}").result().toString();
    assertTrue(told.contains("isdir=true") && told.contains("islnk=false"), told);
    assertTrue(told.contains("path=" + folder + "/l/,"), told);
    Outcome file = host.check("- stat: {path: '{{ dir }}/f/'}");
    assertEquals(Status.FAILED, file.status());
    assertTrue(file.message().contains("Not a directory"), file.message());
  }

  @Test
  void the_kind_of_a_file_is_told_whatever_its_name() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/file")), "SKIPPED: there is no 'file'");
    Files.writeString(folder.resolve("a\nb"), "abc");
    String told =
        new LocalHost(folder).check("- stat: {path: \"{{ dir }}/a\\nb\"}").result().toString();
    assertTrue(told.contains("mimetype=text/plain") && told.contains("charset=us-ascii"), told);
  }

  @Test
  void facts_need_no_python() throws Exception {
    Outcome facts = new LocalHost(folder).check("- setup:");
    assertEquals(Status.OK, facts.status(), facts.message());
    assertTrue(facts.result().get("ansible_facts").toString().contains("ansible_system=Linux"));
  }

  @Test
  void assert_and_fail_say_why() throws Exception {
    LocalHost host = new LocalHost(folder);
    assertEquals(Status.OK, host.check("- assert: {that: [1 < 2, dir is defined]}").status());
    assertEquals("Assertion failed: 1 > 2", host.check("- assert: {that: 1 > 2}").message());
    assertEquals("no NPU", host.check("- fail: {msg: no NPU}").message());
  }

  @Test
  void a_relative_path_counts_from_the_folder_of_the_playbook_on_this_machine() throws Exception {
    Outcome made = converges("- file: {path: new/, state: directory}");
    assertEquals("new/", made.result().get("path"));
    converges("- copy: {content: x, dest: new/text}");
    converges("- lineinfile: {path: ./new/text, line: z}");
    converges("- file: {path: -rf, src: new/text, state: link}");
    assertEquals("x\nz\n", Files.readString(folder.resolve("new/text")));
    assertEquals("new/text", Files.readSymbolicLink(folder.resolve("-rf")).toString());
    Outcome found = new LocalHost(folder).apply("- find: {paths: new}");
    assertTrue(found.result().toString().contains("path=new/text,"), found.result().toString());
    Outcome there = new LocalHost(folder).apply("- stat: {path: new/text}");
    assertTrue(there.result().toString().contains("path=new/text,"), there.result().toString());
    converges("- file: {path: new, state: absent}");
    assertFalse(Files.exists(folder.resolve("new")));
  }

  @Test
  void a_relative_path_does_not_get_around_what_the_host_stands_on() throws Exception {
    Files.createSymbolicLink(folder.resolve("top"), Path.of("/usr"));
    for (String task :
        new String[] {
          "- file: {path: top/bin, state: absent}",
          "- file: {path: top/bin/, recurse: true, mode: '0700'}",
          "- copy: {content: x, dest: top/bin/env}"
        }) {
      Outcome refused = new LocalHost(folder).check(task);
      assertEquals(Status.FAILED, refused.status(), task);
      assertTrue(refused.message().contains("the host stands on"), refused.message());
    }
  }
}
