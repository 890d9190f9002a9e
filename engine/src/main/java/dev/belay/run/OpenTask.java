package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A task that a host is at. */
final class OpenTask {
  private final Agenda.Do entry;
  private final TaskHeader header;
  private Agenda after;
  private final RunOptions.Mode mode;
  private final long begun;
  private final List<OpenItem> items = new ArrayList<>();
  private final Deque<HostScope> turns = new ArrayDeque<>();
  private final List<Inclusions.Brought> brought = new ArrayList<>();
  private Optional<Outcome> whole = Optional.empty();

  /**
   * A task without items yet.
   *
   * @param after what the host has to do behind it
   * @param mode whether it may act
   * @param begun in nanoseconds of the run's clock
   */
  OpenTask(Agenda.Do entry, TaskHeader header, Agenda after, RunOptions.Mode mode, long begun) {
    this.entry = entry;
    this.header = header;
    this.after = after;
    this.mode = mode;
    this.begun = begun;
  }

  Agenda.Do entry() {
    return entry;
  }

  Task task() {
    return entry.task();
  }

  Order order() {
    return entry.order();
  }

  TaskHeader header() {
    return header;
  }

  Agenda after() {
    return after;
  }

  /** A turn of it brings in tasks. */
  void bring(Inclusions.Brought more) {
    brought.add(more);
  }

  List<Inclusions.Brought> brought() {
    return Collections.unmodifiableList(brought);
  }

  /** What it brought in comes first, then what there was to do. */
  void leadTo(ImmutableList<Agenda.Entry> entries) {
    after = after.after(entries);
  }

  /** The place that a host is at when it is done with it. */
  Order behind() {
    return brought.isEmpty() ? order().next() : order().inside(0);
  }

  RunOptions.Mode mode() {
    return mode;
  }

  long begun() {
    return begun;
  }

  /** The turns of its loop that are not looked at yet, by their scopes. */
  Deque<HostScope> turnsToCome() {
    return turns;
  }

  void add(OpenItem item) {
    items.add(item);
  }

  /** The turns that were begun; one where there is no loop. */
  List<OpenItem> items() {
    return Collections.unmodifiableList(items);
  }

  /**
   * The outcome where there is nothing to look at: a loop without items, or one that could not be
   * made.
   */
  Optional<Outcome> whole() {
    return whole;
  }

  void settleWhole(Outcome outcome) {
    whole = Optional.of(outcome);
  }

  boolean isSettled() {
    return whole.isPresent()
        || turns.isEmpty() && items.stream().allMatch(item -> item.outcome().isPresent());
  }
}
