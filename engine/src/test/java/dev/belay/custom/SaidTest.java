package dev.belay.custom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.shell.Output;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a program prints, and what is made of it. */
final class SaidTest {
  private static Acted said(int status, String out, String err) {
    return new Said(new Output(status, out, err)).acted();
  }

  private static Acted said(String out) {
    return said(0, out, "");
  }

  private static String failure(Acted acted) {
    return acted.failure().orElseThrow();
  }

  @Test
  void a_json_object_is_the_result() {
    Acted acted = said("{\"changed\": true, \"n\": [1, 2.5, null]}\n");
    assertEquals(Acted.Effect.CHANGED, acted.effect());
    assertEquals(Optional.empty(), acted.failure());
    assertEquals("[1, 2.5, None]", acted.values().get("n").toString());
  }

  @Test
  void what_is_printed_around_it_is_no_part_of_it_and_what_follows_is_told() {
    Acted acted = said("motd\n[ a list ]\n  {\n  \"msg\": \"{\"\n }\nmore\n\nand more\n");
    assertEquals(ImmutableMap.of("msg", "{"), acted.values());
    assertEquals(Acted.Effect.UNCHANGED, acted.effect());
    assertEquals(1, acted.remarks().size());
    assertTrue(acted.remarks().get(0).text().endsWith("more  and more"), acted.toString());
  }

  @Test
  void of_two_objects_none_is_believed() {
    assertTrue(failure(said("{\"a\": 1}\n{\"b\": 2}\n")).startsWith("MODULE FAILURE: what it"));
  }

  @Test
  void no_json_is_a_failure_that_shows_what_was_printed() {
    Acted acted = said(3, "hello\n", "No space left\n");
    assertEquals(
        "MODULE FAILURE: it printed no JSON object, and ended with status 3: No space left",
        failure(acted));
    assertEquals(
        ImmutableMap.of("module_stdout", "hello\n", "module_stderr", "No space left\n", "rc", 3L),
        acted.values());
    for (String broken : ImmutableList.of("", "{", "}", "{\"a\": }", "} {", "{\n", "[1]", "{}}")) {
      assertTrue(said(broken).failure().isPresent(), broken);
    }
    Acted cut = new Said(new Output(0, "{}", "", 7)).acted();
    assertTrue(failure(cut).contains("more than is read"), failure(cut));
  }

  @Test
  void it_failed_where_it_says_so_or_where_its_rc_does() {
    assertEquals("no", failure(said("{\"failed\": true, \"msg\": \"no\"}")));
    assertEquals("no", failure(said("{\"failed\": \"yes\", \"msg\": \"no\"}")));
    assertTrue(failure(said("{\"failed\": 1}")).contains("not why"));
    assertEquals("[1]", failure(said("{\"rc\": 2, \"msg\": [1]}")));
    assertEquals(Optional.empty(), said("{\"rc\": 2, \"failed\": false}").failure());
    assertEquals(Optional.empty(), said("{\"rc\": \"0\"}").failure());
    assertEquals(Optional.empty(), said(1, "{\"changed\": false}", "").failure());
  }

  @Test
  void it_may_be_skipped() {
    assertEquals(Acted.Effect.SKIPPED, said("{\"skipped\": true, \"msg\": \"x\"}").effect());
    assertEquals(Acted.Effect.UNCHANGED, said("{\"skipped\": null}").effect());
  }

  @Test
  void lines_are_added_internal_words_go_and_warnings_are_told() {
    Acted acted =
        said(
            "{\"stdout\": \"a\\nb\\n\", \"stderr\": null, \"_ansible_x\": 1,"
                + " \"deep\": {\"_ansible_y\": 1, \"z\": 1}, \"warnings\": [\"look out\"]}");
    assertEquals(ImmutableList.of("a", "b"), acted.values().get("stdout_lines"));
    assertEquals(ImmutableList.of(), acted.values().get("stderr_lines"));
    assertEquals(ImmutableMap.of("z", 1L), acted.values().get("deep"));
    assertTrue(!acted.values().containsKey("_ansible_x"));
    assertEquals("look out", acted.remarks().get(0).text());
  }

  @Test
  void text_of_a_host_is_never_a_template() {
    assertEquals("{{ x }}", said("{\"msg\": \"{{ x }}\"}").values().get("msg"));
  }
}
