package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each pitfall of the page is held by tests that exist. */
final class PitfallsPageTest {
  private static final Path PAGE = Path.of("../docs/pitfalls.md");
  private static final int PITFALLS = 29;

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.matches("\\| \\d+ \\|.*"))
        .map(line -> Splitter.on('|').trimResults().splitToList(line))
        .toList();
  }

  private static void checkExists(String test) throws IOException {
    if (test.startsWith("plans/")) {
      assertTrue(Files.exists(Path.of("../modules/src/test/resources", test)), test);
      return;
    }
    String[] parts = test.split("\\.", 2);
    assertTrue(sourceOf(parts[0]).contains("void " + parts[1] + "("), test);
  }

  private static String sourceOf(String testClass) throws IOException {
    try (Stream<Path> files =
        Stream.of("../engine", "../modules").flatMap(m -> walk(Path.of(m, "src/test/java")))) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().equals(testClass + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no test class " + testClass));
      return Files.readString(file);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void all_pitfalls_are_there_in_their_order() throws IOException {
    List<List<String>> rows = rows();
    assertEquals(PITFALLS, rows.size());
    for (int i = 0; i < PITFALLS; i++) {
      assertEquals(String.valueOf(i + 1), rows.get(i).get(1));
    }
  }

  @Test
  void every_test_that_the_page_names_exists() throws IOException {
    for (List<String> row : rows()) {
      List<String> tests = Splitter.on(';').trimResults().splitToList(row.get(4));
      assertTrue(tests.get(0).length() > 0, "pitfall " + row.get(1) + " is held by nothing");
      for (String test : tests) {
        checkExists(test);
      }
    }
  }

  @Test
  void a_test_that_does_not_exist_is_seen() {
    assertThrows(AssertionError.class, () -> checkExists("plans/env/no-such-case.yml"));
    assertThrows(AssertionError.class, () -> checkExists("GetUrlTest.no_such_method"));
    assertThrows(AssertionError.class, () -> checkExists("NoSuchTest.method"));
  }
}
