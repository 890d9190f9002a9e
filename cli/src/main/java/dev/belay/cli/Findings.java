package dev.belay.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Remark;
import dev.belay.problem.Position;
import dev.belay.run.Outcome;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes findings of outcomes. Pure. */
final class Findings {
  /** All that is shown of an outcome that {@code no_log} hides, besides its status. */
  static final String HIDDEN = "hidden by no_log";

  private final RunOptions.Mode mode;
  private final Position at;
  private final Care care;

  /** Whether the playbook takes care of a failure. */
  enum Care {
    NONE,
    RESCUED
  }

  Findings(RunOptions.Mode mode, Position at, Care care) {
    this.mode = mode;
    this.at = at;
    this.care = care;
  }

  /** A finding, and the values that the setting has on the host that it is of. */
  record Found(Finding finding, KnobValues values) {}

  /** All that is to be said of a task on a host; nothing where it is just fine. */
  ImmutableList<Found> of(Outcome outcome) {
    if (outcome.hidden()) {
      return kind(outcome.status(), outcome.ignored())
          .map(kind -> ImmutableList.of(found(kind, HIDDEN)))
          .orElse(ImmutableList.of());
    } else if (outcome.items().isEmpty()) {
      return single(outcome, "", outcome.ignored()).collect(toImmutableList());
    }
    return outcome.items().stream()
        .flatMap(item -> single(item.outcome(), item.label(), outcome.ignored()))
        .collect(toImmutableList());
  }

  /** What is to be said where a mistake ended the host outside of any task. */
  static ImmutableList<Found> ofBrokenHost() {
    return ImmutableList.of(
        new Findings(RunOptions.Mode.CHECK, Position.of("the host"), Care.NONE)
            .found(FindingKind.FAILED, "a mistake ended it; the warnings tell more"));
  }

  private Optional<FindingKind> kind(Status status, boolean ignored) {
    return switch (status) {
      case OK, SKIPPED -> Optional.empty();
      // A check changes what has check_mode: false.
      case CHANGED ->
          mode == RunOptions.Mode.CHECK ? Optional.of(FindingKind.DRIFT) : Optional.empty();
      case WOULD_CHANGE -> Optional.of(FindingKind.DRIFT);
      case FAILED ->
          Optional.of(ignored || care == Care.RESCUED ? FindingKind.HANDLED : FindingKind.FAILED);
      case UNREACHABLE -> Optional.of(FindingKind.UNREACHABLE);
      case UNSUPPORTED -> Optional.of(FindingKind.UNSUPPORTED);
      case UNVERIFIABLE -> Optional.of(FindingKind.UNVERIFIABLE);
      case UNKNOWN -> Optional.of(FindingKind.UNKNOWN);
    };
  }

  private Found found(FindingKind kind, String text) {
    return new Found(
        new Finding(kind, at, "", Optional.empty(), text, ImmutableList.of()), KnobValues.none());
  }

  private Stream<Found> single(Outcome outcome, String item, boolean ignored) {
    Optional<FindingKind> kind = kind(outcome.status(), ignored || outcome.ignored());
    KnobValues values = KnobValues.of(outcome.result());
    Stream<Finding> ownRemarks =
        outcome.remarks().stream()
            .filter(remark -> isOwn(remark, kind))
            .map(remark -> ofRemark(remark, item));
    Stream<Finding> main = kind.stream().flatMap(k -> main(k, outcome, item));
    return Stream.concat(main, ownRemarks).map(finding -> new Found(finding, values));
  }

  /** A remark that is worse than what it stands beside must not be lost in it. */
  private static boolean isOwn(Remark remark, Optional<FindingKind> beside) {
    return beside.map(FindingKind.of(remark.kind())::isWorseThan).orElse(true);
  }

  private Finding ofRemark(Remark remark, String item) {
    return new Finding(
        FindingKind.of(remark.kind()),
        at,
        item,
        Optional.empty(),
        remark.text(),
        ImmutableList.of());
  }

  private Stream<Finding> main(FindingKind kind, Outcome outcome, String item) {
    ImmutableList<Remark> remarks =
        outcome.remarks().stream()
            .filter(remark -> !isOwn(remark, Optional.of(kind)))
            .collect(toImmutableList());
    if (kind != FindingKind.DRIFT || outcome.changes().isEmpty()) {
      return Stream.of(new Finding(kind, at, item, Optional.empty(), text(outcome), remarks));
    }
    return outcome.changes().stream()
        .map(Finding.Difference::of)
        .map(d -> new Finding(kind, at, "", Optional.of(d), text(outcome), remarks));
  }

  private static String text(Outcome outcome) {
    boolean changed = outcome.status() == Status.CHANGED;
    return changed ? "changed in this check: the task says check_mode: false" : outcome.message();
  }
}
