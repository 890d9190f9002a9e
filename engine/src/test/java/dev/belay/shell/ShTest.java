package dev.belay.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShTest {

  @Test
  void a_plain_word_needs_no_quotes() {
    assertEquals("ln -sfT -- /opt/a /usr/b", Sh.of("ln -sfT -- {} {}", "/opt/a", "/usr/b").text());
  }

  @Test
  void a_list_becomes_its_quoted_members() {
    assertEquals("cat -- a 'b c' ''", Sh.of("cat -- {}", List.of("a", "b c", "")).text());
  }

  @Test
  void holes_and_arguments_must_match() {
    assertThrows(IllegalArgumentException.class, () -> Sh.of("echo {}"));
    assertThrows(IllegalArgumentException.class, () -> Sh.of("echo", "a"));
  }

  @Test
  void a_nul_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> Sh.of("echo {}", "a\0b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; touch canary; '",
        "$(touch canary)",
        "`touch canary`",
        "a\nb",
        "-rf",
        "~",
        "*",
        "\"",
        "\\",
        "中文 ü",
        "a'b\"c\\d$e",
      })
  void every_text_arrives_as_one_argument(String hostile) throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", Sh.of("printf %s {}", hostile).text()).start();
    assertEquals(
        hostile, new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }
}
