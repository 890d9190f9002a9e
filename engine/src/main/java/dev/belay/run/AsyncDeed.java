package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.AsyncJob;
import dev.belay.module.Change;
import dev.belay.module.Step;
import dev.belay.remote.BecomeException;
import dev.belay.remote.UnreachableException;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import dev.belay.shell.TimeLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;

/** The deed of a task with {@code async}: started, and waited for where that is wanted. */
final class AsyncDeed {
  private final Background background;
  private final Way way;
  private final IntConsumer trips;

  AsyncDeed(Background background, Way way, IntConsumer trips) {
    this.background = background;
    this.way = way;
    this.trips = trips;
  }

  /** What the user should do otherwise, where it cannot be done so. */
  static Optional<String> refusal(ImmutableList<Change> changes) {
    boolean sends =
        changes.stream()
            .flatMap(change -> change.steps().stream())
            .anyMatch(step -> !(step instanceof Step.Run));
    return sends
        ? Optional.of("async is not supported for this task: it sends a file; leave async out")
        : Optional.empty();
  }

  /** Starts the changes, which may be none; gives the job. */
  AsyncJob start(ImmutableList<Change> changes)
      throws UnreachableException, BecomeException, InterruptedException {
    Sh start =
        changes.isEmpty()
            ? AsyncJob.start(Sh.of(":"), background.limit(), "nothing")
            : AsyncJob.start(Deed.ofRuns(changes), background.limit(), "changes");
    Output output = way.link().say(way, start, trips);
    if (!output.succeeded()) {
      throw new BecomeException("the job could not be started: " + Results.why(output));
    }
    return AsyncJob.started(output);
  }

  /** What the task tells when nobody waits for the job here. */
  static ImmutableMap<String, Object> values(AsyncJob job) {
    return ImmutableMap.of("ansible_job_id", job.id(), "started", 1L, "finished", 0L);
  }

  /** Waits for the end of the job; gives what it said, or empty where its time was over before. */
  Optional<Output> await(AsyncJob job, Duration pause)
      throws UnreachableException, BecomeException, InterruptedException {
    long left = background.limit().toMillis();
    while (left > 0) {
      Thread.sleep(Math.min(pause.toMillis(), left));
      left -= pause.toMillis();
      AsyncJob.State state = job.state(way.link().say(way, job.look(), trips));
      if (state instanceof AsyncJob.Ended ended) {
        way.link().say(way, job.erase(), trips);
        return Optional.of(ended.output()).filter(out -> !TimeLimit.hasEnded(out));
      } else if (!(state instanceof AsyncJob.Running)) {
        return Optional.of(
            new Output(1, "", "the job is gone and has left no status: it was killed"));
      }
    }
    return Optional.empty();
  }

  String overdue() {
    return "async task did not complete within the requested time - "
        + background.limit().toSeconds()
        + "s";
  }
}
