package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.IncludeVars;
import dev.belay.playbook.Task;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.value.None;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What one host has of a play: its connection, what it learns, whom it notified, and its counters.
 */
final class PlayOnHost {
  private final String name;
  private final HostLink link;
  private final Variables variables;
  private final RunListener listener;
  private final LongSupplier clock;
  private final List<Task> handlers;
  private final Set<String> notified = new HashSet<>();
  private final Set<String> doubtful = new HashSet<>();
  private Tally tally = Tally.none();
  private boolean failed;

  PlayOnHost(
      String name,
      HostLink link,
      Variables variables,
      List<Task> handlers,
      RunListener listener,
      LongSupplier clock) {
    this.handlers = new ArrayList<>(handlers);
    this.name = name;
    this.link = link;
    this.variables = variables;
    this.listener = listener;
    this.clock = clock;
  }

  String name() {
    return name;
  }

  HostLink link() {
    return link;
  }

  Duration since(long begun) {
    return Duration.ofNanos(clock.getAsLong() - begun);
  }

  /** Keeps what a turn gives to those after it: facts, and the values of {@code set_fact}. */
  void learn(Task task, Outcome outcome) {
    if (outcome.value("ansible_facts").orElse(None.NONE) instanceof Map<?, ?> facts) {
      if (task.module().name().equals("set_fact")) {
        facts.forEach((key, value) -> variables.memory().set(key.toString(), value));
      } else if (task.module().equals(IncludeVars.SPEC)) {
        variables.memory().include(facts);
      } else {
        variables.memory().addFacts(facts);
      }
    }
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
    return isAmong(handler, notified);
  }

  /**
   * Whether a handler may have to run: a check does not know what comes of a task that notifies it.
   */
  boolean isDoubtful(Task handler) {
    return isAmong(handler, doubtful);
  }

  private boolean isAmong(Task handler, Set<String> names) {
    return names.contains(handler.title())
        || handler.name().map(this::rendered).filter(names::contains).isPresent()
        || handler.listen().stream().anyMatch(names::contains);
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
      forget(task);
    }
    open.brought().forEach(brought -> handlers.addAll(brought.of().handlers()));
    task.register().ifPresent(name -> variables.memory().set(name, Results.registered(outcome)));
    if (outcome.notifies()) {
      task.notifies().forEach(handler -> notified.add(rendered(handler)));
    }
    if (outcome.status() == Status.UNKNOWN) {
      task.notifies().forEach(handler -> doubtful.add(rendered(handler)));
    }
    if (outcome.status() == Status.WOULD_CHANGE) {
      variables.memory().foretell();
    }
    tally = tally.plus(outcome);
    listener.taskDone(name, open.header(), outcome);
  }

  /** Tells that a task is tried again. */
  void retries(OpenTask open, int left) {
    listener.taskRetried(name, open.header(), left);
  }

  /** Whether a check has found anything so far that a run would change. */
  boolean hasForetold() {
    return variables.memory().hasForetold();
  }

  /** Takes over what another host's turn at a task gave. */
  void adopt(Task task, Outcome outcome) {
    if (outcome.status() != Status.UNREACHABLE) {
      task.register().ifPresent(name -> variables.memory().set(name, Results.registered(outcome)));
      learn(task, outcome);
    }
  }

  /** It runs again only where it is notified again. */
  private void forget(Task handler) {
    for (Set<String> names : ImmutableList.of(notified, doubtful)) {
      names.remove(handler.title());
      handler.name().map(this::rendered).ifPresent(names::remove);
      names.removeAll(handler.listen());
    }
  }

  /** A task failed for good, or a rescue takes care of it. */
  void failed(Rescue rescue) {
    if (rescue == Rescue.RESCUED) {
      tally = tally.withRescue();
      listener.rescued(name);
    } else {
      failed = true;
    }
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
