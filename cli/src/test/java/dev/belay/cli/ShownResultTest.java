package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.modules.BuiltinModules;
import dev.belay.value.Unknown;
import org.junit.jupiter.api.Test;

/** What of results goes into the JSON lines. */
final class ShownResultTest {
  private static final ShownResult.Filter FILTER = new ShownResult.Filter(BuiltinModules.all());

  private static ImmutableMap<String, Object> shown(
      String module, ImmutableMap<String, Object> result) {
    return FILTER.of(module, result).values();
  }

  @Test
  void documented_values_and_those_of_settings_are_shown_and_no_others() {
    assertEquals(
        ImmutableMap.of("policies", ImmutableMap.of("policy0", "performance"), "next_boot", "x"),
        shown(
            "cpufreq",
            ImmutableMap.of(
                "policies",
                ImmutableMap.of("policy0", "performance"),
                "next_boot",
                "x",
                "inner",
                "y")));
    assertEquals(
        ImmutableMap.of("live", 60L, "persisted", ""),
        shown("sysctl", ImmutableMap.of("live", 60L, "persisted", "")));
  }

  @Test
  void facts_are_not_shown_for_they_may_be_the_playbooks_secrets() {
    ImmutableMap<String, Object> facts =
        ImmutableMap.of("ansible_facts", ImmutableMap.of("password", "hunter2"));
    assertEquals(ImmutableMap.of(), shown("set_fact", facts));
    assertEquals(ImmutableMap.of(), shown("setup", facts));
  }

  @Test
  void large_values_are_named_and_left_out() {
    ShownResult result =
        FILTER.of(
            "command",
            ImmutableMap.of("stdout", "x".repeat(ShownResult.VALUE_LIMIT + 1), "rc", 0L));
    assertEquals(ImmutableMap.of("rc", 0L), result.values());
    assertEquals(ImmutableList.of("stdout"), result.omitted());
  }

  @Test
  void what_a_check_cannot_know_is_left_out() {
    assertEquals(
        ImmutableMap.of(),
        shown("command", ImmutableMap.of("rc", new Unknown("it depends on 'command'"))));
  }

  @Test
  void a_password_in_an_address_is_not_shown() {
    assertEquals(
        ImmutableMap.of("url", "https://***@host/file@1"),
        shown("get_url", ImmutableMap.of("url", "https://me:hunter2@host/file@1")));
  }
}
