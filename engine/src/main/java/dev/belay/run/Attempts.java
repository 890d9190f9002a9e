package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Task;
import dev.belay.playbook.Until;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.template.UnknownValueException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The tries of a task with {@code until}. */
final class Attempts {
  private static final int DEFAULT_TRIES = 3;
  private static final int DEFAULT_DELAY_SECONDS = 5;

  private final Task task;
  private final HostScope scope;

  Attempts(Task task, HostScope scope) {
    this.task = task;
    this.scope = scope;
  }

  /** What follows on one try. */
  sealed interface Next {}

  /** It was the last one. */
  record Done(Outcome outcome) implements Next {}

  /** It is tried again after a pause, {@code left} times at most. */
  record Again(long delayMillis, int left) implements Next {}

  /** With the number of the try, which {@code failed_when} may ask for. */
  Outcome counted(Outcome outcome, int attempt) {
    return task.until().isEmpty() ? outcome : counted(outcome, outcome.status(), attempt);
  }

  /** Judges the try of that number, counted from 1. */
  Next after(int attempt, Outcome outcome) {
    if (task.until().isEmpty()) {
      return new Done(outcome);
    }
    try {
      Until until = task.until().get();
      int tries = tries(until);
      if (Settling.isEnough(task, scope, outcome)) {
        return new Done(outcome);
      } else if (attempt < tries) {
        long delay =
            (long) (number(until.delay(), DEFAULT_DELAY_SECONDS) * TimeUnit.SECONDS.toMillis(1));
        return new Again(delay, tries - attempt);
      }
      return new Done(counted(outcome, Status.FAILED, Math.max(1, tries - 1)));
    } catch (UnknownValueException e) {
      return new Done(Results.as(Status.UNKNOWN, e.getMessage(), outcome));
    } catch (EvaluationException e) {
      return new Done(
          Results.as(Status.FAILED, e.at() + ": " + e.getMessage(), outcome)
              .with(
                  Results.over(outcome.result(), ImmutableMap.of("msg", Conditions.sentence(e)))));
    }
  }

  /** Ansible counts retries behind the first try, but for the default, which counts all. */
  private int tries(Until until) {
    return until.retries().isEmpty()
        ? DEFAULT_TRIES
        : Math.max(0, (int) number(until.retries(), 0)) + 1;
  }

  private double number(Optional<Object> raw, double byDefault) {
    String text = raw.map(value -> PythonText.str(Template.resolve(value, scope))).orElse("");
    try {
      return text.isEmpty() ? byDefault : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new EvaluationException(
          task.at(), "'retries' and 'delay' must be numbers, not '" + text + "'");
    }
  }

  private static Outcome counted(Outcome outcome, Status status, int attempts) {
    return Results.as(status, outcome.message(), outcome)
        .with(
            ImmutableMap.<String, Object>builder()
                .putAll(outcome.result())
                .put("attempts", (long) attempts)
                .buildKeepingLast());
  }
}
