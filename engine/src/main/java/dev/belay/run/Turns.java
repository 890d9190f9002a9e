package dev.belay.run;

import com.google.common.collect.TreeMultiset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Where each host of a play is. Keeps hosts in step where they act, if the play's strategy says so:
 * no host acts on a task before all hosts are done with the tasks before it. Looking ahead waits
 * for nobody.
 */
final class Turns {
  private final boolean inStep;
  private final Map<String, Order> places = new LinkedHashMap<>();
  private final TreeMultiset<Order> sorted = TreeMultiset.create();
  private final Map<Order, Once> once = new HashMap<>();
  private final Map<Order, Set<String>> throttled = new HashMap<>();
  private final Set<Order> visited = new HashSet<>();
  private final int size;
  private boolean ended;
  private boolean playEnded;
  private boolean condemned;
  private int failures;

  /** A task that one host does for all. */
  private static final class Once {
    private Optional<String> runner = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();
  }

  private Turns(Iterable<String> hosts, boolean inStep) {
    this.inStep = inStep;
    Order start = Order.of(-1);
    for (String host : hosts) {
      places.put(host, start);
      sorted.add(start);
    }
    size = places.size();
  }

  /** Hosts that do not wait for each other. */
  static Turns free(Iterable<String> hosts) {
    return new Turns(hosts, false);
  }

  /** All of the hosts in step. */
  static Turns linear(Iterable<String> hosts) {
    return new Turns(hosts, true);
  }

  /** Waits until the host may act on the task at that place. */
  synchronized void await(String host, Order order) throws InterruptedException {
    reached(host, order);
    while (inStep && sorted.firstEntry().getElement().compareTo(order) < 0) {
      wait();
    }
  }

  /** The same, and no host before it in the play is still to come to that place. */
  synchronized void awaitInOrder(String host, Order order) throws InterruptedException {
    await(host, order);
    while (inStep && !isFirst(host, order)) {
      wait();
    }
  }

  /** Whether no host has asked this of the place before. */
  synchronized boolean isFirst(Order place) {
    return visited.add(place);
  }

  /** No host goes on: these end here. */
  synchronized void end(Reach reach) {
    ended = true;
    playEnded |= reach == Reach.PLAY;
  }

  /** Whether hosts that are to come later have nothing to do either. */
  synchronized boolean isPlayEnded() {
    return playEnded;
  }

  /** What an end is of. */
  enum Reach {
    BATCH,
    PLAY
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** A failure that no host goes on after. */
  synchronized void condemn() {
    condemned = true;
  }

  synchronized boolean isCondemned() {
    return condemned;
  }

  /** One more host failed; all are condemned where that makes more than so many of a hundred. */
  synchronized void failed(OptionalDouble maxPercentage) {
    failures++;
    condemned |= maxPercentage.isPresent() && 100.0 * failures / size > maxPercentage.getAsDouble();
  }

  /** Waits until fewer than {@code limit} hosts are at the task, and is one of them then. */
  synchronized void enter(String host, Order order, long limit) throws InterruptedException {
    Set<String> inside = throttled.computeIfAbsent(order, place -> new HashSet<>());
    while (inside.size() >= limit) {
      wait();
    }
    inside.add(host);
  }

  /** The host is at no task any longer that lets only so many in. */
  synchronized void exit(String host) {
    throttled.values().forEach(inside -> inside.remove(host));
    notifyAll();
  }

  /** The host is done with all tasks before that place. */
  synchronized void reached(String host, Order order) {
    Order before = places.replace(host, order);
    if (before != null) {
      sorted.remove(before);
      sorted.add(order);
    }
    notifyAll();
  }

  /** Nobody needs to wait for the host any longer; what it had to do for all is another's now. */
  synchronized void left(String host) {
    Order before = places.remove(host);
    if (before != null) {
      sorted.remove(before);
    }
    throttled.values().forEach(inside -> inside.remove(host));
    once.values().stream()
        .filter(task -> task.runner.equals(Optional.of(host)))
        .forEach(task -> task.runner = Optional.empty());
    notifyAll();
  }

  /**
   * What came of a task that one host does for all, once it is done; empty for the host that is to
   * do it, which then tells {@link #doneForAll}. That is the first host of the play that comes to
   * the task.
   */
  synchronized Optional<Outcome> doneByAnother(String host, Order order)
      throws InterruptedException {
    await(host, order);
    Once task = once.computeIfAbsent(order, place -> new Once());
    while (task.outcome.isEmpty()) {
      if (task.runner.isEmpty() && isFirst(host, order)) {
        task.runner = Optional.of(host);
        return Optional.empty();
      }
      wait();
    }
    return task.outcome;
  }

  /** No host before it in the play may still come to that place. */
  private boolean isFirst(String host, Order order) {
    for (Map.Entry<String, Order> place : places.entrySet()) {
      if (place.getKey().equals(host)) {
        return true;
      } else if (place.getValue().compareTo(order) <= 0) {
        return false;
      }
    }
    return true;
  }

  /** The host that was to do a task for all has done it. */
  synchronized void doneForAll(Order order, Outcome outcome) {
    once.get(order).outcome = Optional.of(outcome);
    notifyAll();
  }
}
