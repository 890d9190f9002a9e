package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Hosts and what is to be done on them.
 *
 * @param name raw: a Template where the user wrote one
 * @param hosts raw: the host pattern
 * @param vars of the play itself
 * @param roleVars of all its roles: they win over the play's own
 * @param roleDefaults of all its roles: everything wins over them
 * @param roleNames variables that name the roles
 * @param varsFiles raw paths, relative to the playbook; a list of alternatives is one of them
 * @param varsPrompts what is asked for before the play
 * @param gatherFacts raw; Ansible's default is true, and so is ours
 * @param gathering what the task that gathers facts is given, raw
 * @param rollout in which order and how many at a time
 * @param tasks with the play's keywords handed down
 * @param sections {@code pre_tasks}, {@code tasks} and {@code post_tasks}; behind each, handlers
 *     that were notified run
 * @param folder the playbook's
 */
public record Play(
    Optional<Object> name,
    Object hosts,
    ImmutableMap<String, Object> vars,
    ImmutableMap<String, Object> roleVars,
    ImmutableMap<String, Object> roleDefaults,
    ImmutableMap<String, Object> roleNames,
    ImmutableList<Object> varsFiles,
    ImmutableList<VarsPrompt> varsPrompts,
    Keywords keywords,
    Optional<Object> gatherFacts,
    ImmutableMap<String, Object> gathering,
    Rollout rollout,
    ImmutableList<ImmutableList<Statement>> sections,
    ImmutableList<Task> handlers,
    Path folder,
    Position at) {}
