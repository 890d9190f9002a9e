package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import dev.belay.problem.Position;
import java.util.Optional;

/**
 * One thing that an audit has to say of a host. Hosts of which the same is to be said have equal
 * findings, and reports say it once.
 *
 * @param at the task's place
 * @param item what the loop calls it; empty where there is no loop, or the difference names it
 * @param difference empty where nothing differs, or {@code no_log} hides it
 * @param text one line or more: why, or what else there is to know; may be empty
 * @param remarks true of the host besides, and not worse than the finding itself
 */
record Finding(
    FindingKind kind,
    Position at,
    String item,
    Optional<Difference> difference,
    String text,
    ImmutableList<Remark> remarks) {

  /** A change without the steps that would remove it: what can be compared and shown. */
  record Difference(String what, String before, String after) {
    static Difference of(Change change) {
      return new Difference(change.what(), change.before(), change.after());
    }

    /** The same as a change, with no steps. */
    Change change() {
      return new Change(what, before, after, ImmutableList.of());
    }
  }
}
