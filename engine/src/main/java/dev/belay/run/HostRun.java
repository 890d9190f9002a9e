package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.Done;
import dev.belay.module.Plan;
import dev.belay.remote.BecomeException;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.template.NotYetException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One play on one host: looks, plans, mends, and looks again.
 *
 * <h2>How few round trips</h2>
 *
 * A host walks down its agenda with two hands. The one in front, {@link LookAhead}, opens tasks: it
 * evaluates loops, conditions and arguments and finds out what to ask, until it comes to a task
 * that needs the result of one not done yet. The one behind, {@link #settle}, takes the answers and
 * settles task by task in order. Between them is the queue of open tasks. Whenever the hand behind
 * meets a task without an answer, everything open is asked together, in one script: that is the
 * round trip. So a host on which nothing differs is asked once, however long the play is.
 *
 * <p>Where a task differs, its steps are the next script, with the task's own question behind them,
 * and behind that the questions of the next open tasks: one round trip a change. Where those have
 * nothing to do, twice as many are asked next, and so on.
 *
 * <h2>Why the answers are true</h2>
 *
 * An answer is used for one decision and only while nothing has been done on the host since it was
 * given: every deed makes all open items forget theirs. A changed task is believed only when the
 * same question, asked after the steps, leads to a plan that has nothing left to do.
 *
 * <h2>Why a check cannot act</h2>
 *
 * Only {@link #mend} hands steps to a {@link Deed}, and it is reached only for tasks whose mode is
 * to apply; a check's tasks go to {@link Results#foretold}, which has no connection to act with.
 *
 * <h2>What is deliberately absent</h2>
 *
 * No parallelism inside a host: its thread is the only one that touches this object. No retry of a
 * deed: a lost connection leaves its outcome unknown, and the next run looks.
 */
final class HostRun {
  /**
   * How many questions travel with a change. Whoever changes one thing often changes the next too,
   * and then all answers are forgotten: to ask everything again behind each of a hundred changes
   * would ask five thousand times.
   */
  private static final int WINDOW_BEHIND_A_CHANGE = 8;

  private final PlayOnHost host;
  private final LookAhead ahead;
  private final Turns turns;
  private final Deque<OpenTask> open;
  private int window = Integer.MAX_VALUE;

  HostRun(PlayOnHost host, LookAhead ahead, Turns turns) {
    this.host = host;
    this.ahead = ahead;
    this.turns = turns;
    open = ahead.tasks();
  }

  /** Goes through the agenda. Every task that is reached gets an outcome, reported in order. */
  void run() throws InterruptedException {
    try {
      while (ahead.open()) {
        ask();
        settle();
      }
    } catch (UnreachableException e) {
      complete(open.getFirst(), Outcome.of(Status.UNREACHABLE, e.getMessage()));
    }
  }

  private Stream<OpenItem> unsettled() {
    return open.stream()
        .flatMap(task -> task.items().stream())
        .filter(item -> item.outcome().isEmpty());
  }

  private void ask() throws UnreachableException, InterruptedException {
    List<OpenItem> items = unsettled().filter(OpenItem::wantsAnswers).limit(window).toList();
    if (!items.isEmpty()) {
      host.link().ask(items);
      // Nothing had to be done about the last ones, so it may be so with more of them.
      window = (int) Math.min(Integer.MAX_VALUE, 2L * window);
    }
  }

  /** Settles open tasks in order, up to the first that has to be asked. */
  private void settle() throws UnreachableException, InterruptedException {
    while (!open.isEmpty()) {
      OpenTask task = open.getFirst();
      for (OpenItem item : ImmutableList.copyOf(task.items())) {
        if (item.wantsAnswers()) {
          return;
        }
        if (item.outcome().isEmpty()) {
          settle(task, item);
          pauseBehind(task, item);
        }
        if (item.outcome().isEmpty()) {
          return;
        }
      }
      if (!task.isSettled()) {
        return;
      }
      complete(task, Settling.whole(task, host.since(task.begun())));
    }
  }

  /** A loop may want its turns apart. */
  private static void pauseBehind(OpenTask task, OpenItem item) throws InterruptedException {
    boolean last = item == task.items().get(task.items().size() - 1);
    if (task.task().loop().isPresent() && !last) {
      Thread.sleep(LoopVariables.pauseMillis(task.task().loop().get(), settledScope(item)));
    }
  }

  private void settle(OpenTask task, OpenItem item)
      throws UnreachableException, InterruptedException {
    Look.Seen seen = item.look().see(item.answers().orElseThrow());
    Outcome outcome =
        task.mode() == RunOptions.Mode.APPLY
                && (seen.plan() instanceof Plan.Mend || seen.plan() instanceof Plan.Act)
            ? mend(task, item, seen.plan())
            : foretold(task, seen);
    Outcome judged = judged(task, item, outcome);
    Attempts attempts = new Attempts(task.task(), settledScope(item));
    Attempts.Next next = attempts.after(item.tryAgain(), judged);
    if (next instanceof Attempts.Again again) {
      host.retries(task, again.left());
      Thread.sleep(again.delayMillis());
      item.forgetAnswers();
      return;
    }
    item.settle(((Attempts.Done) next).outcome());
    host.learn(task.task(), item.outcome().orElseThrow());
    host.count(item.outcome().orElseThrow());
  }

  private Outcome foretold(OpenTask task, Look.Seen seen) {
    boolean mayCome = task.mode() == RunOptions.Mode.CHECK && host.hasForetold();
    return mayCome && seen.plan() instanceof Plan.Lacking lacking
        ? Results.unknown(lacking)
        : Results.foretold(seen.plan(), seen.result(), task.task().module());
  }

  /** All before it is done by now, on this host. */
  private static HostScope settledScope(OpenItem item) {
    return item.scope().waitingFor(Pending.nothing());
  }

  private Outcome judged(OpenTask task, OpenItem item, Outcome outcome)
      throws InterruptedException {
    try {
      return Settling.judged(task.task(), settledScope(item), outcome);
    } catch (NotYetException e) {
      turns.await(host.name(), task.order());
      HostScope scope = item.scope().waitingFor(Pending.nothingAnywhere());
      return Settling.judged(task.task(), scope, outcome);
    }
  }

  private Outcome mend(OpenTask task, OpenItem item, Plan plan)
      throws UnreachableException, InterruptedException {
    Optional<Outcome> unmendable = Results.unmendable(plan);
    if (unmendable.isPresent()) {
      return unmendable.get();
    }
    turns.await(host.name(), task.order());
    ImmutableList<Change> changes =
        plan instanceof Plan.Mend mend
            ? mend.changes()
            : ImmutableList.of(((Plan.Act) plan).change());
    ImmutableList<Output> before = item.answers().orElseThrow();
    unsettled().forEach(OpenItem::forgetAnswers);
    window = WINDOW_BEHIND_A_CHANGE;
    List<OpenItem> others = unsettled().filter(other -> other != item).limit(window).toList();
    try {
      Output output = act(task, changes, item, others);
      return plan instanceof Plan.Act act
          ? acted(act, output)
          : confirmed((Plan.Mend) plan, item, before, output);
    } catch (BecomeException e) {
      return Outcome.of(Status.FAILED, e.getMessage());
    }
  }

  private Output act(
      OpenTask task, ImmutableList<Change> changes, OpenItem item, List<OpenItem> others)
      throws UnreachableException, BecomeException, InterruptedException {
    Optional<EngineDeed> deed = EngineDeed.of(changes, host, task);
    return deed.isPresent()
        ? host.link().act(deed.get(), item, others)
        : host.link().act(changes, item, others);
  }

  private static Outcome acted(Plan.Act act, Output output) {
    Acted acted = act.reader().apply(output);
    boolean idle = acted.effect() == Acted.Effect.UNCHANGED;
    return Results.with(
        acted.failure().isPresent() ? Status.FAILED : idle ? Status.OK : Status.CHANGED,
        acted.values(),
        idle ? ImmutableList.of() : ImmutableList.of(act.change()),
        Results.both(act.remarks(), acted.remarks()),
        acted.failure().orElse(""));
  }

  /** Changed is what the host agrees to. */
  private static Outcome confirmed(
      Plan.Mend plan, OpenItem item, ImmutableList<Output> before, Output output) {
    Look.Seen seen = item.look().seeAgain(before, item.answers().orElseThrow());
    if (!output.succeeded()) {
      return Results.with(
          Status.FAILED,
          Results.withOutput(seen.result(), output),
          plan.changes(),
          plan.remarks(),
          Results.why(output));
    }
    if (seen.plan() instanceof Plan.Satisfied satisfied) {
      Done done = item.look().done(output);
      return Results.with(
          Status.CHANGED,
          Results.over(Results.over(seen.result(), plan.told().apply(output)), done.values()),
          plan.changes(),
          Results.both(satisfied.remarks(), done.remarks()),
          "");
    }
    return Results.with(
        Status.FAILED,
        seen.result(),
        plan.changes(),
        plan.remarks(),
        "did not converge: " + Results.still(seen.plan()));
  }

  /** Reports a task, and goes on behind it, or where its failure leads. */
  private void complete(OpenTask task, Outcome outcome) {
    host.report(task, outcome);
    ahead.goOn(task, outcome);
  }
}
