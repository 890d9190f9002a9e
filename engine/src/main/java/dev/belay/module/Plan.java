package dev.belay.module;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.List;
import java.util.function.Function;

/** What is to be done about one thing on one host, given what was seen there. */
public sealed interface Plan {

  /** What the user should know besides. */
  ImmutableList<Remark> remarks();

  /** Nothing to do: seen is wanted. */
  record Satisfied(ImmutableList<Remark> remarks) implements Plan {}

  /**
   * Differences to remove. Afterwards the same probe must lead to {@link Satisfied}.
   *
   * @param told what {@code register} gets besides what the probe shows, given what the steps said;
   *     in a check they say nothing
   */
  record Mend(
      ImmutableList<Change> changes,
      Function<Output, ImmutableMap<String, Object>> told,
      ImmutableList<Remark> remarks)
      implements Plan {
    public Mend {
      checkArgument(!changes.isEmpty(), "a plan without changes is Satisfied");
    }
  }

  /**
   * A deed that has no state to compare with, such as {@code command}. Done in a run, never in a
   * check.
   *
   * @param effect {@code UNCHANGED} where it never changes the host, as a request or a wait: a
   *     check then skips it, and foretells no change; {@code SKIPPED} where a check skips it too,
   *     and a run may change the host
   * @param reader makes the result of the last step's output; gets the output of a failing step too
   */
  record Act(
      Change change,
      Function<Output, Acted> reader,
      Acted.Effect effect,
      ImmutableList<Remark> remarks)
      implements Plan {}

  /**
   * A deed of which its author says that it changes nothing in a check, which it is told of: done
   * there to learn what a run would do. Never planned for a run.
   */
  record Rehearse(Change change, Function<Output, Acted> reader, ImmutableList<Remark> remarks)
      implements Plan {}

  /**
   * What it would do is not known before it is done, and this is a check. Never planned for a run.
   */
  record Uncertain(String why, ImmutableList<Remark> remarks) implements Plan {}

  /**
   * The task is not for this host as it is now, by its own arguments: as if a condition had not
   * held.
   */
  record Skipped(String why, ImmutableList<Remark> remarks) implements Plan {}

  /**
   * The thing does not exist on this host or kernel, so there is nothing to set. Neither failed nor
   * ok.
   */
  record Unsupported(String why, ImmutableList<Remark> remarks) implements Plan {}

  /** The thing exists and its state cannot be known here. Nothing is done about it. */
  record Unverifiable(String why, ImmutableList<Remark> remarks) implements Plan {}

  /**
   * It cannot be brought to the wanted state, or must not; the task fails and nothing is touched.
   */
  record Impossible(String why, ImmutableList<Remark> remarks) implements Plan {}

  /**
   * It needs something that is not on the host. In a run that is as {@link Impossible}; in a check
   * whose earlier tasks would change the host, one of them may be about to bring it, so what comes
   * of this one is not known.
   */
  record Lacking(String why, ImmutableList<Remark> remarks) implements Plan {}

  static Plan satisfied() {
    return new Satisfied(ImmutableList.of());
  }

  /** {@link Satisfied} where there are no changes. */
  static Plan of(List<Change> changes) {
    return changes.isEmpty()
        ? satisfied()
        : new Mend(ImmutableList.copyOf(changes), said -> ImmutableMap.of(), ImmutableList.of());
  }

  /** {@link Satisfied} where there are no changes. */
  static Plan of(Change... changes) {
    return of(ImmutableList.copyOf(changes));
  }

  /** Changes of which {@code register} gets more than what is there afterwards. */
  static Plan telling(List<Change> changes, Function<Output, ImmutableMap<String, Object>> told) {
    return changes.isEmpty()
        ? satisfied()
        : new Mend(ImmutableList.copyOf(changes), told, ImmutableList.of());
  }

  static Plan act(Change change, Function<Output, Acted> reader) {
    return new Act(change, reader, Acted.Effect.CHANGED, ImmutableList.of());
  }

  /**
   * A deed of which nobody knows what it does: a check skips it, and what hangs on it is unknown.
   */
  static Plan blind(Change change, Function<Output, Acted> reader) {
    return new Act(change, reader, Acted.Effect.SKIPPED, ImmutableList.of());
  }

  /** A deed that changes nothing on the host: a request, a wait. */
  static Plan errand(Change change, Function<Output, Acted> reader) {
    return new Act(change, reader, Acted.Effect.UNCHANGED, ImmutableList.of());
  }

  static Plan rehearse(Change change, Function<Output, Acted> reader) {
    return new Rehearse(change, reader, ImmutableList.of());
  }

  static Plan uncertain(String why) {
    return new Uncertain(why, ImmutableList.of());
  }

  static Plan skipped(String why) {
    return new Skipped(why, ImmutableList.of());
  }

  static Plan unsupported(String why) {
    return new Unsupported(why, ImmutableList.of());
  }

  static Plan unverifiable(String why) {
    return new Unverifiable(why, ImmutableList.of());
  }

  static Plan lacking(String why) {
    return new Lacking(why, ImmutableList.of());
  }

  static Plan impossible(String why) {
    return new Impossible(why, ImmutableList.of());
  }

  /** The same plan, with more to know. */
  default Plan with(List<Remark> more) {
    ImmutableList<Remark> all =
        ImmutableList.<Remark>builder().addAll(remarks()).addAll(more).build();
    if (this instanceof Satisfied) {
      return new Satisfied(all);
    } else if (this instanceof Mend mend) {
      return new Mend(mend.changes, mend.told, all);
    } else if (this instanceof Act act) {
      return new Act(act.change, act.reader, act.effect, all);
    } else if (this instanceof Rehearse rehearse) {
      return new Rehearse(rehearse.change, rehearse.reader, all);
    } else if (this instanceof Uncertain uncertain) {
      return new Uncertain(uncertain.why, all);
    } else if (this instanceof Skipped skipped) {
      return new Skipped(skipped.why, all);
    } else if (this instanceof Unsupported unsupported) {
      return new Unsupported(unsupported.why, all);
    } else if (this instanceof Unverifiable unverifiable) {
      return new Unverifiable(unverifiable.why, all);
    }
    if (this instanceof Lacking lacking) {
      return new Lacking(lacking.why, all);
    }
    return new Impossible(((Impossible) this).why, all);
  }

  /** The same plan, with more to know. */
  default Plan with(Remark... more) {
    return with(ImmutableList.copyOf(more));
  }
}
