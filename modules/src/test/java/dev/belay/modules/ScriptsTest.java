package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines and scripts on a real shell. */
final class ScriptsTest {
  @TempDir Path folder;

  @BeforeEach
  void some_scripts() throws Exception {
    Files.createDirectory(folder.resolve("files"));
    script("show.sh", "#!/bin/sh\nprintf '<%s>' \"$@\"; echo; echo \"$0\" > " + folder + "/ran\n");
    script("a 'b.sh", "#!/bin/sh\necho odd name\n");
    script("plain", "echo read by $1\n");
    script("fails.sh", "#!/bin/sh\necho half; echo why >&2; exit 7\n");
  }

  private void script(String name, String text) throws Exception {
    Files.writeString(folder.resolve("files").resolve(name), text);
  }

  private Outcome apply(String task) throws Exception {
    return new LocalHost(folder).apply(task);
  }

  @Test
  void a_script_gets_its_arguments_as_a_shell_reads_them() throws Exception {
    Outcome changed = apply("- script: show.sh one 'two three' \"$((1+2))\" Ӧther");
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals("<one><two three><3><Ӧther>\n", changed.result().get("stdout"));
    assertEquals(List.of("<one><two three><3><Ӧther>"), changed.result().get("stdout_lines"));
    String place = Files.readString(folder.resolve("ran")).strip();
    assertTrue(place.endsWith("/show.sh"), place);
    assertTrue(Files.notExists(Path.of(place)), "the script is gone");
    assertTrue(Files.notExists(Path.of(place).getParent()), "and its folder, too");
  }

  @Test
  void a_name_with_blanks_and_quotes_is_one_word() throws Exception {
    assertEquals("odd name\n", apply("- script: \"\\\"a 'b.sh\\\"\"").result().get("stdout"));
  }

  @Test
  void a_script_that_does_not_say_what_reads_it_is_read_by_the_program_given() throws Exception {
    Outcome changed = apply("- script: plain me\n  args: {executable: sh -e, chdir: '{{ dir }}'}");
    assertEquals("read by me\n", changed.result().get("stdout"), changed.message());
  }

  @Test
  void a_script_runs_in_the_folder_given_and_fails_where_there_is_none() throws Exception {
    script("where.sh", "#!/bin/sh\npwd\n");
    assertEquals(
        "/usr\n", apply("- script: where.sh\n  args: {chdir: /usr}").result().get("stdout"));
    assertEquals(Status.FAILED, apply("- script: where.sh\n  args: {chdir: /nowhere}").status());
  }

  @Test
  void a_script_that_fails_leaves_its_words_and_no_file() throws Exception {
    Outcome failed = apply("- script: fails.sh");
    assertEquals(Status.FAILED, failed.status());
    assertEquals("non-zero return code", failed.message());
    assertEquals(7L, failed.result().get("rc"));
    assertEquals("half\n", failed.result().get("stdout"));
    assertEquals("why\n", failed.result().get("stderr"));
  }

  @Test
  void a_script_is_skipped_where_what_it_makes_is_there() throws Exception {
    Outcome skipped = apply("- script: show.sh\n  args: {creates: '{{ dir }}/files'}");
    assertEquals(Status.SKIPPED, skipped.status());
    assertEquals(folder + "/files exists, matching creates option", skipped.message());
    assertEquals(
        folder + "/none does not exist, matching removes option",
        apply("- script: show.sh removes={{ dir }}/none").message());
    assertTrue(Files.notExists(folder.resolve("ran")));
  }

  @Test
  void a_check_runs_no_script_and_tells_of_one_only_where_it_is_known_to_change() throws Exception {
    LocalHost host = new LocalHost(folder);
    assertEquals(Status.SKIPPED, host.check("- script: show.sh").status());
    assertEquals(
        Status.WOULD_CHANGE, host.check("- script: show.sh creates={{ dir }}/none").status());
    assertTrue(Files.notExists(folder.resolve("ran")));
  }

  @Test
  void a_large_script_arrives_whole() throws Exception {
    script("large.sh", "#!/bin/sh\n" + "# 0123456789\n".repeat(20_000) + "echo end\n");
    assertEquals("end\n", apply("- script: large.sh").result().get("stdout"));
  }

  @Test
  void what_is_encrypted_is_not_run_as_a_script() throws Exception {
    script("secret.sh", "$ANSIBLE_VAULT;1.1;AES256\n00\n");
    Outcome failed = apply("- script: secret.sh");
    assertTrue(failed.message().contains("this vault text cannot be read"), failed.message());
  }

  @Test
  void a_script_that_is_not_there_is_told_with_the_places_looked_at() throws Exception {
    Outcome failed = apply("- script: none.sh a b");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("there is no file 'none.sh' here"), failed.message());
  }

  @Test
  void a_raw_line_is_the_shells_own_and_keeps_its_line_ends() throws Exception {
    Outcome changed = apply("- raw: printf 'a b\\n\\n' | cat; echo e >&2");
    assertEquals(Status.CHANGED, changed.status());
    assertEquals("a b\n\n", changed.result().get("stdout"));
    assertEquals(List.of("a b", ""), changed.result().get("stdout_lines"));
    assertEquals("e\n", changed.result().get("stderr"));
    assertEquals(
        "1\n",
        apply("- raw: echo \"${BASH_VERSINFO:+1}\" executable=/bin/bash").result().get("stdout"));
    Outcome failed = apply("- raw: exit 3");
    assertEquals("non-zero return code", failed.message());
    assertEquals(3L, failed.result().get("rc"));
  }

  @Test
  void a_check_skips_a_raw_line_unless_its_author_says_that_it_changes_nothing() throws Exception {
    LocalHost host = new LocalHost(folder);
    assertEquals(Status.SKIPPED, host.check("- raw: touch {{ dir }}/ran").status());
    assertTrue(Files.notExists(folder.resolve("ran")));
    Outcome asked = host.check("- raw: echo read\n  changed_when: false\n  check_mode: false");
    assertEquals("read\n", asked.result().get("stdout"));
  }
}
