package dev.belay.run;

import dev.belay.playbook.Keyword;
import dev.belay.playbook.Task;
import java.util.Optional;

/**
 * Where a host goes on after failures: its own, and those of others that end the play for all.
 *
 * @param host that it is about
 * @param rules of the play
 */
record Failures(PlayOnHost host, TaskPreparer preparer, Turns turns, PlayRules rules) {

  /** What is to be done behind a task that ended the host so; {@code rest} is what there was. */
  Agenda behind(Status status, Agenda rest) {
    if (status == Status.UNREACHABLE) {
      host.failed(PlayOnHost.Rescue.NOT_RESCUED);
      return Agenda.EMPTY;
    }
    Optional<Agenda.Recovery> recovery = rest.afterFailure();
    host.failed(isRescued(recovery) ? PlayOnHost.Rescue.RESCUED : PlayOnHost.Rescue.NOT_RESCUED);
    return agenda(recovery, rest);
  }

  /** What always runs in a block that failed is through: what is around it may rescue the host. */
  Agenda outOf(Agenda outside) {
    Optional<Agenda.Recovery> recovery = outside.afterFailure();
    if (isRescued(recovery)) {
      host.failed(PlayOnHost.Rescue.RESCUED);
    }
    return agenda(recovery, outside);
  }

  private static boolean isRescued(Optional<Agenda.Recovery> recovery) {
    return recovery.filter(Agenda.Recovery::rescued).isPresent();
  }

  /** A host that failed for good may still have handlers to run. */
  private Agenda agenda(Optional<Agenda.Recovery> recovery, Agenda rest) {
    return recovery
        .map(Agenda.Recovery::agenda)
        .orElseGet(() -> rules.forcesHandlers().orElse(false) ? rest.onlyHandlers() : Agenda.EMPTY);
  }

  /** Lets all others know of a failure for good that counts for them. */
  void tell(Task task, Status status) {
    if (host.hasFailed() && status == Status.FAILED) {
      turns.failed(rules.maxFailPercentage());
    }
    if (host.hasFailed() && isFatal(task)) {
      turns.condemn();
    }
  }

  private boolean isFatal(Task task) {
    return preparer.says(Keyword.ANY_ERRORS_FATAL, task);
  }

  /**
   * Whether failures of others end the play here. Where they may, nobody goes on before all are
   * done with the task.
   */
  boolean ofOthersEndIt(OpenTask task) throws InterruptedException {
    return areCondemnedAt(task.behind(), task.task());
  }

  /** The same before anything of the task counts: a rescue of another host may have failed. */
  boolean ofOthersPreventIt(OpenTask task) throws InterruptedException {
    return areCondemnedAt(task.order(), task.task());
  }

  private boolean areCondemnedAt(Order place, Task task) throws InterruptedException {
    if (host.hasFailed() || !(rules.maxFailPercentage().isPresent() || isFatal(task))) {
      return false;
    }
    turns.await(host.name(), place);
    return turns.isCondemned();
  }
}
