package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Plan;
import dev.belay.remote.BecomeException;
import dev.belay.remote.UnreachableException;
import dev.belay.template.NotYetException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Only {@link #mend} begins a {@link Mending}, and it is reached only for tasks whose mode is to
 * apply; a check's tasks go to {@link Results#foretold}, which has no connection to act with. The
 * one exception is a {@link Plan.Rehearse}: a user's own program that says of itself that it
 * changes nothing in a check.
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
    while (ahead.open()) {
      try {
        ask();
        settle();
      } catch (UnreachableException e) {
        OpenTask task = open.getFirst();
        complete(task, ahead.unreachable(task.task(), e.getMessage()));
      }
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
      for (Map.Entry<HostLink, List<OpenItem>> link : byLink(items).entrySet()) {
        link.getKey().ask(link.getValue(), host::travelled);
      }
      // Nothing had to be done about the last ones, so it may be so with more of them.
      window = (int) Math.min(Integer.MAX_VALUE, 2L * window);
    }
  }

  private static Map<HostLink, List<OpenItem>> byLink(List<OpenItem> items) {
    Map<HostLink, List<OpenItem>> links = new LinkedHashMap<>();
    items.forEach(
        item -> links.computeIfAbsent(item.way().link(), link -> new ArrayList<>()).add(item));
    return links;
  }

  /** Settles open tasks in order, up to the first that has to be asked. */
  private void settle() throws UnreachableException, InterruptedException {
    while (!open.isEmpty()) {
      OpenTask task = open.getFirst();
      if (ahead.isPrevented(task)) {
        return;
      }
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
    boolean last =
        task.turnsToCome().isEmpty() && item == task.items().get(task.items().size() - 1);
    if (task.task().loop().isPresent() && !last) {
      Thread.sleep(LoopVariables.pauseMillis(task.task().loop().get(), settledScope(item)));
    }
  }

  private void settle(OpenTask task, OpenItem item)
      throws UnreachableException, InterruptedException {
    Optional<Outcome> overdue =
        item.way().overdue(item.answers().orElseThrow()).map(Mending::failed);
    Outcome outcome = overdue.isPresent() ? overdue.get() : planned(task, item);
    Attempts attempts = new Attempts(task.task(), settledScope(item));
    int attempt = item.tryAgain();
    Outcome judged = judged(task, item, attempts.counted(outcome, attempt));
    Attempts.Next next = attempts.after(attempt, judged);
    if (next instanceof Attempts.Again again) {
      host.retries(task, again.left());
      Thread.sleep(again.delayMillis());
      item.forgetAnswers();
      return;
    }
    item.settle(((Attempts.Done) next).outcome().by(item.delegate()));
    ahead.learn(task.task(), item);
    host.count(item.outcome().orElseThrow());
  }

  private Outcome planned(OpenTask task, OpenItem item)
      throws UnreachableException, InterruptedException {
    Look.Seen seen = item.look().see(item.answers().orElseThrow());
    boolean isJob =
        item.way().background().filter(background -> background.poll().isEmpty()).isPresent();
    boolean isIdleJob =
        isJob && task.mode() == RunOptions.Mode.APPLY && seen.plan() instanceof Plan.Satisfied;
    if (isIdleJob || isDone(task, seen.plan())) {
      return mend(task, item, seen.plan());
    }
    return isJob ? Mending.foretold(foretold(task, seen)) : foretold(task, seen);
  }

  private static boolean isDone(OpenTask task, Plan plan) {
    return task.mode() == RunOptions.Mode.APPLY
        ? plan instanceof Plan.Mend || plan instanceof Plan.Act
        : plan instanceof Plan.Rehearse;
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
    Mending mending = new Mending(item, plan, item.answers().orElseThrow(), host::travelled);
    unsettled().forEach(OpenItem::forgetAnswers);
    window = WINDOW_BEHIND_A_CHANGE;
    try {
      Optional<EngineDeed> deed = EngineDeed.of(mending.changes(), host, task);
      if (deed.isPresent()) {
        return mending.by(deed.get(), askedBehind(item));
      }
      return item.way().background().isPresent()
          ? mending.apart(item.way().background().get())
          : mending.now(askedBehind(item));
    } catch (BecomeException e) {
      return Mending.failed(e.getMessage());
    }
  }

  private List<OpenItem> askedBehind(OpenItem item) {
    return unsettled()
        .filter(other -> other != item && other.way().link() == item.way().link())
        .limit(window)
        .toList();
  }

  /** Reports a task, and goes on behind it, or where its failure leads. */
  private void complete(OpenTask task, Outcome outcome) throws InterruptedException {
    host.report(task, outcome);
    ahead.goOn(task, outcome);
  }
}
