package dev.belay.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.ProblemsException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hosts and groups that a run adds. */
final class InventoryAdditionTest {
  private final Inventory before = InventoryReader.read(List.of("h1,h2,"));

  @Test
  void a_new_host_is_in_its_groups_and_has_its_variables() {
    Inventory after = before.withHost("n1", List.of("new", "other"), ImmutableMap.of("a", 1L));
    assertEquals(List.of("new", "other"), after.groupsOf("n1"));
    assertEquals(1L, after.variables("n1").get("a"));
    assertEquals(List.of("n1", "h1", "h2"), after.hostsOf("all"));
    assertEquals(List.of("h1", "h2"), after.hostsOf("ungrouped"));
    assertEquals(List.of("h1", "h2"), before.hostsOf("all"));
  }

  @Test
  void a_new_host_without_groups_is_ungrouped() {
    Inventory after = before.withHost("n1", List.of(), ImmutableMap.of());
    assertEquals(List.of("h1", "h2", "n1"), after.hostsOf("ungrouped"));
  }

  @Test
  void a_host_that_is_there_gets_what_is_new() {
    Inventory after = before.withHost("h1", List.of("g"), ImmutableMap.of("a", 1L));
    assertEquals(List.of("g"), after.groupsOf("h1"));
    assertEquals(List.of("h2"), after.hostsOf("ungrouped"));
    Inventory again = after.withHost("h1", List.of("g"), ImmutableMap.of("a", 2L));
    assertEquals(2L, again.variables("h1").get("a"));
    assertSame(again, again.withHost("h1", List.of("g"), ImmutableMap.of("a", 2L)));
  }

  @Test
  void a_host_is_grouped_by_a_value() {
    Inventory after = before.withMember("h1", "os_x", List.of("systems"));
    assertEquals(List.of("os_x", "systems"), after.groupsOf("h1"));
    assertEquals(List.of("h1"), after.hostsOf("systems"));
    assertSame(after, after.withMember("h1", "os_x", List.of("systems")));
    assertThrows(ProblemsException.class, () -> after.withMember("h1", "systems", List.of("os_x")));
    assertThrows(ProblemsException.class, () -> after.withMember("h9", "g", List.of()));
  }

  @Test
  void the_machine_that_one_sits_at_can_be_grouped_and_is_no_member_of_all() {
    Inventory after = before.withMember("localhost", "here", List.of());
    assertEquals(List.of("localhost"), after.hostsOf("here"));
    assertEquals(List.of("h1", "h2"), after.hostsOf("all"));
    assertEquals(List.of("here"), after.groupsOf("localhost"));
  }

  @Test
  void a_name_that_could_be_an_option_is_refused() {
    assertThrows(
        ProblemsException.class,
        () -> before.withHost("-oProxyCommand=x", List.of(), ImmutableMap.of()));
  }
}
