package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.AsyncJob;
import dev.belay.module.Change;
import dev.belay.module.Done;
import dev.belay.module.Plan;
import dev.belay.remote.BecomeException;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.value.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Carries out what is to be done about one item, and tells what came of it.
 *
 * @param plan a {@link Plan.Mend}, a {@link Plan.Act} or a {@link Plan.Rehearse}, or a {@link
 *     Plan.Satisfied} where a job is wanted anyway
 * @param before what the host said that led to the plan
 * @param trips is told how many round trips it takes
 */
record Mending(OpenItem item, Plan plan, ImmutableList<Output> before, IntConsumer trips) {

  /** What is to be done. */
  ImmutableList<Change> changes() {
    if (plan instanceof Plan.Mend mend) {
      return mend.changes();
    }
    if (plan instanceof Plan.Rehearse rehearse) {
      return ImmutableList.of(rehearse.change());
    }
    return plan instanceof Plan.Act act ? ImmutableList.of(act.change()) : ImmutableList.of();
  }

  /** Does it, and asks the item and the others again behind it. */
  Outcome now(List<OpenItem> others)
      throws UnreachableException, BecomeException, InterruptedException {
    Output output = item.way().link().act(changes(), item, others, trips);
    Optional<String> overdue = item.way().overdue(output);
    return overdue.isPresent() ? failed(overdue.get()) : done(output);
  }

  /** Has the engine do what no shell can, and asks the item and the others again behind it. */
  Outcome by(EngineDeed deed, List<OpenItem> others)
      throws UnreachableException, BecomeException, InterruptedException {
    Output output = deed.done(item.way(), trips);
    List<OpenItem> all = ImmutableList.<OpenItem>builder().add(item).addAll(others).build();
    item.way().link().ask(all, trips);
    return done(output);
  }

  /** Starts it as a job of its own, and waits for that where it is wanted. */
  Outcome apart(Background background)
      throws UnreachableException, BecomeException, InterruptedException {
    Optional<String> refusal = AsyncDeed.refusal(changes());
    if (refusal.isPresent()) {
      return failed(refusal.get());
    }
    AsyncDeed deed = new AsyncDeed(background, item.way(), trips);
    AsyncJob job = deed.start(changes());
    if (background.poll().isEmpty()) {
      return Results.with(
          changes().isEmpty() ? Status.OK : Status.CHANGED,
          AsyncDeed.values(job),
          changes(),
          plan.remarks(),
          "");
    }
    Optional<Output> output = deed.await(job, background.poll().get());
    if (output.isEmpty()) {
      return failed(deed.overdue());
    }
    item.way().link().ask(ImmutableList.of(item), trips);
    return done(output.get());
  }

  /** What a check tells of a job that a run would start: its id is not known. */
  static Outcome foretold(Outcome outcome) {
    Unknown id = new Unknown("a check starts no async job");
    return outcome.with(
        Results.over(
            outcome.result(),
            ImmutableMap.of("ansible_job_id", id, "finished", id, "started", id)));
  }

  static Outcome failed(String why) {
    return Outcome.of(Status.FAILED, why);
  }

  private Outcome done(Output output) {
    if (plan instanceof Plan.Mend mend) {
      return confirmed(mend, output);
    }
    return plan instanceof Plan.Act act
        ? Results.acted(plan, act.reader().apply(output), changes(), Status.CHANGED)
        : Results.acted(
            plan, ((Plan.Rehearse) plan).reader().apply(output), changes(), Status.WOULD_CHANGE);
  }

  /** Changed is what the host agrees to. */
  private Outcome confirmed(Plan.Mend mend, Output output) {
    Look.Seen seen = item.look().seeAgain(before, item.answers().orElseThrow());
    if (!output.succeeded()) {
      return Results.with(
          Status.FAILED,
          Results.withOutput(seen.result(), output),
          mend.changes(),
          mend.remarks(),
          Results.why(output));
    }
    if (seen.plan() instanceof Plan.Satisfied satisfied) {
      Done done = item.look().done(output);
      return Results.with(
          Status.CHANGED,
          Results.over(Results.over(seen.result(), mend.told().apply(output)), done.values()),
          mend.changes(),
          Results.both(satisfied.remarks(), done.remarks()),
          "");
    }
    return Results.with(
        Status.FAILED,
        seen.result(),
        mend.changes(),
        mend.remarks(),
        "did not converge: " + Results.still(seen.plan()));
  }
}
