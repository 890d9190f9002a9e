package dev.belay.template;

import dev.belay.problem.SourceMap;

/** An expression without braces, as in {@code when}: compiled once, evaluated for each host. */
public final class Expression {
  private final String text;
  private final Tree tree;

  private Expression(String text, Tree tree) {
    this.text = text;
    this.tree = tree;
  }

  /**
   * Compiles.
   *
   * @throws dev.belay.problem.ProblemsException where it is not well formed, or names a filter or
   *     test that there is not
   */
  public static Expression of(String text, SourceMap source) {
    return new Expression(
        text, Parser.parse(text, 0, text.length(), source, Lexer.Backslash.ESCAPES));
  }

  /** Its value, with templates inside rendered. */
  public Object evaluate(Scope scope) {
    Evaluation in = new Evaluation(scope);
    return Deep.guard(() -> in.finished(tree.value(in)));
  }

  /** Whether it holds, as a condition of Ansible's: by Python's truth. */
  public boolean holds(Scope scope) {
    Evaluation in = new Evaluation(scope);
    return Deep.guard(() -> Python.truth(tree.value(in)));
  }

  /** As the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
