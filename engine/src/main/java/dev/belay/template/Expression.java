package dev.belay.template;

import dev.belay.problem.SourceMap;

/** An expression without braces, as in {@code when}: compiled once, evaluated for each host. */
public final class Expression {
  private final String text;

  private Expression(String text) {
    this.text = text;
  }

  /**
   * Compiles.
   *
   * @throws dev.belay.problem.ProblemsException where it is not well formed, or names a filter or
   *     test that there is not
   */
  public static Expression of(String text, SourceMap source) {
    throw new UnsupportedOperationException();
  }

  /** Its value, with templates inside rendered. */
  public Object evaluate(Scope scope) {
    throw new UnsupportedOperationException();
  }

  /** Whether it holds, as a condition of Ansible's: by Python's truth. */
  public boolean holds(Scope scope) {
    throw new UnsupportedOperationException();
  }

  /** As the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
