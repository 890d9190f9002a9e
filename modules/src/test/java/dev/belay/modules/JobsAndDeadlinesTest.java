package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deeds that run on their own, and deeds that may not take too long. */
@Timeout(60)
final class JobsAndDeadlinesTest {
  @TempDir Path folder;
  private LocalHost host;

  @BeforeEach
  void this_machine_with_another_home() {
    host = new LocalHost(folder);
  }

  /** Jobs are kept in the home folder; tests have one of their own. */
  private String there(String tasks) {
    return "- environment: {HOME: \"{{ dir }}\"}\n  block:\n" + tasks.indent(4);
  }

  @Test
  void a_job_is_started_and_looked_for_and_forgotten() throws Exception {
    Outcome last =
        host.apply(
            there(
                """
                - {shell: "while [ ! -e go ]; do sleep 0.05; done; echo its-done; echo oops >&2", args: {chdir: "{{ dir }}"}, async: 20, poll: 0, register: job}
                - {async_status: {jid: "{{ job.ansible_job_id }}"}, register: before}
                - {shell: "touch {{ dir }}/go"}
                - {async_status: {jid: "{{ job.ansible_job_id }}"}, register: after, until: after.finished, retries: 100, delay: 0.1}
                - {async_status: {jid: "{{ job.ansible_job_id }}", mode: cleanup}, register: gone}
                - {async_status: {jid: "{{ job.ansible_job_id }}"}, register: missing, ignore_errors: true}
                - set_fact:
                    all: "{{ [job.started, job.finished, before.finished, after.stdout, after.stderr, after.rc, after is changed, gone.erased is defined, missing.msg] }}"
                """));
    assertEquals(
        List.of(1L, 0L, 0L, "its-done", "oops", 0L, true, true, "could not find job"),
        ((java.util.Map<?, ?>) last.result().get("ansible_facts")).get("all"));
  }

  @Test
  void the_play_waits_for_one_that_is_polled_and_has_its_result() throws Exception {
    Outcome outcome =
        host.apply(there("- {shell: 'sleep 0.2; echo hi; exit 3', async: 20, poll: 1}\n"));
    assertEquals(Status.FAILED, outcome.status());
    assertEquals("hi", outcome.result().get("stdout"));
    assertEquals(3L, outcome.result().get("rc"));
  }

  @Test
  void one_that_takes_too_long_is_ended_and_failed() throws Exception {
    Outcome outcome =
        host.apply(there("- {shell: 'sleep 3; touch {{ dir }}/late', async: 1, poll: 1}\n"));
    assertEquals("async task did not complete within the requested time - 1s", outcome.message());
    Thread.sleep(2500);
    assertFalse(Files.exists(folder.resolve("late")), "it still ran");
  }

  @Test
  void a_module_with_a_state_may_run_so_and_is_looked_at_behind_it() throws Exception {
    Outcome outcome =
        host.apply(
            there("- {file: {path: '{{ dir }}/x', state: directory}, async: 20, poll: 1}\n"));
    assertEquals(Status.CHANGED, outcome.status());
    assertTrue(Files.isDirectory(folder.resolve("x")));
  }

  @Test
  void where_nothing_is_to_be_done_there_is_a_job_all_the_same() throws Exception {
    Outcome outcome =
        host.apply(
            there(
                """
                - {file: {path: "{{ dir }}", state: directory}, async: 20, poll: 0, register: job}
                - {async_status: {jid: "{{ job.ansible_job_id }}"}, register: job, until: job.finished, retries: 100, delay: 0.1}
                """));
    assertEquals(Status.OK, outcome.status());
  }

  @Test
  void a_check_starts_none_and_does_not_guess() throws Exception {
    String tasks =
        there(
            """
            - {shell: "touch {{ dir }}/x", async: 20, poll: 0, register: job}
            - {async_status: {jid: "{{ job.ansible_job_id }}"}}
            """);
    assertEquals(Status.UNKNOWN, host.check(tasks).status());
    assertFalse(Files.exists(folder.resolve(".ansible_async")));
  }

  @Test
  void a_task_that_sends_a_file_is_refused() throws Exception {
    Outcome outcome =
        host.apply(there("- {copy: {content: x, dest: '{{ dir }}/x'}, async: 20, poll: 0}\n"));
    assertEquals(Status.FAILED, outcome.status());
    assertTrue(outcome.message().startsWith("async is not supported for this task"));
    assertFalse(Files.exists(folder.resolve("x")));
  }

  @Test
  void a_deed_that_is_not_through_in_time_is_ended_with_all_that_it_started() throws Exception {
    Outcome outcome =
        host.apply("- {shell: '(sleep 3; touch {{ dir }}/late) & sleep 9', timeout: 1}\n");
    assertEquals(Status.FAILED, outcome.status());
    assertEquals("timed out: its timeout is 1 s", outcome.message());
    Thread.sleep(3000);
    assertFalse(Files.exists(folder.resolve("late")), "it still ran");
  }

  @Test
  void so_is_a_question() throws Exception {
    Outcome outcome =
        host.check("- {command: sleep 9, timeout: 1, changed_when: false, check_mode: false}\n");
    assertEquals("timed out: its timeout is 1 s", outcome.message());
  }

  @Test
  void what_is_through_in_time_is_as_ever() throws Exception {
    Outcome outcome = host.apply("- {shell: 'echo hi', timeout: 30}\n");
    assertEquals("hi", outcome.result().get("stdout"));
  }
}
