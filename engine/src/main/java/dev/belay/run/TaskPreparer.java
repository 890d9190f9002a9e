package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Included;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Loop;
import dev.belay.playbook.Meta;
import dev.belay.playbook.NamedLater;
import dev.belay.playbook.Task;
import dev.belay.problem.ProblemsException;
import dev.belay.template.EvaluationException;
import dev.belay.template.NotYetException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.template.UnknownValueException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes of a task, on one host, what is to be looked at: its loop, its conditions and its
 * arguments, evaluated.
 *
 * <p>A {@link NotYetException} passes through: the task needs what an earlier one has still to
 * give.
 */
final class TaskPreparer {
  private final Variables variables;
  private final Lookups lookups;
  private final PlayHosts others;
  private final Keyed keyed;
  private final Ways ways;
  private final ArgumentResolver arguments;
  private final Inclusions inclusions;
  private final LongSupplier clock;
  private final TurnMaker turns;
  private final ControlSide.Gathering gathering;

  TaskPreparer(
      Variables variables,
      Lookups lookups,
      PlayHosts others,
      Ways ways,
      ArgumentResolver arguments,
      Inclusions inclusions,
      RunOptions options,
      LongSupplier clock) {
    this.variables = variables;
    this.lookups = lookups;
    this.others = others;
    this.ways = ways;
    this.keyed = new Keyed(variables, options);
    this.arguments = arguments;
    this.inclusions = inclusions;
    this.clock = clock;
    turns = new TurnMaker(variables, keyed, ways, arguments, inclusions, options.control().vault());
    gathering = options.control().gathering();
  }

  /** The task with its first items. {@code pending} is what open tasks before it will give. */
  OpenTask prepare(Agenda.Do entry, Agenda after, Pending pending) {
    Task task = entry.task();
    HostScope scope = scope(task, pending);
    OpenTask open =
        new OpenTask(entry, header(entry, scope), after, mode(task, scope), clock.getAsLong());
    if (task.loop().isEmpty()) {
      open.turnsToCome().add(scope);
    } else {
      begin(open, task.loop().get(), scope);
    }
    takeTurns(open, pending);
    open.leadTo(inclusions.entries(open.brought(), entry.order()));
    return open;
  }

  /**
   * The task itself of one whose module a variable names.
   *
   * @throws EvaluationException where the variable is not there
   * @throws ProblemsException where there is no such module, or the task is not well formed
   */
  ImmutableList<Agenda.Entry> named(Agenda.Do entry) {
    HostScope scope = scope(entry.task(), Pending.nothingAnywhere());
    String module = PythonText.str(Template.resolve(NamedLater.name(entry.task()), scope));
    Included itself = new NamedLater(module, entry.task().inclusion().orElseThrow().task().get());
    return inclusions.entries(
        List.of(inclusions.read(entry, itself, ImmutableMap.of())), entry.order());
  }

  /** A word to the engine, and whether it is to be done: whether its conditions hold. */
  record Told(Meta.Word word, boolean holds) {}

  Told meta(Agenda.Do entry) {
    Task task = entry.task();
    HostScope scope = scope(task, Pending.nothingAnywhere());
    return new Told(
        ((Meta) arguments.resource(task, scope)).word(), TurnMaker.skipped(task, scope).isEmpty());
  }

  /** A task that cannot be made. */
  OpenTask failed(Agenda.Do entry, Agenda after, RuntimeException why) {
    OpenTask open = unopened(entry, after);
    String at = why instanceof EvaluationException e ? e.at() + ": " : "";
    open.settleWhole(Outcome.of(Status.FAILED, at + why.getMessage()));
    return open;
  }

  /** A task that is only to be told of. */
  OpenTask unopened(Agenda.Do entry, Agenda after) {
    HostScope scope = scope(entry.task(), Pending.nothing());
    return new OpenTask(
        entry, header(entry, scope), after, RunOptions.Mode.CHECK, clock.getAsLong());
  }

  private HostScope scope(Task task, Pending pending) {
    return new HostScope(
        variables,
        ImmutableMap.of(),
        merged(TaskNames.around(task, variables)),
        merged(task.keywords().params()),
        merged(task.keywords().defaults()),
        pending,
        lookups.from(task.folders()),
        others,
        0);
  }

  /** What a keyword that takes true or false says once all before the task is done. */
  boolean says(Keyword keyword, Task task) {
    Optional<Object> said = task.keywords().said(keyword);
    return said.isPresent()
        && Keyed.flag(said, scope(task, Pending.nothingAnywhere())).orElse(false);
  }

  /** How many hosts may do the task at once; empty for any number. */
  Optional<Long> throttle(Task task) {
    return Ways.throttle(task.keywords(), scope(task, Pending.nothingAnywhere()));
  }

  /** Whether a play need not gather what one before it has gathered. */
  boolean isGathered(Task task) {
    return gathering == ControlSide.Gathering.SMART
        && Gathering.is(task)
        && variables.memory().isGathered();
  }

  /** The ways to where this host's tasks work. */
  Ways ways() {
    return ways;
  }

  /**
   * A keyword that has no value here fails each turn, in its place; acting on it would be a guess.
   */
  private RunOptions.Mode mode(Task task, HostScope scope) {
    try {
      return keyed.mode(task.keywords(), scope);
    } catch (EvaluationException | UnknownValueException e) {
      return RunOptions.Mode.CHECK;
    }
  }

  /** Inner ones win. */
  private static ImmutableMap<String, Object> merged(List<ImmutableMap<String, Object>> layers) {
    ImmutableMap.Builder<String, Object> merged = ImmutableMap.builder();
    layers.forEach(merged::putAll);
    return merged.buildKeepingLast();
  }

  private static TaskHeader header(Agenda.Do entry, HostScope scope) {
    Task task = entry.task();
    return entry.header(
        task.called().given().map(name -> TaskNames.shown(name, scope)).orElse(task.title()));
  }

  private void begin(OpenTask open, Loop loop, HostScope scope) {
    try {
      ImmutableList<?> items = LoopItems.of(loop, scope);
      if (items.isEmpty()) {
        open.settleWhole(Outcome.of(Status.SKIPPED, "No items in the list"));
      }
      LoopVariables turns = new LoopVariables(loop, items, scope);
      HostScope turn = loop.plugin().isPresent() ? scope.among(others.forFoundItems()) : scope;
      for (int i = 0; i < items.size(); i++) {
        open.turnsToCome().add(turn.with(turns.of(i)));
      }
    } catch (UnknownValueException e) {
      open.settleWhole(Outcome.of(Status.UNKNOWN, e.getMessage()));
    } catch (EvaluationException e) {
      open.settleWhole(skippedAnyway(open.task(), scope).orElseGet(() -> TurnMaker.failed(e)));
    }
  }

  /** A loop over something undefined does no harm where the task's conditions do not hold. */
  private static Optional<Outcome> skippedAnyway(Task task, HostScope scope) {
    try {
      return TurnMaker.skipped(task, scope);
    } catch (EvaluationException | UnknownValueException e) {
      return Optional.empty();
    }
  }

  /** Looks at turns of the loop until one needs what a turn before it gives. */
  void takeTurns(OpenTask open, Pending before) {
    while (!open.turnsToCome().isEmpty()) {
      if (hasPause(open) && !allSettled(open)) {
        return;
      }
      Pending pending = allSettled(open) ? before : before.and(open.task());
      HostScope scope = open.turnsToCome().peek().waitingFor(pending);
      try {
        open.add(turns.item(open, scope));
      } catch (NotYetException e) {
        if (allSettled(open)) {
          throw e;
        }
        return;
      }
      open.turnsToCome().remove();
    }
  }

  /** What a turn is worth may hang on when it is. */
  private static boolean hasPause(OpenTask open) {
    return open.task().loop().flatMap(Loop::pause).isPresent();
  }

  private static boolean allSettled(OpenTask open) {
    return open.items().stream().allMatch(item -> item.outcome().isPresent());
  }
}
