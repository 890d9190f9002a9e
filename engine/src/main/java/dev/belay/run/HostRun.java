package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Acted;
import dev.belay.module.Change;
import dev.belay.module.Plan;
import dev.belay.remote.BecomeException;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.template.NotYetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One play on one host: looks, plans, mends, and looks again.
 *
 * <h2>How few round trips</h2>
 *
 * A host walks down its agenda with two hands. The one in front, {@link #lookAhead}, opens tasks:
 * it evaluates loops, conditions and arguments and finds out what to ask, until it comes to a task
 * that needs the result of one not done yet. The one behind, {@link #settle}, takes the answers and
 * settles task by task in order. Between them is the queue of open tasks. Whenever the hand behind
 * meets a task without an answer, everything open is asked together, in one script: that is the
 * round trip. So a host on which nothing differs is asked once, however long the play is.
 *
 * <p>Where a task differs, its steps are the next script, with the task's own question behind them,
 * and behind that the questions of all open tasks: one round trip a change.
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
  /** How many tasks may be open at once: enough for a whole play, not for a play without end. */
  private static final int OPEN_LIMIT = 256;

  private final PlayOnHost host;
  private final TaskPreparer preparer;
  private final Turns turns;
  private final Deque<OpenTask> open = new ArrayDeque<>();
  private Agenda agenda;

  HostRun(PlayOnHost host, TaskPreparer preparer, Turns turns, Agenda agenda) {
    this.host = host;
    this.preparer = preparer;
    this.turns = turns;
    this.agenda = agenda;
  }

  /** Goes through the agenda. Every task that is reached gets an outcome, reported in order. */
  void run() throws InterruptedException {
    try {
      while (lookAhead()) {
        ask();
        settle();
      }
    } catch (UnreachableException e) {
      complete(open.getFirst(), Outcome.of(Status.UNREACHABLE, e.getMessage()));
    }
  }

  /** Opens what can be opened; false where there is nothing left to do. */
  private boolean lookAhead() throws InterruptedException {
    if (!open.isEmpty()) {
      takeTurns(open.getFirst());
    }
    Agenda ahead = (open.isEmpty() ? agenda : open.getLast().after()).pass();
    while (open.size() < OPEN_LIMIT
        && !ahead.isEmpty()
        && ahead.first() instanceof Agenda.Do next) {
      Pending pending = Pending.of(open.stream().map(OpenTask::task).toList());
      boolean waits =
          next.kind() == TaskHeader.Kind.HANDLER || next.task().keywords().runOnce().isPresent();
      if (waits && !open.isEmpty()) {
        break;
      }
      if (next.kind() == TaskHeader.Kind.TASK || host.isNotified(next.task())) {
        if (isDoneByAnother(next, ahead.rest())) {
          ahead = agenda.pass();
          continue;
        } else if (!openNext(next, ahead.rest(), pending)) {
          break;
        }
      } else {
        agenda = ahead.rest().pass();
      }
      ahead = ahead.rest().pass();
    }
    return !open.isEmpty();
  }

  private boolean openNext(Agenda.Do next, Agenda after, Pending pending)
      throws InterruptedException {
    try {
      open.addLast(preparer.prepare(next, after, pending));
    } catch (NotYetException e) {
      if (!open.isEmpty()) {
        return false;
      }
      openBesideOthers(next, after);
    }
    return true;
  }

  /** Where nothing of its own is to be waited for, a task waits for what it sees of other hosts. */
  private void openBesideOthers(Agenda.Do next, Agenda after) throws InterruptedException {
    turns.await(host.name(), next.order());
    try {
      open.addLast(preparer.prepare(next, after, Pending.nothingAnywhere()));
    } catch (NotYetException e) {
      throw new IllegalStateException("'" + next.task().title() + "' waits for itself", e);
    }
  }

  private void takeTurns(OpenTask task) throws InterruptedException {
    try {
      preparer.takeTurns(task, Pending.nothing());
    } catch (NotYetException e) {
      turns.await(host.name(), task.order());
      preparer.takeTurns(task, Pending.nothingAnywhere());
    }
  }

  /** Whether another host did the task for all; then this one has its results, and goes on. */
  private boolean isDoneByAnother(Agenda.Do next, Agenda after) throws InterruptedException {
    if (next.task().keywords().runOnce().isEmpty() || !preparer.isForAll(next.task())) {
      return false;
    }
    Optional<Outcome> outcome = turns.doneByAnother(host.name(), next.order());
    outcome.ifPresent(
        done -> {
          host.adopt(next.task(), done);
          agenda = after;
          if (done.status() == Status.FAILED && done.endsHost()) {
            recover(Status.FAILED);
          }
          turns.reached(host.name(), next.order().next());
        });
    return outcome.isPresent();
  }

  private Stream<OpenItem> unsettled() {
    return open.stream()
        .flatMap(task -> task.items().stream())
        .filter(item -> item.outcome().isEmpty());
  }

  private void ask() throws UnreachableException, InterruptedException {
    List<OpenItem> items = unsettled().filter(OpenItem::wantsAnswers).toList();
    if (!items.isEmpty()) {
      host.link().ask(items);
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

  private void settle(OpenTask task, OpenItem item)
      throws UnreachableException, InterruptedException {
    Look.Seen seen = item.look().see(item.answers().orElseThrow());
    Outcome outcome =
        task.mode() == RunOptions.Mode.APPLY
                && (seen.plan() instanceof Plan.Mend || seen.plan() instanceof Plan.Act)
            ? mend(task, item, seen.plan())
            : Results.foretold(seen.plan(), seen.result(), task.task().module());
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
    turns.await(host.name(), task.order());
    ImmutableList<Change> changes =
        plan instanceof Plan.Mend mend
            ? mend.changes()
            : ImmutableList.of(((Plan.Act) plan).change());
    unsettled().forEach(OpenItem::forgetAnswers);
    List<OpenItem> others = new ArrayList<>(unsettled().filter(other -> other != item).toList());
    try {
      Output output = host.link().act(changes, item, others);
      return plan instanceof Plan.Act act
          ? acted(act, output)
          : confirmed((Plan.Mend) plan, item, output);
    } catch (BecomeException e) {
      return Outcome.of(Status.FAILED, e.getMessage());
    }
  }

  private static Outcome acted(Plan.Act act, Output output) {
    Acted acted = act.reader().apply(output);
    return Results.with(
        acted.failure().isPresent() ? Status.FAILED : Status.CHANGED,
        acted.values(),
        ImmutableList.of(act.change()),
        act.remarks(),
        acted.failure().orElse(""));
  }

  /** Changed is what the host agrees to. */
  private static Outcome confirmed(Plan.Mend plan, OpenItem item, Output output) {
    Look.Seen seen = item.look().see(item.answers().orElseThrow());
    if (!output.succeeded()) {
      return Results.with(
          Status.FAILED,
          Results.withOutput(seen.result(), output),
          plan.changes(),
          plan.remarks(),
          Results.why(output));
    }
    if (seen.plan() instanceof Plan.Satisfied satisfied) {
      return Results.with(Status.CHANGED, seen.result(), plan.changes(), satisfied.remarks(), "");
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
    open.remove(task);
    agenda = task.after();
    if (outcome.endsHost()) {
      recover(outcome.status());
    }
    if (task.task().keywords().runOnce().isPresent() && preparer.isForAll(task.task())) {
      turns.doneForAll(task.order(), outcome);
    }
    turns.reached(host.name(), task.order().next());
  }

  private void recover(Status status) {
    open.clear();
    Optional<Agenda.Recovery> recovery =
        status == Status.UNREACHABLE ? Optional.empty() : agenda.afterFailure();
    host.failed(rescueOf(recovery));
    agenda = recovery.map(Agenda.Recovery::agenda).orElse(Agenda.EMPTY);
  }

  private static PlayOnHost.Rescue rescueOf(Optional<Agenda.Recovery> recovery) {
    return recovery.filter(Agenda.Recovery::rescued).isPresent()
        ? PlayOnHost.Rescue.RESCUED
        : PlayOnHost.Rescue.NOT_RESCUED;
  }
}
