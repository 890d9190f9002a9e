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
    } finally {
      turns.left(host.name());
    }
  }

  /** Opens what can be opened; false where there is nothing left to do. */
  private boolean lookAhead() {
    if (!open.isEmpty()) {
      preparer.takeTurns(open.getFirst(), Pending.nothing());
    }
    Agenda ahead = (open.isEmpty() ? agenda : open.getLast().after()).pass();
    while (open.size() < OPEN_LIMIT
        && !ahead.isEmpty()
        && ahead.first() instanceof Agenda.Do next) {
      Pending pending = Pending.of(open.stream().map(OpenTask::task).toList());
      if (next.kind() == TaskHeader.Kind.HANDLER && !open.isEmpty()) {
        break;
      }
      if (next.kind() == TaskHeader.Kind.TASK || host.isNotified(next.task())) {
        if (!openNext(next, ahead.rest(), pending)) {
          break;
        }
      } else {
        agenda = ahead.rest().pass();
      }
      ahead = ahead.rest().pass();
    }
    return !open.isEmpty();
  }

  private boolean openNext(Agenda.Do next, Agenda after, Pending pending) {
    try {
      open.addLast(preparer.prepare(next, after, pending));
      return true;
    } catch (NotYetException e) {
      if (open.isEmpty()) {
        throw new IllegalStateException("'" + next.task().title() + "' waits for itself", e);
      }
      return false;
    }
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
    item.settle(Settling.judged(task.task(), item.scope(), outcome));
    host.learn(task.task(), item.outcome().orElseThrow());
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
      return Results.with(
          Status.CHANGED,
          Results.and(seen.result(), plan.told().apply(output)),
          plan.changes(),
          satisfied.remarks(),
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
    open.remove(task);
    agenda = task.after();
    if (outcome.endsHost()) {
      open.clear();
      Optional<Agenda.Recovery> recovery =
          outcome.status() == Status.UNREACHABLE ? Optional.empty() : agenda.afterFailure();
      host.failed(rescueOf(recovery));
      agenda = recovery.map(Agenda.Recovery::agenda).orElse(Agenda.EMPTY);
    }
    turns.reached(host.name(), task.order().next());
  }

  private static PlayOnHost.Rescue rescueOf(Optional<Agenda.Recovery> recovery) {
    return recovery.filter(Agenda.Recovery::rescued).isPresent()
        ? PlayOnHost.Rescue.RESCUED
        : PlayOnHost.Rescue.NOT_RESCUED;
  }
}
