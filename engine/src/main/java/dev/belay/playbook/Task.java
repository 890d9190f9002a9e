package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Position;
import dev.belay.template.Expression;
import java.util.Optional;

/**
 * One use of a module. A handler is a task too.
 *
 * @param name raw: a Template where the user wrote one
 * @param keywords those of the play and blocks around it included
 * @param notifies names of handlers, raw
 * @param listen further words by which a handler is notified
 * @param changedWhen all must hold for {@code changed}; empty where the module decides
 * @param failedWhen all must hold for {@code failed}; empty where the module decides
 * @param until when it need not be tried again; empty where it is tried once
 * @param inclusion where it stands, if it brings in other tasks
 * @param source where the wanted value comes from
 * @param why why it is wanted
 */
public record Task(
    Optional<Object> name,
    ModuleSpec module,
    Arguments arguments,
    Keywords keywords,
    Optional<Loop> loop,
    Optional<String> register,
    ImmutableList<Object> notifies,
    ImmutableSet<String> listen,
    Optional<ImmutableList<Expression>> changedWhen,
    Optional<ImmutableList<Expression>> failedWhen,
    Optional<Until> until,
    Optional<Inclusion> inclusion,
    Optional<String> source,
    Optional<String> why,
    Position at)
    implements Statement {

  /** The name that the user gave, before templating, or the module's. */
  public String title() {
    return name.map(Object::toString).orElse(module.name());
  }

  /** The same, with variables that win over all others that it has, and those that it brings in. */
  public Task giving(ImmutableMap<String, Object> names) {
    return new Task(
        name,
        module,
        arguments,
        keywords.giving(names),
        loop,
        register,
        notifies,
        listen,
        changedWhen,
        failedWhen,
        until,
        inclusion.map(each -> each.giving(names)),
        source,
        why,
        at);
  }

  /** Whether its author says that it changes nothing and is to run in a check too. */
  public boolean isDeclaredReadOnly() {
    boolean neverChanged =
        changedWhen
            .filter(conditions -> conditions.size() == 1)
            .map(conditions -> conditions.get(0).toString())
            .filter(text -> text.equalsIgnoreCase("false") || text.equals("no"))
            .isPresent();
    return neverChanged && keywords.said(Keyword.CHECK_MODE).equals(Optional.of(false));
  }
}
