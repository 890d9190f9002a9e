package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of a task on one host, or of one item of its loop.
 *
 * @param result what {@code register} gets
 * @param changes the differences that were removed, or in a check would be; empty where {@code
 *     no_log} hides them
 * @param message one line or more for the user: why it failed, was skipped, is unsupported; may be
 *     empty
 * @param items one for each item of a loop; empty where there is none
 * @param ignored whether it failed or was not reached, and a keyword lets the host go on
 * @param shown how reports show it
 * @param took measured on a clock that does not jump
 */
public record Outcome(
    Status status,
    ImmutableMap<String, Object> result,
    ImmutableList<Change> changes,
    ImmutableList<Remark> remarks,
    String message,
    ImmutableList<Item> items,
    boolean ignored,
    Shown shown,
    Duration took) {

  /**
   * How reports show an outcome.
   *
   * @param hidden whether {@code no_log} keeps result and differences from all of them
   * @param diff whether the task wants differences shown; empty where the command line decides
   * @param delegate the host that the task was delegated to, if it was
   */
  public record Shown(boolean hidden, Optional<Boolean> diff, Optional<String> delegate) {
    /** As the command line says. */
    public static Shown plainly() {
      return new Shown(false, Optional.empty(), Optional.empty());
    }

    Shown keyed(boolean noLog, Optional<Boolean> asked) {
      return new Shown(noLog, asked, delegate);
    }
  }

  /**
   * One turn of a loop.
   *
   * @param label what reports call it
   */
  public record Item(String label, Outcome outcome) {}

  /** An outcome without result, changes, remarks or items. */
  public static Outcome of(Status status, String message) {
    return new Outcome(
        status,
        ImmutableMap.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        message,
        ImmutableList.of(),
        false,
        Shown.plainly(),
        Duration.ZERO);
  }

  /** The same with another result. */
  Outcome with(ImmutableMap<String, Object> other) {
    return new Outcome(status, other, changes, remarks, message, items, ignored, shown, took);
  }

  /** The same, and the host goes on. */
  Outcome ignoredBy(boolean keyword) {
    return new Outcome(status, result, changes, remarks, message, items, keyword, shown, took);
  }

  /** The same, of a task that was delegated. */
  Outcome by(Optional<String> delegate) {
    Shown where = new Shown(shown.hidden, shown.diff, delegate);
    return new Outcome(status, result, changes, remarks, message, items, ignored, where, took);
  }

  /** Whether {@code no_log} keeps result and differences from all reports. */
  public boolean hidden() {
    return shown.hidden;
  }

  /** Whether the host cannot go on. */
  public boolean endsHost() {
    return (status == Status.UNREACHABLE || status == Status.FAILED) && !ignored;
  }

  /** Whether handlers that were notified run. */
  public boolean notifies() {
    return status == Status.CHANGED || status == Status.WOULD_CHANGE;
  }

  /** The value under that key of the result. */
  public Optional<Object> value(String key) {
    return Optional.ofNullable(result.get(key));
  }
}
