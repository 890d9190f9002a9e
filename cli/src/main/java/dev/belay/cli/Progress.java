package dev.belay.cli;

import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.TaskHeader;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** One line that says how far a run is, written over and over, and gone at the end. */
final class Progress implements RunListener {
  private static final long PAUSE_NANOS = 100_000_000;
  private static final String WIPE = "\r\u001b[K";

  private final PrintStream err;
  private final LongSupplier nanos;
  private int hosts;
  private int done;
  private int tasks;
  private long next;

  Progress(PrintStream err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
    next = nanos.getAsLong();
  }

  @Override
  public void playStarted(PlayStart play) {
    hosts = play.hosts().size();
    done = 0;
    show();
  }

  @Override
  public void taskDone(String host, TaskHeader task, Outcome outcome) {
    tasks++;
    show();
  }

  @Override
  public void hostDone(String host) {
    done++;
    show();
  }

  private void show() {
    long now = nanos.getAsLong();
    if (now - next >= 0) {
      err.print(WIPE + done + " of " + hosts + " hosts done, " + tasks + " tasks looked at");
      err.flush();
      next = now + PAUSE_NANOS;
    }
  }

  @Override
  public void runDone(Recap recap) {
    err.print(WIPE);
    err.flush();
  }
}
