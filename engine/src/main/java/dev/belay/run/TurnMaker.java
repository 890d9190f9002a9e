package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.Readable;
import dev.belay.module.Resource;
import dev.belay.module.TaskBound;
import dev.belay.playbook.IncludeVars;
import dev.belay.playbook.Included;
import dev.belay.playbook.Loop;
import dev.belay.playbook.Task;
import dev.belay.problem.ProblemsException;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.PythonText;
import dev.belay.template.UnknownValueException;
import dev.belay.vault.Vault;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes of one turn of a task what is to be looked at, or says at once what comes of it: where it
 * is skipped, brings in tasks, or cannot be made.
 *
 * @param keyed what keywords say
 * @param ways to where the host's tasks work
 */
record TurnMaker(
    Variables variables,
    Keyed keyed,
    Ways ways,
    ArgumentResolver arguments,
    Inclusions inclusions,
    Vault vault) {

  /** The turn with that scope. */
  OpenItem item(OpenTask open, HostScope scope) {
    Task task = open.task();
    String label = task.loop().map(loop -> label(loop, scope)).orElse("");
    try {
      keyed.mode(task.keywords(), scope);
      Optional<Outcome> skipped = skipped(task, scope);
      if (skipped.isPresent()) {
        return OpenItem.settled(label, scope, skipped.get());
      } else if (task.inclusion().isPresent()) {
        return OpenItem.settled(label, scope, included(open, scope));
      }
      return OpenItem.toLookAt(label, scope, look(open, scope), ways.of(task, scope));
    } catch (UnknownValueException e) {
      return OpenItem.settled(label, scope, Outcome.of(Status.UNKNOWN, e.getMessage()));
    } catch (EvaluationException e) {
      return OpenItem.settled(label, scope, failed(e));
    } catch (BadArgumentsException e) {
      return OpenItem.settled(label, scope, Settling.judged(task, scope, refused(task, e)));
    }
  }

  /** People are told the place, too; playbooks compare the sentence itself. */
  private static Outcome refused(Task task, BadArgumentsException e) {
    return told(String.valueOf(e.getMessage()), task.at() + ": " + e.getMessage());
  }

  private static Outcome told(String msg, String shown) {
    return Results.with(
        Status.FAILED, ImmutableMap.of("msg", msg), ImmutableList.of(), ImmutableList.of(), shown);
  }

  private Outcome included(OpenTask open, HostScope scope) {
    Included what = (Included) arguments.resource(open.task(), scope);
    try {
      Inclusions.Brought brought = inclusions.read(open.entry(), what, given(open.task(), scope));
      if (what instanceof Included.Role role && role.isPublic()) {
        variables.expose(brought.of().vars(), brought.of().defaults());
      }
      open.bring(brought);
      return Results.with(
          Status.OK,
          what.result(true),
          ImmutableList.of(),
          ImmutableList.of(),
          "included: " + what.title());
    } catch (ProblemsException e) {
      return Outcome.of(Status.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** What an include hands to the tasks inside: its own variables, and those of its loop. */
  private static ImmutableMap<String, Object> given(Task task, HostScope scope) {
    ImmutableMap.Builder<String, Object> given = ImmutableMap.builder();
    task.loop().ifPresent(loop -> given.putAll(scope.loopNames()));
    return given.putAll(task.inclusion().orElseThrow().vars()).buildKeepingLast();
  }

  /** What cannot be evaluated fails in its place. */
  static Outcome failed(EvaluationException e) {
    return told(Conditions.sentence(e), e.at() + ": " + e.getMessage());
  }

  private static String label(Loop loop, HostScope scope) {
    Supplier<String> item =
        () -> PythonText.str(scope.loopNames().get(scope.nearest().get(HostScope.LOOP_VAR)));
    return loop.label().map(label -> TaskNames.shown(label, scope)).orElseGet(item);
  }

  /** The outcome where a condition does not hold. */
  static Optional<Outcome> skipped(Task task, HostScope scope) {
    for (Expression condition : task.keywords().when()) {
      if (!Conditions.holds(condition, scope)) {
        return Optional.of(
            Results.skipped(
                "Conditional result was False",
                ImmutableMap.of("false_condition", condition.toString())));
      }
    }
    return Optional.empty();
  }

  private Look<?> look(OpenTask open, HostScope scope) {
    Resource<?> made = arguments.resource(open.task(), scope);
    if (made instanceof IncludeVars vars) {
      return Look.at(new VarsInclusion(open.task(), vault, scope).read(vars));
    }
    Resource<?> resource =
        made instanceof TaskBound bound ? bound.in(new ContextOf(open, scope)) : made;
    return open.task().isDeclaredReadOnly() && resource instanceof Readable readable
        ? Look.at(readable.asQuestion())
        : Look.at(resource);
  }
}
