package dev.belay.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.problem.Problems;
import dev.belay.value.None;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlTest {
  private final Problems problems = new Problems();

  private Node read(String text) {
    return Yaml.read("site.yml", text, problems).orElseThrow();
  }

  private Object value(String scalar) {
    return ((Node.Scalar) ((Node.Mapping) read("k: " + scalar)).value("k").orElseThrow()).value();
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true",
    "off, false",
    "y, y",
    "0644, 420",
    "08, 08",
    "0x1F, 31",
    "1_000, 1000",
    "12:30:45, 45045",
    "1e3, 1e3",
    "1.5e+3, 1500.0",
    "'''0644''', 0644",
    "2024-01-01, 2024-01-01",
    "0o644, 0o644",
  })
  void words_mean_what_they_mean_to_ansible(String written, String meant) {
    assertEquals(meant, value(written).toString());
  }

  @Test
  void nothing_is_null() {
    assertEquals(None.NONE, value(""));
    assertEquals(None.NONE, value("~"));
  }

  @Test
  void a_character_of_a_scalar_knows_its_place() {
    Node.Mapping map = (Node.Mapping) read("a: 1\nb: \"x {{ y }}\"\nc: |\n  one\n  two\n");
    Node.Scalar quoted = (Node.Scalar) map.value("b").orElseThrow();
    Node.Scalar block = (Node.Scalar) map.value("c").orElseThrow();
    assertEquals("site.yml:2:9", quoted.source().at(4).toString());
    assertEquals("site.yml:5:3", block.source().at(4).toString());
  }

  @Test
  void a_key_that_stands_twice_is_told_with_both_places() {
    read("a: 1\nb: 2\na: 3\n");
    assertEquals(
        "site.yml:3:1: 'a' stands here a second time, first at line 1; the last one counts; remove one of the two",
        problems.sorted().get(0).toString());
  }

  @Test
  void what_is_inside_an_unsafe_list_is_no_template() {
    Node list = read("!unsafe ['{{ x }}', {a: '{{ y }}'}]\n");
    assertEquals("[{{ x }}, {a={{ y }}}]", NodeValues.of(list, problems).toString());
    assertEquals(NodeValues.plain(list), NodeValues.of(list, problems));
  }

  @Test
  void a_template_without_quotes_is_told() {
    read("name: {{ x }}\n");
    assertTrue(
        problems.sorted().get(0).toString().contains("must be in quotes"),
        problems.sorted().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [1, 2",
        "a:\n\t- b",
        "a: \u0000",
        "a: *nowhere",
        "- a\n- b\nc: d",
        "a: !!python/object:os.system x",
        "a: &x [*x]",
      })
  void broken_files_are_problems_and_never_exceptions(String text) {
    Optional<Node> node = Yaml.read("bad.yml", text, problems);
    assertTrue(!problems.isEmpty(), "no problem for " + node);
  }

  @Test
  void nesting_without_end_is_a_problem_and_no_overflow() {
    Yaml.read("deep.yml", "[".repeat(20_000), problems);
    assertTrue(problems.sorted().get(0).toString().contains("deep"), problems.sorted().toString());
  }

  @Test
  void an_alias_bomb_costs_little_and_is_refused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [*a")
          .append(i - 1)
          .append(", *a")
          .append(i - 1)
          .append("]\n");
    }
    Problems problems = new Problems();
    Yaml.read("bomb.yml", bomb.toString(), problems);
    assertEquals(
        "bomb.yml:1:1: the anchors of this file stand for more than 500000 values; write them out, or use fewer",
        problems.sorted().get(0).toString());
  }

  @Test
  void a_file_without_end_is_refused_by_its_size() {
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    Yaml.read(Path.of("/dev/zero"), problems);
    assertEquals(
        "/dev/zero: this file is larger than 8388608 bytes; split it",
        problems.sorted().get(0).toString());
  }

  @Test
  void what_would_take_more_memory_than_a_file_may_is_refused() {
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < 900_000; i++) {
      many.append(i).append("a,");
    }
    Yaml.read("many.yml", many.append("]").toString(), problems);
    assertEquals(
        "many.yml: what stands in this file takes more than 88 MB of memory; split it",
        problems.sorted().get(0).toString());
  }

  @Test
  void a_character_behind_a_tag_knows_its_place() {
    Node.Mapping map = (Node.Mapping) read("\uD83D\uDE00: 1\nb: !unsafe &x \"x y\"\nc: *x\n");
    Node.Scalar tagged = (Node.Scalar) map.value("b").orElseThrow();
    assertEquals("site.yml:2:4", tagged.at().toString());
    assertEquals("site.yml:2:18", tagged.source().at(2).toString());
    assertEquals(tagged, map.value("c").orElseThrow());
  }

  @Test
  void what_a_key_has_itself_wins_over_what_is_merged_and_the_first_merged_over_later_ones() {
    Node map = read("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}\n");
    assertEquals(
        "{x=3, y=1, z=2}",
        NodeValues.plain(((Node.Mapping) map).value("c").orElseThrow()).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "a: *nowhere, bad.yml:1:4: there is no anchor '&nowhere' before this",
    "a: &x [*x], bad.yml:1:8: this anchor is used inside of what it stands for",
    "a: &x {<<: *x}, bad.yml:1:12: this anchor is used inside of what it stands for",
    "a: {<<: b}, bad.yml:1:9: '<<' merges mappings; and this is none",
    "'[a, b]: c', bad.yml:1:1: a list or mapping cannot be a key",
  })
  void anchors_and_keys_that_make_no_sense_are_told_at_their_place(String text, String told) {
    Yaml.read("bad.yml", text, problems);
    String first = problems.sorted().get(0).toString().replace("mappings,", "mappings;");
    assertTrue(first.startsWith(told), first);
  }

  @Test
  void a_second_document_is_told() {
    Yaml.read("two.yml", "a: 1\n---\nb: 2\n", problems);
    assertEquals(
        "two.yml:2:1: a second document begins here; put it in its own file",
        problems.sorted().get(0).toString());
  }
}
