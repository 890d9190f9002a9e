package dev.belay.remote;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads that read a lane's second stream and feed its first: made when needed, gone when idle,
 * never in the way of an exit.
 */
final class LaneThreads {
  /** In bytes; they only copy. */
  private static final long STACK = 256 * 1024;

  static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(null, work, "lane", STACK);
            thread.setDaemon(true);
            return thread;
          });

  private LaneThreads() {}
}
