package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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
    HostScope seen = scope;
    if (task.register().isPresent()) {
      seen = scope.withResult(task.register().get(), Results.registered(outcome));
    }
    try {
      return failedWhen(task, seen, changedWhen(task, seen, outcome));
    } catch (UnknownValueException e) {
      return Results.as(Status.UNKNOWN, e.getMessage(), outcome);
    } catch (EvaluationException e) {
      return Results.as(Status.FAILED, e.at() + ": " + e.getMessage(), outcome);
    }
  }

  private static boolean isOpenToJudgement(Status status) {
    return switch (status) {
      case OK, CHANGED, WOULD_CHANGE, FAILED -> true;
      case SKIPPED, UNREACHABLE, UNSUPPORTED, UNVERIFIABLE, UNKNOWN -> false;
    };
  }

  private static Outcome changedWhen(Task task, HostScope scope, Outcome outcome) {
    if (task.changedWhen().isEmpty() || outcome.status() == Status.FAILED) {
      return outcome;
    }
    boolean changed = allHold(task.changedWhen().get(), scope);
    if (changed == outcome.notifies()) {
      return outcome;
    }
    return Results.as(changed ? Status.CHANGED : unchanged(outcome), outcome.message(), outcome);
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
    boolean failed = !conditions.isEmpty() && allHold(conditions, scope);
    if (failed && outcome.status() != Status.FAILED) {
      String why =
          "failed_when: "
              + String.join(" and ", conditions.stream().map(Expression::toString).toList());
      return Results.as(
          Status.FAILED, outcome.message().isEmpty() ? why : outcome.message(), outcome);
    } else if (!failed && outcome.status() == Status.FAILED) {
      boolean changed = Boolean.TRUE.equals(outcome.result().get("changed"));
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
            .map(name -> scope.withResult(name, Results.registered(outcome)))
            .orElse(scope);
    return outcome.status() == Status.WOULD_CHANGE
        || allHold(task.until().get().conditions(), seen);
  }

  private static boolean allHold(ImmutableList<Expression> conditions, HostScope scope) {
    return conditions.stream().allMatch(condition -> condition.holds(scope));
  }

  /** The whole task's outcome from those of its turns. */
  static Outcome whole(OpenTask open, Duration took) {
    Outcome outcome =
        open.whole().orElseGet(() -> open.task().loop().isPresent() ? ofLoop(open) : only(open));
    boolean hidden =
        open.items().stream()
            .findFirst()
            .flatMap(item -> flag(open.task().keywords().noLog(), item))
            .orElse(open.task().keywords().noLog().filter(Boolean.TRUE::equals).isPresent());
    boolean ignored = outcome.status() == Status.FAILED && ignoresErrors(open);
    return new Outcome(
        outcome.status(),
        outcome.result(),
        hidden ? ImmutableList.of() : outcome.changes(),
        hidden ? ImmutableList.of() : outcome.remarks(),
        hidden && !outcome.message().isEmpty() ? HIDDEN : outcome.message(),
        outcome.items(),
        ignored,
        hidden,
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
        .flatMap(item -> flag(open.task().keywords().ignoreErrors(), item))
        .orElse(open.task().keywords().ignoreErrors().filter(Boolean.TRUE::equals).isPresent());
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
