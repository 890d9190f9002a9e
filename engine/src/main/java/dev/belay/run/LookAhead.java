package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.AddHost;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Meta;
import dev.belay.playbook.NamedLater;
import dev.belay.playbook.Task;
import dev.belay.problem.ProblemsException;
import dev.belay.template.EvaluationException;
import dev.belay.template.NotYetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The hand in front of a {@link HostRun}: walks down a host's agenda and opens tasks, up to one
 * that needs what an open one has still to give, or that must be the only one.
 */
final class LookAhead {
  /** How many tasks may be open at once: enough for a whole play, not for a play without end. */
  private static final int OPEN_LIMIT = 256;

  private static final String DOUBTFUL = "a task that notifies it is unknown in a check";

  private final PlayOnHost host;
  private final TaskPreparer preparer;
  private final Turns turns;
  private final Steps steps;
  private final Failures failures;
  private final Deque<OpenTask> open = new ArrayDeque<>();
  private Agenda agenda;

  LookAhead(
      PlayOnHost host,
      TaskPreparer preparer,
      Turns turns,
      PlayRules rules,
      Steps steps,
      Agenda agenda) {
    this.steps = steps;
    failures = new Failures(host, preparer, turns, rules);
    this.host = host;
    this.preparer = preparer;
    this.turns = turns;
    this.agenda = agenda;
  }

  /** Tasks that were begun and are not done, in order. */
  Deque<OpenTask> tasks() {
    return open;
  }

  /** Opens what can be opened; false where there is nothing left to do. */
  boolean open() throws InterruptedException {
    if (!open.isEmpty()) {
      takeTurns(open.getFirst());
    }
    Agenda ahead = ahead();
    while (open.size() < OPEN_LIMIT && !ahead.isEmpty() && !isShut() && opens(ahead)) {
      ahead = ahead();
    }
    return !open.isEmpty();
  }

  /** What stands behind the last open task cannot be looked at yet. */
  private boolean isShut() {
    return !open.isEmpty() && isApart(open.getLast().task());
  }

  private boolean isApart(Task task) {
    return task.module().pace() != ModuleSpec.Pace.AHEAD || preparer.ways().isApart(task);
  }

  private Agenda ahead() {
    if (open.isEmpty() && turns.isEnded()) {
      agenda = Agenda.EMPTY;
    }
    return (open.isEmpty() ? agenda : open.getLast().after()).pass();
  }

  /** Opens or passes the first entry; false where it has to wait. */
  private boolean opens(Agenda ahead) throws InterruptedException {
    boolean mustBeAlone =
        !(ahead.first() instanceof Agenda.Do next) || isAlone(next) || steps.areOn();
    if (mustBeAlone && !open.isEmpty()) {
      return false;
    } else if (ahead.first() instanceof Agenda.Do next) {
      return opens(next, ahead.rest());
    } else if (ahead.first() instanceof Agenda.Flush flush) {
      agenda = ahead.rest().after(host.handlers(flush.order()));
      return true;
    }
    agenda = failures.outOf(ahead.rest());
    return true;
  }

  private boolean isAlone(Agenda.Do next) {
    return next.kind() == TaskHeader.Kind.HANDLER
        || next.task().keywords().said(Keyword.RUN_ONCE).isPresent()
        || isApart(next.task())
        || preparer.ways().areHere()
        || is(Meta.SPEC, next.task())
        || is(NamedLater.SPEC, next.task());
  }

  private static boolean is(ModuleSpec module, Task task) {
    return task.module().equals(module);
  }

  private boolean opens(Agenda.Do next, Agenda rest) throws InterruptedException {
    if (next.kind() == TaskHeader.Kind.HANDLER && !host.isNotified(next.task())) {
      agenda = rest;
      if (host.isDoubtful(next.task())) {
        host.report(preparer.unopened(next, rest), Outcome.of(Status.UNKNOWN, DOUBTFUL));
      }
    } else if (preparer.isGathered(next.task()) || !isWanted(next)) {
      agenda = rest;
    } else if (is(Meta.SPEC, next.task())) {
      meta(next, rest);
    } else if (is(NamedLater.SPEC, next.task())) {
      openNamed(next, rest);
    } else if (!isDoneByAnother(next, rest)) {
      return openTask(next, rest);
    }
    return true;
  }

  /** Where somebody is asked, that is when all hosts have come as far. */
  private boolean isWanted(Agenda.Do next) throws InterruptedException {
    if (steps.areOn()) {
      turns.await(host.name(), next.order());
    }
    return steps.wants(next);
  }

  private boolean openTask(Agenda.Do next, Agenda after) throws InterruptedException {
    if (preparer.ways().isApart(next.task())) {
      openApart(next, after);
      return true;
    }
    if (is(AddHost.GROUP_BY, next.task())) {
      // The first of a group is the same host in every run.
      turns.awaitInOrder(host.name(), next.order());
    }
    Pending pending = Pending.of(open.stream().map(OpenTask::task).toList());
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

  private void openNamed(Agenda.Do next, Agenda after) throws InterruptedException {
    turns.await(host.name(), next.order());
    try {
      agenda = after.after(preparer.named(next));
    } catch (EvaluationException | ProblemsException e) {
      open.addLast(preparer.failed(next, after, e));
    }
  }

  private void openApart(Agenda.Do next, Agenda after) throws InterruptedException {
    turns.await(host.name(), next.order());
    Optional<Long> limit = preparer.throttle(next.task());
    if (limit.isPresent()) {
      turns.enter(host.name(), next.order(), limit.get());
    }
    openBesideOthers(next, after);
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

  private void meta(Agenda.Do next, Agenda rest) throws InterruptedException {
    turns.await(host.name(), next.order());
    agenda = rest;
    TaskPreparer.Told told = preparer.meta(next);
    boolean first = turns.isFirst(next.order());
    if (!told.word().isForAll() || first) {
      host.tell(told.word(), told.holds());
    }
    if (!told.holds()) {
      return;
    }
    switch (told.word()) {
      case FLUSH_HANDLERS -> agenda = rest.after(ImmutableList.of(new Agenda.Flush(next.order())));
      case END_HOST -> agenda = Agenda.EMPTY;
      case END_PLAY, END_BATCH -> {
        turns.end(told.word() == Meta.Word.END_PLAY ? Turns.Reach.PLAY : Turns.Reach.BATCH);
        agenda = Agenda.EMPTY;
      }
      case RESET_CONNECTION -> preparer.ways().reset();
      case REFRESH_INVENTORY -> host.refreshInventory();
      case CLEAR_FACTS -> host.forgetFacts();
      case CLEAR_HOST_ERRORS -> {
        agenda = rest.withoutFailures();
        host.forgiven();
      }
      case NOOP -> {}
    }
  }

  /** Whether another host did the task for all; then this one has its results, and goes on. */
  private boolean isDoneByAnother(Agenda.Do next, Agenda after) throws InterruptedException {
    if (!preparer.says(Keyword.RUN_ONCE, next.task())) {
      return false;
    }
    Optional<Outcome> outcome = turns.doneByAnother(host.name(), next.order());
    outcome.ifPresent(
        done -> {
          host.adopt(next.task(), done);
          agenda = after;
          if (done.status() == Status.FAILED && done.endsHost()) {
            host.rescues(next.task(), done);
            recover(Status.FAILED);
          }
          turns.reached(host.name(), next.order().next());
        });
    return outcome.isPresent();
  }

  /** What comes of a task whose host cannot be reached. */
  Outcome unreachable(Task task, String why) {
    boolean ignored = preparer.says(Keyword.IGNORE_UNREACHABLE, task);
    return Outcome.of(Status.UNREACHABLE, why).ignoredBy(ignored);
  }

  /** Keeps what a turn gives: for this host, or for the one that it is about. */
  void learn(Task task, OpenItem item) {
    Outcome outcome = item.outcome().orElseThrow();
    if (item.delegate().isPresent() && preparer.says(Keyword.DELEGATE_FACTS, task)) {
      host.learnOf(item.delegate().get(), task, outcome);
    } else {
      host.learn(task, outcome);
    }
  }

  /** Goes on behind a task that is done, or where its failure leads. */
  void goOn(OpenTask task, Outcome outcome) throws InterruptedException {
    open.remove(task);
    agenda = task.after();
    if (outcome.endsHost()) {
      host.rescues(task.task(), outcome);
      recover(outcome.status());
      failures.tell(task.task(), outcome.status());
    }
    if (preparer.says(Keyword.RUN_ONCE, task.task())) {
      turns.doneForAll(task.order(), outcome);
    }
    turns.exit(host.name());
    if (!host.hasFailed() || !agenda.pass().isEmpty()) {
      // Else it leaves, and only then others may go on as if it were gone.
      turns.reached(host.name(), task.behind());
    }
    if (failures.ofOthersEndIt(task)) {
      giveUp();
    }
  }

  /** Whether failures of other hosts let nothing come of the task; then the play ends here. */
  boolean isPrevented(OpenTask task) throws InterruptedException {
    boolean prevented = failures.ofOthersPreventIt(task);
    if (prevented) {
      giveUp();
    }
    return prevented;
  }

  private void giveUp() {
    open.clear();
    host.givenUp();
    agenda = agenda.abandoned();
  }

  private void recover(Status status) {
    open.clear();
    agenda = failures.behind(status, agenda);
  }
}
