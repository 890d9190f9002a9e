package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Remark;
import dev.belay.problem.Position;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import dev.belay.run.TaskHeader;
import dev.belay.template.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on reports says what the program does. */
final class ReportsPageTest {
  private static final Path PAGE = Path.of("../docs/reports.md");
  private static final Pattern FIELD =
      Pattern.compile("^\\| ([a-z_]+) \\| ([a-z_]+) \\| .+ \\|$", Pattern.MULTILINE);

  @Test
  void the_tables_are_those_of_the_program() throws IOException {
    String page = Files.readString(PAGE);
    String made = made(page);
    if (Boolean.getBoolean("belay.update")) {
      Files.writeString(PAGE, made);
    }
    assertEquals(made, Files.readString(PAGE));
    assertNotEquals(made(page), page.replace("| 3 |", "| 5 |"), "no wrong code is noticed");
  }

  private static String made(String page) {
    return filled(
        filled(filled(page, "exit codes", exitCodes()), "finding kinds", kinds()),
        "statuses",
        statuses());
  }

  private static String filled(String page, String mark, String table) {
    String begin = "<!-- " + mark + " -->\n";
    assertTrue(page.contains(begin), mark);
    return page.replaceFirst(
        "(?s)" + begin + ".*?<!-- end -->",
        Matcher.quoteReplacement(begin + table + "<!-- end -->"));
  }

  private static String exitCodes() {
    return "| code | meaning |\n| --- | --- |\n"
        + Stream.of(ExitCode.values())
            .map(code -> "| " + code.code() + " | " + code.meaning() + " |\n")
            .collect(Collectors.joining());
  }

  private static String kinds() {
    return "| kind | ends with | meaning |\n| --- | --- | --- |\n"
        + Stream.of(FindingKind.values())
            .map(k -> "| " + k.word() + " | " + k.exit().code() + " | " + k.meaning() + " |\n")
            .collect(Collectors.joining());
  }

  private static String statuses() {
    return "| status | finding | JUnit |\n| --- | --- | --- |\n"
        + Stream.of(Status.values())
            .map(s -> row(s.word(), kind(Events.outcome(s, "")), s))
            .collect(Collectors.joining())
        + row(
            "failed, ignored",
            kind(Events.ignored(Events.outcome(Status.FAILED, ""))),
            Status.FAILED);
  }

  private static Optional<FindingKind> kind(Outcome outcome) {
    return new Findings(RunOptions.Mode.CHECK, Position.of("x"), Findings.Care.NONE)
        .of(outcome).stream().map(found -> found.finding().kind()).findFirst();
  }

  private static String row(String word, Optional<FindingKind> kind, Status status) {
    String passed = status == Status.SKIPPED ? "skipped" : "passed";
    String element =
        kind.map(JunitReport::ending).map(e -> e.name().toLowerCase(Locale.ROOT)).orElse(passed);
    return "| " + word + " | " + kind.map(FindingKind::word).orElse("") + " | " + element + " |\n";
  }

  @Test
  void all_events_and_fields_are_on_the_page_and_no_others() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> said = said(page);
    assertEquals(written(), said);
    assertTrue(said.size() > 40, said.toString());
    assertNotEquals(
        written(), said(page.replace("| task | ms |", "")), "a lost row is not noticed");
  }

  /** Event and field of every row of the section on JSON. */
  private static Set<String> said(String page) {
    int begin = page.indexOf("## `--json");
    Matcher rows = FIELD.matcher(page.substring(begin, page.indexOf("\n## ", begin)));
    Set<String> said = new TreeSet<>();
    while (rows.find()) {
      said.add(rows.group(1) + "." + rows.group(2));
    }
    said.remove("event.field");
    return said;
  }

  @Test
  void the_counters_of_the_recap_and_the_limit_are_on_the_page() throws IOException {
    String page = Files.readString(PAGE);
    for (String line : lines()) {
      Map<?, ?> event = (Map<?, ?>) Json.read(line);
      if (event.get("event").equals("recap")) {
        Map<?, ?> hosts = (Map<?, ?>) event.get("hosts");
        String counters =
            ((Map<?, ?>) hosts.get("h1"))
                .keySet().stream().map(Object::toString).collect(Collectors.joining(", "));
        assertTrue(page.contains(counters), counters);
      }
    }
    assertTrue(page.contains("larger than " + ShownResult.VALUE_LIMIT + " characters"));
  }

  private static Set<String> written() {
    Set<String> fields = new TreeSet<>();
    for (String line : lines()) {
      Map<?, ?> event = (Map<?, ?>) Json.read(line);
      event.keySet().stream()
          .filter(key -> !key.equals("v") && !key.equals("event"))
          .forEach(key -> fields.add(event.get("event") + "." + key));
    }
    return fields;
  }

  /** A run in which everything is there. */
  private static Iterable<String> lines() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Audit audit = new Audit();
    RunListener both =
        new AllListeners(
            ImmutableList.of(
                audit,
                new JsonListener(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    Events.header(),
                    Optional.of(audit))));
    both.playStarted(Events.play("Tune", "h1"));
    ImmutableMap<String, Object> result =
        ImmutableMap.of("live", "1", "persisted", "2", "next_boot", "3");
    TaskHeader task = Events.task(1, "a");
    both.taskDone(
        "h1",
        task,
        Events.full(
            Status.WOULD_CHANGE,
            result,
            ImmutableList.of(Events.change("x", "1", "2")),
            ImmutableList.of(Remark.risk("r"))));
    both.taskDone("h1", task, Events.hidden(Events.outcome(Status.OK, "")));
    both.taskDone(
        "h1",
        task,
        Events.full(
            Status.OK,
            ImmutableMap.of("live", "x".repeat(2000)),
            ImmutableList.of(),
            ImmutableList.of()));
    both.taskDone("h1", task, Events.ignored(Events.outcome(Status.FAILED, "never mind")));
    Outcome failed = Events.outcome(Status.FAILED, "no");
    both.taskDone("h1", task, Events.loop(Status.FAILED, new Outcome.Item("one", failed)));
    both.rescued("h1");
    both.warning("look out");
    both.hostDone("h1");
    both.runDone(
        new Recap(Events.recap(Events.tally(1, 0, 0), "h1").hosts(), java.time.Duration.ZERO));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
