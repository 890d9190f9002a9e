package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of variables as data, and the page that is made of it. */
final class EnvSchemaTest {
  private static final Path PAGE = Path.of("../docs/ascend-environment.md");
  private final EnvSchema schema = EnvSchema.builtin();

  @Test
  void the_page_is_what_the_schema_says() throws IOException {
    if (Boolean.getBoolean("belay.update")) {
      Files.writeString(PAGE, EnvPage.of(schema));
    }
    assertTrue(Files.exists(PAGE), "missing: run with -Dbelay.update=true");
    assertEquals(EnvPage.of(schema), Files.readString(PAGE));
  }

  @Test
  void every_variable_says_what_it_is_for_and_where_that_is_known_from() {
    assertTrue(schema.variables().size() > 40, "variables were not found");
    schema
        .variables()
        .values()
        .forEach(
            variable -> {
              assertFalse(variable.what().isBlank(), variable.name());
              assertFalse(variable.from().isBlank(), variable.name());
              assertFalse(variable.byDefault().isBlank(), variable.name());
              boolean judged = !(variable.type() instanceof EnvType.Anything);
              assertEquals(judged, !variable.otherwise().isBlank(), variable.name());
            });
  }

  @Test
  void every_rule_is_about_known_variables_and_processors() {
    ImmutableSet<String> socs =
        Arrays.stream(Soc.values()).map(Soc::word).collect(ImmutableSet.toImmutableSet());
    for (EnvRule rule : schema.rules()) {
      assertFalse(rule.from().isBlank(), rule.why());
      assertTrue(socs.containsAll(rule.socs()), rule.why() + rule.socs());
      for (EnvRule.Condition condition : rule.conditions()) {
        assertTrue(
            schema.variables().containsKey(condition.variable())
                || condition.variable().equals("LD_PRELOAD"),
            condition.variable());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "910b4,910b",
    "Ascend910B4,910b",
    "ascend910b1,910b",
    "A2,910b",
    "ascend910_9392,910_93",
    "A3,910_93",
    "310P3,310p",
    "Ascend 310P,310p",
    "ascend950,950",
    "910_9589,950",
    "910ProB,910",
    "910A,910"
  })
  void a_processor_has_many_names(String name, String word) {
    assertEquals(word, Soc.of(name).word());
  }

  @Test
  void an_empty_environment_is_fine_everywhere() {
    for (Soc soc : Soc.values()) {
      assertEquals(
          EnvSchema.Findings.NONE, schema.check(Map.of(), soc, EnvSchema.Scope.GLOBAL), soc.word());
    }
  }
}
