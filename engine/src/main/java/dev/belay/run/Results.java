package dev.belay.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Plan;
import dev.belay.module.Remark;
import dev.belay.shell.Output;
import dev.belay.value.Unknown;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes outcomes, with the results that {@code register} users know. Pure. */
final class Results {
  private Results() {}

  static Outcome skipped(String reason, ImmutableMap<String, Object> more) {
    ImmutableMap<String, Object> result =
        ImmutableMap.<String, Object>builder()
            .put("skip_reason", reason)
            .putAll(more)
            .buildOrThrow();
    return with(Status.SKIPPED, result, ImmutableList.of(), ImmutableList.of(), reason);
  }

  /**
   * What comes of a plan that is not carried out: because there is nothing to do, nothing to be
   * done, or by a check.
   */
  static Outcome foretold(Plan plan, ImmutableMap<String, Object> result, ModuleSpec module) {
    if (plan instanceof Plan.Mend mend) {
      return with(
          Status.WOULD_CHANGE,
          over(result, mend.told().apply(Output.ok(""))),
          mend.changes(),
          plan.remarks(),
          "");
    } else if (plan instanceof Plan.Act act) {
      boolean idle = act.effect() == Acted.Effect.UNCHANGED;
      return with(
          act.effect() == Acted.Effect.CHANGED ? Status.WOULD_CHANGE : Status.SKIPPED,
          over(unknown(module), result),
          idle ? ImmutableList.of() : ImmutableList.of(act.change()),
          plan.remarks(),
          "not done by a check");
    } else if (plan instanceof Plan.Uncertain uncertain) {
      return with(Status.UNKNOWN, result, ImmutableList.of(), plan.remarks(), uncertain.why());
    } else if (plan instanceof Plan.Skipped skipped) {
      return with(Status.SKIPPED, result, ImmutableList.of(), plan.remarks(), skipped.why());
    } else if (plan instanceof Plan.Unsupported unsupported) {
      return with(
          Status.UNSUPPORTED, result, ImmutableList.of(), plan.remarks(), unsupported.why());
    } else if (plan instanceof Plan.Unverifiable unverifiable) {
      return with(
          Status.UNVERIFIABLE, result, ImmutableList.of(), plan.remarks(), unverifiable.why());
    } else if (plan instanceof Plan.Lacking lacking) {
      return with(Status.FAILED, result, ImmutableList.of(), plan.remarks(), lacking.why());
    } else if (plan instanceof Plan.Impossible impossible) {
      return with(Status.FAILED, result, ImmutableList.of(), plan.remarks(), impossible.why());
    }
    return with(Status.OK, result, ImmutableList.of(), plan.remarks(), "");
  }

  /**
   * What comes of a deed that was done.
   *
   * @param changed the status where it changed something
   */
  static Outcome acted(Plan plan, Acted acted, ImmutableList<Change> changes, Status changed) {
    Status status =
        acted.failure().isPresent()
            ? Status.FAILED
            : switch (acted.effect()) {
              case CHANGED -> changed;
              case UNCHANGED -> Status.OK;
              case SKIPPED -> Status.SKIPPED;
            };
    return with(
        status,
        acted.values(),
        acted.effect() == Acted.Effect.CHANGED ? changes : ImmutableList.of(),
        both(plan.remarks(), acted.remarks()),
        acted.failure().orElse(""));
  }

  /** The outcome of a plan with a difference that nothing removes: nothing of it is begun. */
  static Optional<Outcome> unmendable(Plan plan) {
    if (!(plan instanceof Plan.Mend mend)
        || mend.changes().stream().noneMatch(change -> change.steps().isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        with(
            Status.FAILED,
            ImmutableMap.of(),
            mend.changes(),
            plan.remarks(),
            mend.changes().stream()
                    .map(
                        change ->
                            change.what() + " is " + change.before() + ", not " + change.after())
                    .collect(Collectors.joining("; "))
                + "; nothing here can change that"));
  }

  /** What a check says of a task that needs what an earlier one may bring. */
  static Outcome unknown(Plan.Lacking plan) {
    String why = plan.why() + "; an earlier task, which a check does not do, may bring it";
    return with(Status.UNKNOWN, ImmutableMap.of(), ImmutableList.of(), plan.remarks(), why);
  }

  /** What an action would give is not known before it is done. */
  private static ImmutableMap<String, Object> unknown(ModuleSpec module) {
    Unknown unknown =
        new Unknown("it depends on '" + module.name() + "', which a check does not run");
    return module.results().stream()
        .collect(ImmutableMap.toImmutableMap(ModuleSpec.Result::name, result -> unknown));
  }

  static Outcome with(
      Status status,
      ImmutableMap<String, Object> result,
      ImmutableList<Change> changes,
      ImmutableList<Remark> remarks,
      String message) {
    return new Outcome(
        status,
        result,
        changes,
        remarks,
        message,
        ImmutableList.of(),
        false,
        Outcome.Shown.plainly(),
        Duration.ZERO);
  }

  /** The same, known by another status. */
  static Outcome as(Status status, String message, Outcome outcome) {
    return new Outcome(
        status,
        outcome.result(),
        outcome.changes(),
        outcome.remarks(),
        message,
        outcome.items(),
        outcome.ignored(),
        outcome.shown(),
        outcome.took());
  }

  /** What {@code register} gets of a task: nobody knows what comes of one that a check left out. */
  static Object kept(Outcome outcome) {
    return outcome.status() == Status.UNKNOWN
        ? new Unknown(outcome.message())
        : registered(outcome);
  }

  /** What Ansible's modules warn of is what may do harm. */
  private static Optional<ImmutableList<String>> warnings(Outcome outcome) {
    ImmutableList<String> risks =
        outcome.remarks().stream()
            .filter(remark -> remark.kind() == Remark.Kind.RISK)
            .map(Remark::text)
            .collect(toImmutableList());
    return Optional.of(risks).filter(all -> !all.isEmpty());
  }

  /** What {@code register} gets of one turn. */
  static ImmutableMap<String, Object> registered(Outcome outcome) {
    ImmutableMap.Builder<String, Object> result = ImmutableMap.builder();
    if (!outcome.message().isEmpty()) {
      result.put("msg", outcome.message());
    }
    result.putAll(outcome.result());
    if (outcome.status() == Status.FAILED && "".equals(outcome.result().get("msg"))) {
      // Nothing was done; why is what there is to say.
      result.put("msg", outcome.message());
    }
    result.put("changed", hasChanged(outcome));
    result.put("failed", outcome.status() == Status.FAILED);
    warnings(outcome).ifPresent(warnings -> result.put("warnings", warnings));
    flag(result, "skipped", outcome.status() == Status.SKIPPED);
    flag(result, "unreachable", outcome.status() == Status.UNREACHABLE);
    flag(result, "unsupported", outcome.status() == Status.UNSUPPORTED);
    flag(result, "unverifiable", outcome.status() == Status.UNVERIFIABLE);
    return result.buildKeepingLast();
  }

  /** Whether it changed something: a command that fails may have, too. */
  static boolean hasChanged(Outcome outcome) {
    boolean despite =
        outcome.status() == Status.FAILED && Boolean.TRUE.equals(outcome.result().get("changed"));
    return outcome.notifies() || despite;
  }

  private static void flag(ImmutableMap.Builder<String, Object> result, String name, boolean set) {
    if (set) {
      result.put(name, true);
    }
  }

  /** What is known, and what the failing steps said. */
  static ImmutableMap<String, Object> withOutput(
      ImmutableMap<String, Object> result, Output output) {
    return ImmutableMap.<String, Object>builder()
        .putAll(result)
        .put("rc", (long) output.status())
        .put("stdout", output.out())
        .put("stderr", output.err())
        .buildKeepingLast();
  }

  /** The results, where the later ones win. */
  static ImmutableMap<String, Object> over(
      ImmutableMap<String, Object> result, ImmutableMap<String, Object> later) {
    return ImmutableMap.<String, Object>builder().putAll(result).putAll(later).buildKeepingLast();
  }

  static ImmutableList<Remark> both(ImmutableList<Remark> some, ImmutableList<Remark> more) {
    return ImmutableList.<Remark>builder().addAll(some).addAll(more).build();
  }

  /** Why steps failed, in the host's own words. */
  static String why(Output output) {
    String said = (output.err().isBlank() ? output.out() : output.err()).strip();
    return said.isEmpty() ? "ended with status " + output.status() : said;
  }

  /** What is left to do where there should be nothing. */
  static String still(Plan plan) {
    if (plan instanceof Plan.Mend mend) {
      return mend.changes().stream()
          .map(change -> change.what() + " is still " + change.before() + ", not " + change.after())
          .collect(Collectors.joining("; "));
    }
    return foretoldMessage(plan);
  }

  private static String foretoldMessage(Plan plan) {
    if (plan instanceof Plan.Unsupported unsupported) {
      return unsupported.why();
    } else if (plan instanceof Plan.Unverifiable unverifiable) {
      return unverifiable.why();
    }
    if (plan instanceof Plan.Lacking lacking) {
      return lacking.why();
    }
    return plan instanceof Plan.Impossible impossible ? impossible.why() : "it is to be done again";
  }

  /** One outcome of all turns of a loop. */
  static Outcome ofLoop(
      ImmutableList<Outcome.Item> items, ImmutableList<Map<String, Object>> results) {
    Status status = worst(items);
    ImmutableMap<String, Object> result =
        ImmutableMap.of(
            "results",
            results,
            "msg",
            status == Status.FAILED ? "One or more items failed" : "All items completed");
    ImmutableList<Change> changes =
        items.stream()
            .flatMap(item -> item.outcome().changes().stream())
            .collect(toImmutableList());
    ImmutableList<Remark> remarks =
        items.stream()
            .flatMap(item -> item.outcome().remarks().stream())
            .distinct()
            .collect(toImmutableList());
    return new Outcome(
        status, result, changes, remarks, "", items, false, Outcome.Shown.plainly(), Duration.ZERO);
  }

  /**
   * A loop failed where a turn did, else changed where one did, and is skipped only where all turns
   * were.
   */
  private static Status worst(ImmutableList<Outcome.Item> items) {
    ImmutableList<Status> order =
        ImmutableList.of(
            Status.UNREACHABLE,
            Status.FAILED,
            Status.CHANGED,
            Status.WOULD_CHANGE,
            Status.UNKNOWN,
            Status.UNVERIFIABLE,
            Status.UNSUPPORTED,
            Status.OK);
    return order.stream()
        .filter(status -> items.stream().anyMatch(item -> statusOf(item) == status))
        .findFirst()
        .orElse(Status.SKIPPED);
  }

  private static Status statusOf(Outcome.Item item) {
    boolean forgiven = item.outcome().ignored();
    return forgiven ? Status.OK : item.outcome().status();
  }
}
