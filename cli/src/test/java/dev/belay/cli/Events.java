package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import dev.belay.problem.Position;
import dev.belay.run.Order;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.RunListener;
import dev.belay.run.Status;
import dev.belay.run.Tally;
import dev.belay.run.TaskHeader;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run tells its listeners, written by hand. */
final class Events {
  private Events() {}

  static RunListener.PlayStart play(String name, String... hosts) {
    return new RunListener.PlayStart(
        name, new Position("site.yml", 1, 3), ImmutableList.copyOf(hosts));
  }

  static TaskHeader task(int number, String name) {
    return new TaskHeader(
        Order.of(number),
        TaskHeader.Kind.TASK,
        name,
        "sysctl",
        new Position("site.yml", 10 + number, 7),
        Optional.of("guide, 5." + number),
        Optional.of("because"));
  }

  static Change change(String what, String before, String after) {
    return new Change(what, before, after, ImmutableList.of());
  }

  static Outcome outcome(Status status, String message) {
    return Outcome.of(status, message);
  }

  static Outcome drift(Change... changes) {
    return full(
        Status.WOULD_CHANGE, ImmutableMap.of(), ImmutableList.copyOf(changes), ImmutableList.of());
  }

  static Outcome remarked(Status status, Remark... remarks) {
    return full(status, ImmutableMap.of(), ImmutableList.of(), ImmutableList.copyOf(remarks));
  }

  static Outcome full(
      Status status,
      ImmutableMap<String, Object> result,
      ImmutableList<Change> changes,
      ImmutableList<Remark> remarks) {
    return new Outcome(
        status,
        result,
        changes,
        remarks,
        "",
        ImmutableList.of(),
        false,
        Outcome.Shown.plainly(),
        Duration.ofMillis(5));
  }

  /** As a loop ends whose items ended so. */
  static Outcome loop(Status status, Outcome.Item... items) {
    Outcome whole =
        full(
            status,
            ImmutableMap.of(),
            Stream.of(items)
                .flatMap(item -> item.outcome().changes().stream())
                .collect(ImmutableList.toImmutableList()),
            ImmutableList.of());
    return new Outcome(
        whole.status(),
        whole.result(),
        whole.changes(),
        whole.remarks(),
        "",
        ImmutableList.copyOf(items),
        false,
        Outcome.Shown.plainly(),
        whole.took());
  }

  /** The same where its author ignores errors. */
  static Outcome ignored(Outcome of) {
    return new Outcome(
        of.status(),
        of.result(),
        of.changes(),
        of.remarks(),
        of.message(),
        of.items(),
        true,
        of.shown(),
        of.took());
  }

  /** The same where its author hides it; a careless engine would leave everything in. */
  static Outcome hidden(Outcome of) {
    return new Outcome(
        of.status(),
        of.result(),
        of.changes(),
        of.remarks(),
        of.message(),
        of.items(),
        of.ignored(),
        new Outcome.Shown(true, Optional.empty(), Optional.empty()),
        of.took());
  }

  static Tally tally(int changed, int unreachable, int failed) {
    return new Tally(5, changed, unreachable, failed, 1, 0, 0, 0, 0, 0, 0, 1);
  }

  static Recap recap(Tally tally, String... hosts) {
    return new Recap(
        Stream.of(hosts).collect(ImmutableMap.toImmutableMap(host -> host, host -> tally)),
        Duration.ofMillis(1234));
  }

  /** Of a report in which everything is said. */
  static RunHeader header() {
    return new RunHeader(
        "audit",
        dev.belay.run.RunOptions.Mode.CHECK,
        ImmutableList.of("site.yml"),
        Optional.of("npu"),
        com.google.common.collect.ImmutableSet.of("tune"),
        com.google.common.collect.ImmutableSet.of(),
        Optional.of(new dev.belay.inventory.Shard(1, 2)),
        Optional.of("0123456789ab"));
  }
}
