package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a real shell, and what a check says of them. */
final class CommandOnThisMachineTest {
  @TempDir Path folder;

  private Outcome apply(String task) throws Exception {
    return new LocalHost(folder).apply(task);
  }

  private Outcome check(String task) throws Exception {
    return new LocalHost(folder).check(task);
  }

  @Test
  void a_check_skips_a_command_and_says_that_it_would_have_run() throws Exception {
    Outcome skipped = check("- command: touch '{{ dir }}/made'");
    assertEquals(Status.SKIPPED, skipped.status());
    assertEquals("Command would have run if not in check mode", skipped.result().get("msg"));
    assertFalse(Files.exists(folder.resolve("made")));
  }

  @Test
  void a_check_foretells_a_command_that_says_what_it_makes() throws Exception {
    String task = "- command: {cmd: touch made, creates: made}";
    Outcome foretold = check(task);
    assertEquals(Status.WOULD_CHANGE, foretold.status());
    assertEquals("Command would have run if not in check mode", foretold.result().get("msg"));
    assertEquals(Status.CHANGED, apply(task).status());
    assertEquals(Status.OK, check(task).status());
  }

  @Test
  void a_boolean_as_the_path_that_decides_is_its_word() throws Exception {
    assertEquals(Status.CHANGED, apply("- command: {cmd: touch True, creates: yes}").status());
    assertEquals(Status.OK, apply("- command: {cmd: touch True, creates: yes}").status());
  }

  @Test
  void another_shell_for_command_is_not_used_and_told_of() throws Exception {
    Outcome done = apply("- command: {cmd: echo x, executable: /no/such/shell}");
    assertEquals("x", done.result().get("stdout"));
    assertEquals(1, ((ImmutableList<?>) done.result().get("warnings")).size());
    assertTrue(done.remarks().toString().contains("no longer supported"));
    assertEquals(
        Status.FAILED, apply("- shell: {cmd: echo x, executable: /no/such/shell}").status());
  }

  @Test
  void a_task_without_a_command_or_with_two_fails_with_status_256() throws Exception {
    Outcome none = apply("- command: {chdir: /}\n  ignore_errors: true");
    assertEquals("no command given", none.message());
    assertEquals(256L, none.result().get("rc"));
    Outcome two = apply("- command: {cmd: echo a, argv: [echo, b]}\n  ignore_errors: true");
    assertEquals("only command or argv can be given, not both", two.message());
    assertEquals(256L, two.result().get("rc"));
  }

  @Test
  void a_folder_that_is_not_there_is_told_as_the_reason() throws Exception {
    Outcome failed = apply("- command: {cmd: touch made, chdir: nowhere}\n  ignore_errors: true");
    assertTrue(failed.message().contains("Unable to change directory"), failed.message());
    assertFalse(Files.exists(folder.resolve("made")));
  }

  @Test
  void a_link_to_the_folder_is_followed() throws Exception {
    Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    Outcome done = apply("- shell: {cmd: basename \"$PWD\", chdir: link}");
    assertEquals("real", done.result().get("stdout"));
  }

  @Test
  void words_have_the_hosts_variables_and_homes_and_nothing_else_of_the_shell() throws Exception {
    Outcome done =
        apply(
            """
            - command:
                argv: [printf, '%s|', $ONE, 'a${ONE}b', $NOT_SET, 'x${NOT_SET}y', '~', ~root/x, a~, $1, '$(id)', '`id`', '*']
              environment: {ONE: "1 '2' $HOME", HOME: /at/home}
            """);
    assertEquals(
        "1 '2' $HOME|a1 '2' $HOMEb|$NOT_SET|x${NOT_SET}y|/at/home|/root/x|a~|$1|$(id)|`id`|*|",
        done.result().get("stdout"));
  }

  @Test
  void the_end_of_a_text_is_before_the_line_end_that_ends_it() {
    assertEquals("OK(?=\\n?\\z)", WholeText.pattern("OK$"));
    assertEquals("\\$[$]x", WholeText.pattern("\\$[$]x"));
  }
}
