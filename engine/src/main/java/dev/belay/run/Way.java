package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.remote.Become;
import dev.belay.shell.Output;
import dev.belay.shell.Sh;
import dev.belay.shell.TimeLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a task gets to where it works, and what holds for all that it runs there.
 *
 * @param link to the host, or to the one that the task is delegated to
 * @param become as whom it runs
 * @param environment what it adds to the environment
 * @param deadline after which what it runs is ended
 * @param background whether its deed runs on its own
 * @param delegate the name of the host that it is delegated to
 */
record Way(
    HostLink link,
    Become become,
    ImmutableMap<String, String> environment,
    Optional<Duration> deadline,
    Optional<Background> background,
    Optional<String> delegate) {

  /** The command as it is run there. */
  Sh around(Sh command) {
    Sh whole = Batch.within(environment, command);
    return deadline.map(limit -> TimeLimit.around(whole, limit)).orElse(whole);
  }

  /** Whether commands of both can be fused. */
  boolean isLike(Way other) {
    return environment.equals(other.environment) && deadline.equals(other.deadline);
  }

  /** Why the outputs are no answers: the task took too long. */
  Optional<String> overdue(List<Output> outputs) {
    return deadline
        .filter(limit -> outputs.stream().anyMatch(TimeLimit::hasEnded))
        .map(limit -> "timed out: its timeout is " + limit.toSeconds() + " s");
  }

  /** The same for one output. */
  Optional<String> overdue(Output output) {
    return overdue(ImmutableList.of(output));
  }
}
