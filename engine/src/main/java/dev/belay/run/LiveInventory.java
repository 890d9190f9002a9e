package dev.belay.run;

import dev.belay.inventory.Inventory;
import dev.belay.problem.ProblemsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The inventory of a run, to which tasks may add hosts and groups. Used by all hosts' threads. */
final class LiveInventory {
  private final Supplier<Inventory> source;
  private final List<UnaryOperator<Inventory>> additions = new ArrayList<>();
  private volatile Inventory now;

  /** {@code source} reads it again, for when its files or scripts may say something new. */
  LiveInventory(Inventory first, Supplier<Inventory> source) {
    now = first;
    this.source = source;
  }

  Inventory now() {
    return now;
  }

  /** Adds to it; gives whether anything is new. */
  synchronized boolean add(UnaryOperator<Inventory> addition) {
    Inventory before = now;
    now = addition.apply(before);
    if (now != before) {
      additions.add(addition);
    }
    return now != before;
  }

  /**
   * Reads it again, and adds again what tasks have added; a host that is gone is put into no group.
   *
   * @throws ProblemsException where it cannot be read any longer
   */
  synchronized void refresh() {
    Inventory fresh = source.get();
    for (UnaryOperator<Inventory> addition : additions) {
      fresh = added(addition, fresh);
    }
    now = fresh;
  }

  private static Inventory added(UnaryOperator<Inventory> addition, Inventory fresh) {
    try {
      return addition.apply(fresh);
    } catch (ProblemsException e) {
      return fresh;
    }
  }

  /** A value that is made of the inventory, and made again when that has changed. */
  <T> Supplier<T> following(Function<Inventory, T> make) {
    return new Supplier<>() {
      private Optional<Made<T>> last = Optional.empty();

      @Override
      public synchronized T get() {
        Inventory of = now;
        if (last.filter(made -> made.of == of).isEmpty()) {
          last = Optional.of(new Made<>(of, make.apply(of)));
        }
        return last.get().value;
      }
    };
  }

  private record Made<T>(Inventory of, T value) {}
}
