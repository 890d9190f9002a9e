package dev.belay.run;

import com.google.common.collect.TreeMultiset;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the hosts of a play in step where they act: no host acts on a task before all hosts are
 * done with the tasks before it. Looking ahead waits for nobody.
 */
interface Turns {

  /** Waits until the host may act on the task at that place. */
  void await(String host, Order order) throws InterruptedException;

  /** The host is done with all tasks before that place. */
  void reached(String host, Order order);

  /** Nobody needs to wait for the host any longer. */
  void left(String host);

  /** Hosts that do not wait for each other. */
  static Turns free() {
    return new Turns() {
      @Override
      public void await(String host, Order order) {}

      @Override
      public void reached(String host, Order order) {}

      @Override
      public void left(String host) {}
    };
  }

  /** All of the hosts in step. */
  static Turns linear(Iterable<String> hosts) {
    return new Linear(hosts);
  }

  /** Knows where each host is, and where the last one is. */
  final class Linear implements Turns {
    private final Map<String, Order> places = new HashMap<>();
    private final TreeMultiset<Order> sorted = TreeMultiset.create();

    private Linear(Iterable<String> hosts) {
      Order start = Order.of(-1);
      hosts.forEach(
          host -> {
            places.put(host, start);
            sorted.add(start);
          });
    }

    @Override
    public synchronized void await(String host, Order order) throws InterruptedException {
      reached(host, order);
      while (sorted.firstEntry().getElement().compareTo(order) < 0) {
        wait();
      }
    }

    @Override
    public synchronized void reached(String host, Order order) {
      move(host);
      places.put(host, order);
      sorted.add(order);
      notifyAll();
    }

    @Override
    public synchronized void left(String host) {
      move(host);
      notifyAll();
    }

    private void move(String host) {
      Order before = places.remove(host);
      if (before != null) {
        sorted.remove(before);
      }
    }
  }
}
