package dev.belay.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Plan;
import dev.belay.module.Probe;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import dev.belay.yaml.Node;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Tasks that are written on one line, or as a block of them, mean what they mean in Ansible. */
final class LineWordsTest {
  private record Nothing() implements Resource<String> {
    @Override
    public Probe<String> probe() {
      return Probe.nothing("");
    }

    @Override
    public Plan plan(String seen) {
      return Plan.satisfied();
    }
  }

  private static final ModuleSpec SHELL =
      ModuleSpec.named("ansible.builtin", "shell")
          .summary("Runs a line.")
          .freeForm("cmd")
          .parameters(Parameter.optional("cmd", Type.SCALAR, "The line."))
          .makes(args -> new Nothing());

  private static final ModuleSpec COPY =
      ModuleSpec.named("ansible.builtin", "copy")
          .summary("Copies.")
          .parameters(Parameter.optional("content", Type.SCALAR, "What."))
          .makes(args -> new Nothing());

  private static Map<String, String> read(ModuleSpec module, String text) {
    Map<String, String> texts = new TreeMap<>();
    parameters(module, text).forEach((key, node) -> texts.put(key, ((Node.Scalar) node).text()));
    return texts;
  }

  private static ImmutableMap<String, Node> parameters(ModuleSpec module, String text) {
    SourceMap source = SourceMap.plain(text, new Position("site.yml", 1, 1));
    return KeyValues.read(module, new Node.Scalar(text, text, "", source)).parameters();
  }

  private static String command(String text) {
    Map<String, String> read = read(SHELL, text);
    assertEquals(Map.of("cmd", read.get("cmd")), read);
    return read.get("cmd");
  }

  @Test
  void a_backslash_at_the_end_of_a_line_joins_it_to_the_next() {
    assertEquals(
        "echo this is a    \"multi\" \"x\ny\" a b echo last\n",
        command("echo this is a \\\n    \"multi\" \\\n\"x\ny\" a \\ b\necho last\n"));
  }

  @Test
  void blanks_and_lines_of_a_block_stay_as_they_are() {
    String text = "cat <<EOF\nOne\n  Two\n\n    Three  and\tfour\nEOF\n";
    assertEquals(text, command(text));
  }

  @Test
  void parameters_stand_in_lines_of_their_own() {
    assertEquals(
        Map.of("executable", "/bin/bash", "creates", "{{ dir }}/a file", "cmd", "echo \"x\"\n"),
        read(SHELL, "executable=\"/bin/bash\"\ncreates='{{ dir }}/a file'\necho \"x\"\n"));
  }

  @Test
  void a_parameter_takes_the_blanks_behind_it_along() {
    assertEquals(
        Map.of("creates", "/none", "cmd", "echo  two   spaces    foo"),
        read(SHELL, "echo  two   spaces    creates=/none   foo"));
  }

  @Test
  void an_escaped_equals_sign_makes_no_parameter_and_loses_its_backslash() {
    assertEquals("sed 's/a=b/'", command("sed 's/a\\=b/'"));
    assertEquals("x=1 env", command("x=1 env"));
  }

  @Test
  void escapes_of_a_value_are_read_and_those_of_a_command_are_not() {
    assertEquals(
        Map.of("content", "a\tb\nc \"q\" \u00e9 \\d", "dest", "/x"),
        read(COPY, "dest=/x content=\"a\\tb\\nc \\\"q\\\" \\xe9 \\d\""));
    assertEquals("echo \"a\\tb\"", command("echo \"a\\tb\""));
  }

  @Test
  void braces_hold_blanks_and_quotes_together() {
    assertEquals(
        Map.of("chdir", "{{ a | default('x y') }}", "cmd", "ls {{ b['c d'] }}"),
        read(SHELL, "ls {{ b['c d'] }} chdir={{ a | default('x y') }}"));
  }

  @Test
  void a_quote_without_an_end_leaves_the_text_whole() {
    assertEquals("echo it's  so\nand on\n", command("echo it's  so\nand on\n"));
  }

  @Test
  void each_character_is_known_by_its_place() {
    Node.Scalar command =
        (Node.Scalar) parameters(SHELL, "creates=/x echo \\\n  {{ y }}").get("cmd");
    int at = command.text().indexOf("{{");
    assertTrue(at > 0, command.text());
    assertEquals(new Position("site.yml", 2, 3), command.source().at(at));
    Node.Scalar content = (Node.Scalar) parameters(COPY, "content='a\\n{{ y }}'").get("content");
    assertEquals(new Position("site.yml", 1, 13), content.source().at(2));
  }
}
