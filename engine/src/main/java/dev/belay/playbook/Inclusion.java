package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.yaml.Node;
import java.util.Optional;

/**
 * What a task that brings in others while the play runs ({@code include_tasks}, {@code
 * include_role}) needs to know of the place where it stands.
 *
 * @param outer keywords of the play and blocks around it: the tasks that it brings have them, but
 *     not its own
 * @param applied what its {@code apply} hands down to them
 * @param vars its own, which they have too
 * @param notifies handlers that the tasks inside notify too
 * @param place what a relative name means there
 * @param modules that there are at that place
 * @param task the task itself, where a variable names its module
 */
public record Inclusion(
    Keywords outer,
    Keywords applied,
    ImmutableMap<String, Object> vars,
    ImmutableList<Object> notifies,
    TaskPlace place,
    ModuleCatalog modules,
    Optional<Node.Mapping> task) {

  Inclusion giving(ImmutableMap<String, Object> names) {
    return new Inclusion(outer.giving(names), applied, vars, notifies, place, modules, task);
  }

  Inclusion notifying(ImmutableList<Object> handlers) {
    return new Inclusion(
        outer,
        applied,
        vars,
        ImmutableList.builder().addAll(handlers).addAll(notifies).build(),
        place,
        modules,
        task);
  }
}
