package dev.belay.run;

import java.util.ArrayList;
import java.util.List;

/** A thread for each host of a play: they mostly wait, and their stacks are small. */
final class Threads {
  /** In bytes; deep enough for the deepest expression that the compiler lets through. */
  private static final long STACK = 512 * 1024;

  private final List<Thread> threads = new ArrayList<>();

  void start(String host, Runnable work) {
    Thread thread = new Thread(null, work, "host " + host, STACK);
    threads.add(thread);
    thread.start();
  }

  void awaitAll() throws InterruptedException {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
  }
}
