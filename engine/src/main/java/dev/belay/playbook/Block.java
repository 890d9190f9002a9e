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
    implements Statement {}
