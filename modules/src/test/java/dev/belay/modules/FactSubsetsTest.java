package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gather_subset and filter mean, as ansible-core 2.14 was seen to take them. */
final class FactSubsetsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!hardware | DATE_TIME,DISTRIBUTION",
        "!min | ''",
        "!all | DATE_TIME,DISTRIBUTION",
        "!all !min hardware | HARDWARE",
        "network | DATE_TIME,DISTRIBUTION,NETWORK",
        "all !network | DATE_TIME,DISTRIBUTION,LOADAVG,HARDWARE,VIRTUAL",
        "!date_time | DISTRIBUTION",
        "network !all | DATE_TIME,DISTRIBUTION,NETWORK",
        "!min date_time | DATE_TIME",
        "min | DATE_TIME,DISTRIBUTION",
        "!facter !ohai | DATE_TIME,DISTRIBUTION"
      })
  void words_mean_sections(String words, String sections) {
    ImmutableSet<FactSection> looked =
        ImmutableSet.of(
            FactSection.DATE_TIME,
            FactSection.DISTRIBUTION,
            FactSection.LOADAVG,
            FactSection.HARDWARE,
            FactSection.NETWORK,
            FactSection.VIRTUAL);
    assertEquals(
        sections,
        String.join(
            ",",
            looked.stream()
                .filter(FactSubsets.sections(List.of(words.split(" ")))::contains)
                .map(Enum::name)
                .toList()));
  }

  @Test
  void a_word_that_means_nothing_is_refused_with_the_nearest() {
    String why =
        assertThrows(IllegalArgumentException.class, () -> FactSubsets.sections(List.of("netwrok")))
            .getMessage();
    assertTrue(why.contains("did you mean 'network'?"), why);
    assertThrows(IllegalArgumentException.class, () -> FactSubsets.sections(List.of("facter")));
  }

  @ParameterizedTest
  @CsvSource({
    "distribution,1",
    "ansible_distribution,1",
    "*distribution*,2",
    "dist[r]ibution,1",
    "nothing,0",
    "ansible_d?stribution,1",
    "*,3"
  })
  void a_pattern_fits_names_with_and_without_the_prefix(String pattern, int count) {
    ImmutableMap<String, Object> facts =
        ImmutableMap.of(
            "ansible_distribution", 1, "ansible_distribution_version", 2, "module_setup", true);
    assertEquals(count, FactSubsets.filtered(facts, List.of(pattern)).size());
  }
}
