package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.Inventory;
import dev.belay.playbook.IncludeVars;
import dev.belay.playbook.Meta;
import dev.belay.playbook.Task;
import dev.belay.playbook.TaskName;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.value.None;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one host has of a play: its connection, what it learns, whom it notified, and its counters.
 */
final class PlayOnHost {
  private final String name;
  private final Variables variables;
  private final OfRun run;
  private final List<Task> handlers;
  private final Notices notified = new Notices();
  private final Notices doubtful = new Notices();
  private Tally tally = Tally.none();
  private boolean failed;

  PlayOnHost(String name, Variables variables, List<Task> handlers, OfRun run) {
    this.handlers = new ArrayList<>(handlers);
    this.name = name;
    this.variables = variables;
    this.run = run;
  }

  /**
   * What hosts and plays of a run have together.
   *
   * @param memories what is known of each host
   * @param forgiveness lets all hosts that failed so far take part in later plays
   */
  record OfRun(
      Function<String, Variables.Memory> memories,
      CustomStats stats,
      LiveInventory inventory,
      RunListener listener,
      LongSupplier clock,
      Runnable forgiveness) {}

  String name() {
    return name;
  }

  /** Counts round trips. */
  void travelled(int roundTrips) {
    tally = tally.plusRoundTrips(roundTrips);
  }

  Duration since(long begun) {
    return Duration.ofNanos(run.clock.getAsLong() - begun);
  }

  /** Keeps what a turn gives to those after it: facts, and the values of {@code set_fact}. */
  void learn(Task task, Outcome outcome) {
    learn(task, outcome, variables.memory());
  }

  /** The same, where it is about another host. */
  void learnOf(String host, Task task, Outcome outcome) {
    learn(task, outcome, run.memories.apply(host));
  }

  private static void learn(Task task, Outcome outcome, Variables.Memory memory) {
    if (Pending.givesFacts(task)
        && outcome.value("ansible_facts").orElse(None.NONE) instanceof Map<?, ?> facts) {
      if (task.module().name().equals("set_fact")) {
        facts.forEach((key, value) -> memory.set(key.toString(), value));
      } else if (task.module().equals(IncludeVars.SPEC)) {
        memory.include(facts);
      } else {
        memory.addFacts(facts);
      }
      if (Gathering.is(task)) {
        memory.gather();
      }
    }
  }

  /** Adds to the inventory of the run; gives whether anything is new. */
  boolean add(UnaryOperator<Inventory> addition) {
    return run.inventory.add(addition);
  }

  /** Reads the inventory again. */
  void refreshInventory() {
    run.inventory.refresh();
  }

  /** What a rescue may know of the failure that led to it. */
  void rescues(Task task, Outcome outcome) {
    variables.memory().set("ansible_failed_result", Results.kept(outcome));
    variables
        .memory()
        .set(
            "ansible_failed_task",
            ImmutableMap.of(
                "name",
                task.title(),
                "action",
                task.module().name(),
                "args",
                ImmutableMap.of(),
                "tags",
                ImmutableList.copyOf(task.keywords().tags())));
  }

  /** Tells that a word to the engine was done, or why it was not. */
  void tell(Meta.Word word, boolean holds) {
    run.listener.told(name, word, holds);
  }

  /** Keeps what {@code set_stats} has for the recap. */
  void count(Outcome outcome) {
    run.stats.add(name, outcome);
  }

  /** Asks the operator, or tells that there is a pause. */
  Optional<String> pause(RunListener.Pause pause) {
    Optional<String> typed = run.listener.paused(name, pause);
    if (pause.time().isEmpty() && typed.isEmpty()) {
      run.listener.warning("Not waiting for response to prompt as stdin is not interactive");
    }
    return typed;
  }

  /** The handlers that there are by now, as what is to be done at that place. */
  ImmutableList<Agenda.Entry> handlers(Order order) {
    return Agenda.entries(handlers, TaskHeader.Kind.HANDLER, new Agenda.Counter(order));
  }

  /** What the host has told of itself is forgotten. */
  void forgetFacts() {
    variables.memory().clearFacts();
  }

  /** Whether a handler is to run. */
  boolean isNotified(Task handler) {
    return !notified.isEmpty() && notified.reach(handler, names(handler));
  }

  /**
   * Whether a handler may have to run: a check does not know what comes of a task that notifies it.
   */
  boolean isDoubtful(Task handler) {
    return !doubtful.isEmpty() && doubtful.reach(handler, names(handler));
  }

  /** What it may be notified by: its name, with and without its role, as it stands and rendered. */
  private Set<String> names(Task handler) {
    TaskName called = handler.called();
    return Stream.concat(
            Stream.of(handler.title()),
            called.given().map(name -> TaskNames.shown(name, scope())).stream())
        .flatMap(name -> Stream.of(name, called.in(name)))
        .collect(Collectors.toSet());
  }

  private String rendered(Object name) {
    return name instanceof Template template
        ? PythonText.str(template.render(scope()))
        : name.toString();
  }

  private HostScope scope() {
    return HostScope.of(variables);
  }

  /** Counts, remembers and tells what came of a task. */
  void report(OpenTask open, Outcome outcome) {
    Task task = open.task();
    if (open.header().kind() == TaskHeader.Kind.HANDLER) {
      notified.done(task, names(task));
      doubtful.done(task, names(task));
    }
    open.brought().forEach(brought -> handlers.addAll(brought.of().handlers()));
    task.register().ifPresent(name -> variables.memory().set(name, Results.kept(outcome)));
    if (outcome.notifies()) {
      task.notifies().forEach(handler -> notified.add(rendered(handler)));
    }
    if (outcome.status() == Status.UNKNOWN || isBlind(outcome)) {
      task.notifies().forEach(handler -> doubtful.add(rendered(handler)));
    }
    if (outcome.status() == Status.WOULD_CHANGE
        || outcome.status() == Status.UNKNOWN
        || isBlind(outcome)) {
      variables.memory().foretell();
    }
    tally = tally.plus(outcome).plusOk(Math.max(0, open.brought().size() - 1));
    run.listener.taskDone(name, open.header(), outcome);
  }

  /** Whether a check skipped what a run may change something by. */
  private static boolean isBlind(Outcome outcome) {
    return outcome.status() == Status.SKIPPED && !outcome.changes().isEmpty();
  }

  /** Tells that a task is tried again. */
  void retries(OpenTask open, int left) {
    run.listener.taskRetried(name, open.header(), left);
  }

  /**
   * Whether the run is a check that has found anything so far that a run would change. A task that
   * is alone in being checked stands behind others that were done.
   */
  boolean hasForetold() {
    return variables.memory().hasForetold()
        && variables
            .find(MagicVariables.CHECK_MODE, HostScope.of(variables))
            .filter(Boolean.TRUE::equals)
            .isPresent();
  }

  /** Takes over what another host's turn at a task gave. */
  void adopt(Task task, Outcome outcome) {
    if (outcome.status() != Status.UNREACHABLE) {
      task.register().ifPresent(name -> variables.memory().set(name, Results.kept(outcome)));
      learn(task, outcome);
      run.stats.adopt(name, outcome);
    }
  }

  /** A task failed for good, or a rescue takes care of it. */
  void failed(Rescue rescue) {
    if (rescue == Rescue.RESCUED) {
      tally = tally.withRescue();
      failed = false;
      run.listener.rescued(name);
    } else {
      failed = true;
    }
  }

  /** What failed before ends nothing. */
  void forgiven() {
    tally = tally.withForgiveness();
    failed = false;
    run.forgiveness.run();
  }

  /** Others failed, and the play ends for all. */
  void givenUp() {
    failed = true;
  }

  /** Whether a failure was caught. */
  enum Rescue {
    RESCUED,
    NOT_RESCUED
  }

  /** A mistake of ours ended the host. */
  void brokenBy(RuntimeException bug) {
    failed = true;
    tally = tally.plus(Outcome.of(Status.FAILED, String.valueOf(bug.getMessage())));
  }

  boolean hasFailed() {
    return failed;
  }

  Tally tally() {
    return tally;
  }
}
