package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.Block;
import dev.belay.playbook.Statement;
import dev.belay.playbook.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a host has still to do, first things first. Immutable: whoever looks ahead walks down a copy
 * that costs nothing, and a failure leads to another agenda.
 *
 * <p>A block is opened when it is reached: its tasks, then a mark that says how it is left.
 */
final class Agenda {
  static final Agenda EMPTY = new Agenda(null, null);

  /** One entry. */
  sealed interface Entry {}

  /** Do a task. */
  record Do(Task task, Order order, TaskHeader.Kind kind) implements Entry {

    /** With the name as it stands. */
    TaskHeader header() {
      return header(task.title());
    }

    TaskHeader header(String name) {
      return new TaskHeader(
          order,
          kind,
          task.called().in(name),
          task.module().name(),
          task.at(),
          task.source(),
          task.why());
    }
  }

  /** Handlers that were notified so far run here. */
  record Flush(Order order) implements Entry {}

  /** The body of a block ends here: a failure before it leads to its rescue. */
  record EndOfBody(ImmutableList<Entry> rescue, ImmutableList<Entry> always) implements Entry {}

  /** A rescue ends here: a failure before it leads to {@code always}. */
  record EndOfRescue(ImmutableList<Entry> always) implements Entry {}

  /** {@code always} of a block that failed is through: the failure goes on outside of it. */
  record FailNow() implements Entry {}

  // The one place for nulls: the end of the list.
  private final Entry head;
  private final Agenda tail;

  private Agenda(Entry head, Agenda tail) {
    this.head = head;
    this.tail = tail;
  }

  static Agenda of(List<Entry> entries) {
    return EMPTY.after(entries);
  }

  /** These entries, then the ones of this agenda. */
  Agenda after(List<? extends Entry> entries) {
    Agenda agenda = this;
    for (int i = entries.size() - 1; i >= 0; i--) {
      agenda = new Agenda(entries.get(i), agenda);
    }
    return agenda;
  }

  boolean isEmpty() {
    return head == null;
  }

  Entry first() {
    return head;
  }

  Agenda rest() {
    return tail;
  }

  /** Numbers the tasks of a list, blocks opened, beginning at {@code index}. */
  static ImmutableList<Entry> entries(
      List<? extends Statement> statements, TaskHeader.Kind kind, Counter counter) {
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    for (Statement statement : statements) {
      if (statement instanceof Task task) {
        entries.add(new Do(task, counter.next(), kind));
      } else if (statement instanceof Block block) {
        entries.addAll(entries(block.body(), kind, counter));
        ImmutableList<Entry> rescue = entries(block.rescue(), kind, counter);
        entries.add(new EndOfBody(rescue, entries(block.always(), kind, counter)));
      }
    }
    return entries.build();
  }

  /** Counts the tasks of a play, or those that one of them brings in. */
  static final class Counter {
    private final Optional<Order> outer;
    private int index;

    Counter() {
      outer = Optional.empty();
    }

    /** For what the task at that place brings in. */
    Counter(Order outer) {
      this.outer = Optional.of(outer);
    }

    Order next() {
      int place = index++;
      return outer.map(order -> order.inside(place)).orElseGet(() -> Order.of(place));
    }
  }

  /**
   * The agenda when the mark at its head is passed without a failure; as it is where a task comes
   * first.
   */
  Agenda pass() {
    if (head instanceof EndOfBody end) {
      return tail.after(end.always).pass();
    } else if (head instanceof EndOfRescue end) {
      return tail.after(end.always).pass();
    }
    return this;
  }

  /** Where to go on after a failure; empty where nothing around it catches it. */
  Optional<Recovery> afterFailure() {
    for (Agenda at = this; !at.isEmpty(); at = at.tail) {
      if (at.head instanceof EndOfBody end) {
        return Optional.of(at.leaveBody(end));
      } else if (at.head instanceof EndOfRescue end) {
        return Optional.of(at.failingThrough(end.always));
      }
    }
    return Optional.empty();
  }

  /** What always runs, where the host is given up without a failure of its own. */
  Agenda abandoned() {
    for (Agenda at = this; !at.isEmpty(); at = at.tail) {
      if (at.head instanceof EndOfBody end) {
        return at.failingThrough(end.always).agenda();
      } else if (at.head instanceof EndOfRescue end) {
        return at.failingThrough(end.always).agenda();
      }
    }
    return EMPTY;
  }

  /** The same where failures so far end nothing. */
  Agenda withoutFailures() {
    List<Entry> entries = new ArrayList<>();
    for (Agenda at = this; !at.isEmpty(); at = at.tail) {
      if (!(at.head instanceof FailNow)) {
        entries.add(at.head);
      }
    }
    return of(entries);
  }

  /** Only the handlers that run next, where there are any still to run. */
  Agenda onlyHandlers() {
    for (Agenda at = this; !at.isEmpty(); at = at.tail) {
      if (at.head instanceof Flush) {
        return EMPTY.after(ImmutableList.of(at.head));
      }
    }
    return EMPTY;
  }

  private Recovery leaveBody(EndOfBody end) {
    return end.rescue.isEmpty()
        ? failingThrough(end.always)
        : new Recovery(
            tail.after(ImmutableList.of(new EndOfRescue(end.always))).after(end.rescue), true);
  }

  private Recovery failingThrough(ImmutableList<Entry> always) {
    return new Recovery(tail.after(ImmutableList.of(new FailNow())).after(always), false);
  }

  /**
   * How a failure goes on.
   *
   * @param rescued whether a rescue takes care of it
   */
  record Recovery(Agenda agenda, boolean rescued) {}
}
