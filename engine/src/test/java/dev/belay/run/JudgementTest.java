package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task's author says of what came of it. */
final class JudgementTest {
  @TempDir Path folder;

  private List<String> told(String tasks) throws Exception {
    TranscriptFleet fleet = new TranscriptFleet(folder, "h1");
    fleet.run("h1,", "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
    return fleet.told.subList(1, fleet.told.size());
  }

  @Test
  void a_failure_that_is_taken_back_changed_what_its_author_says() throws Exception {
    assertEquals(
        List.of("h1 a: ok", "h1 b: changed", "h1 c: changed"),
        told(
            """
            - {name: a, deed: {what: fail}, changed_when: false, failed_when: false}
            - {name: b, deed: {what: fail}, changed_when: true, failed_when: false}
            - {name: c, deed: {what: fail}, failed_when: false}
            """));
  }

  @Test
  void a_failure_tells_whether_it_changed_something() throws Exception {
    assertEquals(
        List.of("h1 a: failed", "h1 told: ok", "h1 b: failed", "h1 told: skipped"),
        told(
            """
            - {name: a, deed: {what: fail}, register: a, ignore_errors: true}
            - {name: told, set_fact: {x: 1}, when: a.changed}
            - {name: b, deed: {what: fail}, register: a, changed_when: false, ignore_errors: true}
            - {name: told, set_fact: {x: 1}, when: a.changed}
            """));
  }

  @Test
  void a_condition_that_cannot_be_evaluated_fails_the_task_and_says_which_it_was()
      throws Exception {
    assertEquals(
        List.of("h1 a: failed", "h1 told: ok", "h1 b: failed", "h1 told: ok"),
        told(
            """
            - {name: a, deed: {what: it}, changed_when: nowhere, register: a, ignore_errors: true}
            - {name: told, set_fact: {x: 1}, when: "'nowhere' in a.changed_when_result"}
            - {name: b, deed: {what: it}, failed_when: nowhere, register: b, ignore_errors: true}
            - {name: told, set_fact: {x: 1}, when: "'nowhere' in b.failed_when_result"}
            """));
  }

  @Test
  void a_failure_says_why_where_its_module_would_say_what_it_did() {
    Outcome failed = Outcome.of(Status.FAILED, "why").with(ImmutableMap.of("msg", ""));
    assertEquals("why", Results.registered(failed).get("msg"));
    assertEquals("", Results.registered(Results.as(Status.OK, "", failed)).get("msg"));
  }
}
