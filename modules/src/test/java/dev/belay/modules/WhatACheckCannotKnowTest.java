package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that need what an earlier task of the same play would bring. */
final class WhatACheckCannotKnowTest {
  private static final String EDIT = "- replace: {path: '{{ dir }}/f', regexp: a, replace: b}\n";

  @TempDir Path folder;

  @Test
  void a_file_that_is_not_there_fails_the_task_that_edits_it() throws Exception {
    assertEquals(Status.FAILED, new LocalHost(folder).check(EDIT).status());
  }

  @Test
  void a_file_that_an_earlier_task_would_make_makes_the_outcome_unknown() throws Exception {
    String tasks = "- copy: {content: a, dest: '{{ dir }}/f'}\n" + EDIT;
    Outcome outcome = new LocalHost(folder).check(tasks);
    assertEquals(Status.UNKNOWN, outcome.status());
    assertTrue(outcome.message().contains("earlier task"), outcome.message());
    assertEquals(Status.CHANGED, new LocalHost(folder).apply(tasks).status());
  }

  @Test
  void a_run_never_supposes_anything() throws Exception {
    String tasks = "- copy: {content: a, dest: '{{ dir }}/other'}\n" + EDIT;
    assertEquals(Status.FAILED, new LocalHost(folder).apply(tasks).status());
  }

  @Test
  void a_command_is_skipped_and_a_handler_that_it_notifies_is_unknown() throws Exception {
    LocalHost host = new LocalHost(folder);
    String play = "- command: touch x\n  notify: tell\n";
    String handlers = "- name: tell\n  command: touch y\n";
    assertEquals(Status.UNKNOWN, host.check(play, handlers).status());
    assertEquals(Status.SKIPPED, host.check("- command: touch x\n").status());
  }

  @Test
  void a_handler_of_such_a_task_is_unknown_too() throws Exception {
    String play =
        "- copy: {content: a, dest: '{{ dir }}/f'}\n"
            + "- replace: {path: '{{ dir }}/f', regexp: a, replace: b}\n  notify: after\n"
            + "- meta: flush_handlers\n";
    LocalHost host = new LocalHost(folder);
    String handlers = "- {name: after, command: 'true'}";
    assertEquals(Status.UNKNOWN, host.check(play, handlers).status());
    assertEquals(Status.CHANGED, host.apply(play, handlers).status());
  }
}
