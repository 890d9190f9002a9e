package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Position;
import dev.belay.template.Expression;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One use of a module. A handler is a task too.
 *
 * @param called its name
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
    TaskName called,
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
    return called.title();
  }

  /** Where its files are looked for: its roles, the inner one first, then its own file's folder. */
  public ImmutableList<Path> folders() {
    return Stream.concat(
            keywords.folders().stream(),
            Optional.ofNullable(Path.of(at.file()).toAbsolutePath().getParent()).stream())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** The same, with variables that win over all others that it has, and those that it brings in. */
  public Task giving(ImmutableMap<String, Object> names) {
    return with(keywords.giving(names), notifies, inclusion.map(each -> each.giving(names)));
  }

  /** The same, notifying these handlers too. */
  Task notifying(ImmutableList<Object> handlers) {
    return with(
        keywords,
        ImmutableList.builder().addAll(handlers).addAll(notifies).build(),
        inclusion.map(each -> each.notifying(handlers)));
  }

  private Task with(
      Keywords otherKeywords,
      ImmutableList<Object> otherNotifies,
      Optional<Inclusion> otherInclusion) {
    return new Task(
        called,
        module,
        arguments,
        otherKeywords,
        loop,
        register,
        otherNotifies,
        listen,
        changedWhen,
        failedWhen,
        until,
        otherInclusion,
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
