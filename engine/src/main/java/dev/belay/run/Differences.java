package dev.belay.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Change;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Task;

/**
 * What {@code register} gets of an outcome's differences, where the task or the run asks for them.
 */
final class Differences {
  /** The name of the result. */
  static final String DIFF = "diff";

  private static final String MODE = "ansible_diff_mode";

  private Differences() {}

  /** The same with its differences, unless the module tells them itself. */
  static Outcome toldTo(Task task, HostScope scope, Outcome outcome) {
    if (outcome.changes().isEmpty()
        || outcome.result().containsKey(DIFF)
        || !areAsked(task, scope)) {
      return outcome;
    }
    Object differences =
        outcome.changes().stream().map(Differences::told).collect(toImmutableList());
    return outcome.with(Results.over(outcome.result(), ImmutableMap.of(DIFF, differences)));
  }

  private static boolean areAsked(Task task, HostScope scope) {
    return Keyed.flag(task.keywords().said(Keyword.DIFF), scope)
        .orElseGet(() -> scope.find(MODE).filter(Boolean.TRUE::equals).isPresent());
  }

  private static ImmutableMap<String, Object> told(Change change) {
    return ImmutableMap.of(
        "before_header",
        change.what(),
        "before",
        text(change.before()),
        "after_header",
        change.what(),
        "after",
        text(change.after()));
  }

  private static String text(String side) {
    return side.equals(Change.ABSENT) ? "" : side;
  }
}
