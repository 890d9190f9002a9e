package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import dev.belay.modules.BuiltinModules;
import dev.belay.playbook.Block;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Play;
import dev.belay.playbook.PlaybookReader;
import dev.belay.playbook.Statement;
import dev.belay.playbook.Task;
import dev.belay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The playbooks that come with Belay, and the table that says which line of the guide each does.
 */
final class GuideCoverageTest {
  private static final Path PLAYBOOKS = Path.of("../playbooks");
  private static final Path TABLE = Path.of("../docs/guide-coverage.md");
  private static final int LINES_OF_THE_GUIDE = 268;

  /** Tasks that do nothing of the guide, and that others hang on. */
  private static final ImmutableSet<String> LOOKS =
      ImmutableSet.of("Look at the machine", "Ask the driver which NPUs these are");

  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+)-(\\d+) \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|(.*)\\|");

  static Stream<Path> playbooks() throws IOException {
    return Files.list(PLAYBOOKS).filter(file -> file.toString().endsWith(".yml")).sorted();
  }

  private static List<Task> tasks(Path playbook) {
    Problems problems = new Problems();
    List<Task> tasks = new ArrayList<>();
    for (Play play :
        new PlaybookReader(new ModuleCatalog(BuiltinModules.all()), problems)
            .read(playbook)
            .plays()) {
      play.sections().forEach(section -> add(section, tasks));
      tasks.addAll(play.handlers());
    }
    problems.throwIfAny();
    return tasks;
  }

  private static void add(List<? extends Statement> statements, List<Task> tasks) {
    for (Statement statement : statements) {
      if (statement instanceof Task task) {
        tasks.add(task);
      } else if (statement instanceof Block block) {
        add(block.body(), tasks);
        add(block.rescue(), tasks);
        add(block.always(), tasks);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("playbooks")
  void every_task_says_where_its_value_comes_from_and_why(Path playbook) {
    List<Task> tasks = tasks(playbook);
    assertFalse(tasks.isEmpty());
    for (Task task : tasks) {
      assertTrue(task.source().isPresent() && task.why().isPresent(), task.title());
    }
  }

  /** A comment stands before each variable of a play, or before the block of them it is in. */
  @ParameterizedTest
  @MethodSource("playbooks")
  void every_variable_is_explained(Path playbook) throws IOException {
    boolean inVars = false;
    boolean explained = false;
    int variables = 0;
    for (String line : Files.readAllLines(playbook)) {
      if (line.matches("  \\w.*")) {
        inVars = line.startsWith("  vars:");
      } else if (inVars && line.isBlank()) {
        explained = false;
      } else if (inVars && line.strip().startsWith("#")) {
        explained = true;
      } else if (inVars && line.matches("    \\w+:.*")) {
        variables++;
        assertTrue(explained || line.contains(" # "), playbook + ": " + line);
      }
    }
    assertTrue(variables > 0, playbook + " has no variables: are they seen at all?");
  }

  private record Row(int from, int to, String tasks, String difference) {}

  private static List<Row> rows(List<String> lines) {
    List<Row> rows = new ArrayList<>();
    for (String line : lines) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(
            new Row(
                Integer.parseInt(row.group(1)),
                Integer.parseInt(row.group(2)),
                row.group(5).strip(),
                row.group(6).strip()));
      }
    }
    return rows;
  }

  private static void checkLines(List<Row> rows) {
    int next = 1;
    for (Row row : rows) {
      assertEquals(next, row.from, "the row that begins with line " + row.from);
      next = row.to + 1;
    }
    assertEquals(LINES_OF_THE_GUIDE + 1, next, "the last line of the guide");
  }

  @Test
  void every_line_of_the_guide_is_in_the_table() throws IOException {
    checkLines(rows(Files.readAllLines(TABLE)));
  }

  @Test
  void a_line_that_is_missing_is_seen() throws IOException {
    List<Row> rows = new ArrayList<>(rows(Files.readAllLines(TABLE)));
    rows.remove(rows.size() / 2);
    assertThrows(AssertionError.class, () -> checkLines(rows));
  }

  @Test
  void every_task_of_the_table_exists_and_every_task_of_the_guides_playbooks_is_in_it()
      throws IOException {
    Map<String, List<String>> named = new TreeMap<>();
    for (Row row : rows(Files.readAllLines(TABLE))) {
      assertFalse(row.difference.isEmpty(), "line " + row.from + " says nothing of differences");
      tasksOf(row)
          .forEach(
              (book, tasks) -> named.computeIfAbsent(book, b -> new ArrayList<>()).addAll(tasks));
    }
    for (String book : List.of("guide.yml", "python-runtime.yml")) {
      List<String> there = tasks(PLAYBOOKS.resolve(book)).stream().map(Task::title).toList();
      for (String task : named.get(book)) {
        assertTrue(there.contains(task), book + " has no task '" + task + "'");
      }
      for (String task : there) {
        assertTrue(
            named.get(book).contains(task) || LOOKS.contains(task),
            "the table does not name '" + task + "' of " + book);
      }
    }
  }

  private static Map<String, List<String>> tasksOf(Row row) {
    Map<String, List<String>> tasks = new LinkedHashMap<>();
    int colon = row.tasks.indexOf(": ");
    if (colon > 0) {
      tasks.put(
          row.tasks.substring(0, colon),
          Splitter.on(';').trimResults().splitToList(row.tasks.substring(colon + 2)));
    }
    return tasks;
  }
}
