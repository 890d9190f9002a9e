package dev.belay.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What outputs show of texts that must not be shown. */
final class SecretsTest {
  private final Secrets secrets = new Secrets();

  @Test
  void a_secret_is_masked_wherever_it_stands() {
    secrets.keep("swordfish");
    assertEquals("a********b ********", secrets.masked("aswordfishb swordfish"));
  }

  @Test
  void a_short_one_is_masked_as_a_word_only() {
    secrets.keep("42");
    assertEquals("port ********, not 4242 or x42", secrets.masked("port 42, not 4242 or x42"));
  }

  @Test
  void the_longest_one_goes_first() {
    secrets.keep("sword-fish");
    secrets.keep("sword-fish-and-chips");
    assertEquals("********", secrets.masked("sword-fish-and-chips"));
  }

  @Test
  void it_is_masked_in_base64_too() {
    secrets.keep("swordfish\n");
    assertEquals("******** ********", secrets.masked("c3dvcmRmaXNo c3dvcmRmaXNoCg=="));
  }

  @Test
  void each_long_line_of_one_with_many_lines_is_one() {
    secrets.keep("-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA\nab\n");
    assertEquals("+ ********\n+ ab", secrets.masked("+ MIIEpAIBAAKCAQEA\n+ ab"));
  }

  @Test
  void values_are_masked_deep_inside_of_others() {
    secrets.keep("swordfish");
    secrets.keep("123456");
    Object value =
        ImmutableMap.of("a", ImmutableList.of("swordfish", 7L, 123456L), "swordfish", true);
    assertEquals(
        Map.of("a", List.of("********", 7L, "********"), "********", true), secrets.masked(value));
  }

  @Test
  void of_a_whole_file_what_is_short_or_a_flag_is_no_secret() {
    secrets.keepAll(
        ImmutableMap.of(
            "flag",
            true,
            "count",
            1L,
            "yes",
            "no",
            "key",
            "abcd",
            "list",
            ImmutableList.of(4321L)));
    assertEquals("True 1 no ******** ********", secrets.masked("True 1 no abcd 4321"));
  }

  @Test
  void an_empty_secret_masks_nothing() {
    secrets.keep("");
    secrets.keep(" \n");
    assertEquals("as it is", secrets.masked("as it is"));
  }
}
