package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
 * What one host says is data for the others too, and what comes of the environment or out of a
 * host's mistakes is never a template.
 */
@Timeout(120)
final class OtherHostsTextTest {
  @TempDir Path folder;

  private String said = "";

  private String evil() {
    return "first\n{{ lookup('pipe', 'touch " + folder + "/canary') }}\n{% set x = 1 %}";
  }

  private void run(String tasks) throws IOException {
    Files.writeString(folder.resolve("evil"), evil());
    String play = "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4);
    Path file =
        Files.writeString(folder.resolve("site.yml"), play.replace("DIR", folder.toString()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
    Main.run(
        new String[] {"run", file.toString(), "-i", "one,two,", "-c", "local"},
        Map.of("HOME", folder.toString(), "EVIL", evil()),
        both,
        both);
    said = out.toString(StandardCharsets.UTF_8);
    assertFalse(Files.exists(folder.resolve("canary")), said);
  }

  @Test
  void a_text_of_several_lines_of_another_host_stays_as_it_is() throws IOException {
    run(
        """
        - command: cat DIR/evil
          register: said
          when: inventory_hostname == 'one'
        - copy: {content: "{{ hostvars['one'].said.stdout }}", dest: DIR/written}
          when: inventory_hostname == 'two'
        - debug: {msg: "{{ hostvars | dict2items | map(attribute='value') | list }}"}
        - add_host: {name: three, said: "{{ hostvars['one'].said.stdout }}"}
        - copy: {content: "{{ hostvars['three'].said }}", dest: DIR/third}
        """);
    assertEquals(evil(), Files.readString(folder.resolve("written")), said);
    assertEquals(evil(), Files.readString(folder.resolve("third")), said);
  }

  @Test
  void what_the_environment_holds_stays_as_it_is() throws IOException {
    run("- copy: {content: \"{{ lookup('env', 'EVIL') }}\", dest: DIR/written}\n");
    assertEquals(evil(), Files.readString(folder.resolve("written")), said);
  }

  @Test
  void a_mistake_and_a_difference_show_it_and_do_not_read_it() throws IOException {
    run(
        """
        - shell: cat DIR/evil >&2; exit 1
          register: failed
          ignore_errors: true
        - debug: {msg: "{{ failed.stderr }} {{ failed.msg }}"}
        - copy: {content: x, dest: DIR/evil}
          diff: true
          check_mode: true
        - fail: {msg: "{{ failed.stderr_lines }}"}
          ignore_errors: true
        """);
    assertFalse(said.contains("internal error"), said);
  }
}
