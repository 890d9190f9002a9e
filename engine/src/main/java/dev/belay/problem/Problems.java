package dev.belay.problem;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects the user's mistakes, so that all of them are told at once.
 *
 * <p>Reading goes on after a mistake and whoever started it calls {@link #throwIfAny} at its end.
 * Used by one thread.
 */
public final class Problems {
  /** Nobody reads more of them, and there may be one for every other letter of a file. */
  private static final int LIMIT = 10_000;

  private final List<Problem> found = new ArrayList<>();
  private final Consumer<Problem> warnings;

  /** Where nobody hears warnings, what is odd is a mistake: nothing is passed over silently. */
  public Problems() {
    warnings = this::add;
  }

  private Problems(Consumer<Problem> warnings) {
    this.warnings = warnings;
  }

  /** With somebody who hears warnings; each is told once. */
  public static Problems warning(Consumer<Problem> listener) {
    Set<Problem> told = new HashSet<>();
    return new Problems(
        warning -> {
          if (told.add(warning)) {
            listener.accept(warning);
          }
        });
  }

  /**
   * Notes a mistake that explains itself.
   *
   * @throws ProblemsException with all of them where there are thousands
   */
  public void add(Position at, String what) {
    add(at, what, "");
  }

  /** Notes a mistake and what to do about it. */
  public void add(Position at, String what, String remedy) {
    add(new Problem(at, what, remedy));
  }

  /** Notes what is odd and has a meaning all the same. */
  public void warn(Position at, String what, String remedy) {
    warnings.accept(new Problem(at, what, remedy));
  }

  /** Takes over what another reader noted. */
  public void add(Problem problem) {
    found.add(problem);
    if (found.size() >= LIMIT) {
      throwIfAny();
    }
  }

  /** Takes over what another reader threw. */
  public void addAll(ProblemsException thrown) {
    found.addAll(thrown.problems());
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Without repetitions, in the order of their places. */
  public ImmutableList<Problem> sorted() {
    return found.stream()
        .distinct()
        .sorted(Comparator.comparing(Problem::at))
        .collect(toImmutableList());
  }

  /** Ends the reading where there was any mistake. */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ProblemsException(sorted());
    }
  }
}
