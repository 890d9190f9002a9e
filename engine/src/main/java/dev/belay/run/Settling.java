package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Task;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.NotYetException;
import dev.belay.template.UnknownValueException;
import dev.belay.value.Unknown;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a task's author says of its outcomes: {@code changed_when}, {@code failed_when}, {@code
 * ignore_errors}, {@code no_log}.
 */
final class Settling {
  private static final String HIDDEN = "hidden by no_log";

  private Settling() {}

  /** One turn's outcome as its author judges it. */
  static Outcome judged(Task task, HostScope scope, Outcome outcome) {
    if (!isOpenToJudgement(outcome.status())) {
      return outcome;
    }
    try {
      Outcome told = Differences.toldTo(task, scope, outcome);
      HostScope seen = scope;
      if (task.register().isPresent()) {
        seen = scope.with(ImmutableMap.of(task.register().get(), Results.registered(told)));
      }
      Outcome changed = changedWhen(task, seen, told);
      boolean isAnswered = changed.value("changed_when_result").isEmpty();
      return isAnswered ? failedWhen(task, seen, changed) : changed;
    } catch (UnknownValueException e) {
      return Results.as(Status.UNKNOWN, e.getMessage(), outcome);
    }
  }

  /** A judgement without value is a failure. */
  private static Outcome withoutValue(String word, EvaluationException e, Outcome outcome) {
    return Results.as(Status.FAILED, e.at() + ": " + e.getMessage(), outcome)
        .with(
            Results.over(
                outcome.result(), ImmutableMap.of(word + "_result", Conditions.sentence(e))));
  }

  private static boolean isOpenToJudgement(Status status) {
    return switch (status) {
      case OK, CHANGED, WOULD_CHANGE, FAILED -> true;
      case SKIPPED, UNREACHABLE, UNSUPPORTED, UNVERIFIABLE, UNKNOWN -> false;
    };
  }

  private static Outcome changedWhen(Task task, HostScope scope, Outcome outcome) {
    if (task.changedWhen().isEmpty()) {
      return outcome;
    }
    try {
      boolean changed = Conditions.allHold(task.changedWhen().get(), scope);
      if (outcome.status() == Status.FAILED) {
        // Its failure may be taken back: by failed_when.
        return outcome.with(Results.over(outcome.result(), ImmutableMap.of("changed", changed)));
      }
      return changed == outcome.notifies()
          ? outcome
          : Results.as(changed ? Status.CHANGED : unchanged(outcome), outcome.message(), outcome);
    } catch (EvaluationException e) {
      return withoutValue("changed_when", e, outcome);
    }
  }

  /** An action that a check left out is not ok: it was not looked at. */
  private static Status unchanged(Outcome outcome) {
    boolean leftOut = outcome.result().values().stream().anyMatch(Unknown.class::isInstance);
    return leftOut ? Status.SKIPPED : Status.OK;
  }

  private static Outcome failedWhen(Task task, HostScope scope, Outcome outcome) {
    if (task.failedWhen().isEmpty()) {
      return outcome;
    }
    ImmutableList<Expression> conditions = task.failedWhen().get();
    try {
      boolean failed = !conditions.isEmpty() && Conditions.allHold(conditions, scope);
      return failing(conditions, failed, outcome)
          .with(Results.over(outcome.result(), ImmutableMap.of("failed_when_result", failed)));
    } catch (EvaluationException e) {
      return withoutValue("failed_when", e, outcome);
    }
  }

  private static Outcome failing(
      ImmutableList<Expression> conditions, boolean failed, Outcome outcome) {
    if (failed && outcome.status() != Status.FAILED) {
      String why =
          "failed_when: "
              + String.join(" and ", conditions.stream().map(Expression::toString).toList());
      return Results.as(
          Status.FAILED, outcome.message().isEmpty() ? why : outcome.message(), outcome);
    } else if (!failed && outcome.status() == Status.FAILED) {
      boolean changed = Results.hasChanged(outcome);
      return Results.as(changed ? Status.CHANGED : Status.OK, "", outcome);
    }
    return outcome;
  }

  /** Whether the task is through with its tries: its conditions hold, or it has none. */
  static boolean isEnough(Task task, HostScope scope, Outcome outcome) {
    if (task.until().isEmpty() || !isOpenToJudgement(outcome.status())) {
      return true;
    }
    HostScope seen =
        task.register()
            .map(name -> scope.with(ImmutableMap.of(name, Results.registered(outcome))))
            .orElse(scope);
    return outcome.status() == Status.WOULD_CHANGE
        || Conditions.allHold(task.until().get().conditions(), seen);
  }

  /** The whole task's outcome from those of its turns. */
  static Outcome whole(OpenTask open, Duration took) {
    Outcome outcome =
        open.whole().orElseGet(() -> open.task().loop().isPresent() ? ofLoop(open) : only(open));
    boolean hidden =
        open.items().stream()
            .findFirst()
            .flatMap(item -> flag(open.task().keywords().said(Keyword.NO_LOG), item))
            .orElse(
                open.task()
                    .keywords()
                    .said(Keyword.NO_LOG)
                    .filter(Boolean.TRUE::equals)
                    .isPresent());
    Optional<Boolean> diff =
        open.items().stream()
            .findFirst()
            .flatMap(item -> flag(open.task().keywords().said(Keyword.DIFF), item));
    boolean ignored = outcome.status() == Status.FAILED && ignoresErrors(open);
    return new Outcome(
        outcome.status(),
        outcome.result(),
        hidden ? ImmutableList.of() : outcome.changes(),
        hidden ? ImmutableList.of() : outcome.remarks(),
        hidden && !outcome.message().isEmpty() ? HIDDEN : outcome.message(),
        outcome.items(),
        ignored,
        outcome.shown().keyed(hidden, diff),
        took);
  }

  private static Outcome only(OpenTask open) {
    return open.items().get(0).outcome().orElseThrow();
  }

  private static Outcome ofLoop(OpenTask open) {
    ImmutableList.Builder<Outcome.Item> items = ImmutableList.builder();
    ImmutableList.Builder<Map<String, Object>> results = ImmutableList.builder();
    for (OpenItem item : open.items()) {
      Outcome outcome = item.outcome().orElseThrow();
      items.add(new Outcome.Item(item.label(), outcome));
      results.add(
          ImmutableMap.<String, Object>builder()
              .putAll(Results.registered(outcome))
              .putAll(item.scope().loopNames())
              .buildKeepingLast());
    }
    return Results.ofLoop(items.build(), results.build());
  }

  private static boolean ignoresErrors(OpenTask open) {
    return open.items().stream()
        .findFirst()
        .flatMap(item -> flag(open.task().keywords().said(Keyword.IGNORE_ERRORS), item))
        .orElse(
            open.task()
                .keywords()
                .said(Keyword.IGNORE_ERRORS)
                .filter(Boolean.TRUE::equals)
                .isPresent());
  }

  private static Optional<Boolean> flag(Optional<Object> raw, OpenItem item) {
    try {
      return Keyed.flag(raw, item.scope().waitingFor(Pending.nothing()));
    } catch (EvaluationException
        | UnknownValueException
        | NotYetException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
