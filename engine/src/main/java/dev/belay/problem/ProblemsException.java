package dev.belay.problem;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;

/** All mistakes that were found in what the user wrote. Shown without a stack trace. */
public final class ProblemsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<Problem> problems;

  /** At least one problem. */
  public ProblemsException(ImmutableList<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(joining("\n")), null, false, false);
    checkArgument(!problems.isEmpty(), "no problem, no exception");
    this.problems = problems;
  }

  /** One problem. */
  public ProblemsException(Position at, String what, String remedy) {
    this(ImmutableList.of(new Problem(at, what, remedy)));
  }

  /** In the order of their places. */
  public ImmutableList<Problem> problems() {
    return problems;
  }
}
