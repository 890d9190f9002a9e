package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;

/**
 * Tasks that belong together. Its keywords are already part of those of the tasks inside.
 *
 * @param rescue what is done on a host where a task of {@code body} failed; empty where the failure
 *     stands
 * @param always what is done in any case
 */
public record Block(
    ImmutableList<Statement> body,
    ImmutableList<Statement> rescue,
    ImmutableList<Statement> always,
    Position at)
    implements Statement {

  /** The same, whose tasks notify these handlers too. */
  Block notifying(ImmutableList<Object> handlers) {
    return handlers.isEmpty()
        ? this
        : new Block(
            notifying(body, handlers),
            notifying(rescue, handlers),
            notifying(always, handlers),
            at);
  }

  private static ImmutableList<Statement> notifying(
      ImmutableList<Statement> statements, ImmutableList<Object> handlers) {
    return statements.stream()
        .map(
            statement ->
                statement instanceof Task task
                    ? task.notifying(handlers)
                    : ((Block) statement).notifying(handlers))
        .collect(ImmutableList.toImmutableList());
  }
}
