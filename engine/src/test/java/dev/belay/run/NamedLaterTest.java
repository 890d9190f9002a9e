package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.problem.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of which variables hold the module, or all of its arguments. */
final class NamedLaterTest {
  @TempDir Path folder;

  private TranscriptFleet fleet;
  private Path inventory;

  @BeforeEach
  void twoHosts() throws Exception {
    fleet = new TranscriptFleet(folder, "h1", "h2");
    inventory = folder.resolve("hosts.ini");
    Files.writeString(inventory, "h1 which=deed\nh2 which=set_fact\n");
  }

  private List<String> told(String tasks) throws Exception {
    fleet.run(
        inventory.toString(), "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
    return fleet.told.stream().filter(line -> !line.startsWith("play")).sorted().toList();
  }

  @Test
  void each_host_uses_the_module_that_its_variable_names() throws Exception {
    assertEquals(
        List.of("h1 t: changed", "h2 t: ok"), told("- {name: t, action: '{{ which }} what=it'}\n"));
    assertEquals(List.of("say it"), fleet.deedsOf("h1"));
    assertEquals(List.of(), fleet.deedsOf("h2"));
  }

  @Test
  void the_task_has_all_that_any_task_has() throws Exception {
    assertEquals(
        List.of("h1 done: ok", "h1 t: changed"),
        told(
                """
            - name: t
              action: {module: '{{ which }}', what: '{{ item }}'}
              loop: [a, b]
              register: r
              when: inventory_hostname == 'h1'
            - {name: done, set_fact: {x: '{{ r.results | length }}'}, when: r.results is defined}
            """)
            .stream()
            .filter(line -> line.startsWith("h1"))
            .toList());
    assertEquals(List.of("say a", "say b"), fleet.deedsOf("h1"));
  }

  @Test
  void a_name_that_is_no_module_or_not_there_fails_the_task_on_that_host() throws Exception {
    Files.writeString(inventory, "h1 which=nothing\nh2 which=deed\n");
    assertEquals(
        List.of("h1 back: ok", "h1 t: failed", "h2 t: changed"),
        told(
            """
            - block: [{name: t, action: '{{ which }} what=it'}]
              rescue: [{name: back, set_fact: {x: 1}}]
            """));
    fleet.told.clear();
    assertEquals(
        List.of("h1 t: failed", "h2 t: failed"),
        told("- {name: t, action: '{{ nowhere }} a=b'}\n"));
  }

  @Test
  void no_variable_names_the_module_of_a_handler() {
    ProblemsException refused =
        assertThrows(
            ProblemsException.class,
            () ->
                fleet.run(
                    inventory.toString(),
                    "- hosts: all\n  handlers: [{name: x, action: '{{ which }} what=it'}]\n"));
    assertTrue(refused.problems().toString().contains("no variable can name the module"));
  }

  @Test
  void a_variable_may_hold_all_arguments_and_those_of_the_task_win() throws Exception {
    assertEquals(
        List.of("h1 a: changed", "h1 b: changed", "h1 c: changed", "h1 d: failed"),
        told(
                """
            - set_fact: {all: {what: all}}
              when: inventory_hostname == 'h1'
            - {meta: end_host, when: inventory_hostname == 'h2'}
            - {name: a, deed: '{{ all }}'}
            - {name: b, deed: , args: '{{ all }}'}
            - {name: c, deed: {what: own}, args: '{{ all }}'}
            - {name: d, deed: '{{ which }}'}
            """)
            .stream()
            .filter(line -> line.startsWith("h1") && !line.contains("set_fact"))
            .toList());
    assertEquals(List.of("say all", "say all", "say own"), fleet.deedsOf("h1"));
  }
}
