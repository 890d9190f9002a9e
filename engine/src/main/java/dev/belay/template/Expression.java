package dev.belay.template;

import dev.belay.problem.SourceMap;
import java.util.function.Function;

/** An expression without braces, as in {@code when}: compiled once, evaluated for each host. */
public final class Expression {
  private final String text;
  private final Function<Evaluation, Object> value;

  private final boolean inBraces;

  private Expression(String text, Function<Evaluation, Object> value, boolean inBraces) {
    this.text = text;
    this.value = value;
    this.inBraces = inBraces;
  }

  /**
   * Compiles.
   *
   * @throws dev.belay.problem.ProblemsException where it is not well formed, or names a filter or
   *     test that there is not
   */
  public static Expression of(String text, SourceMap source) {
    return new Expression(text, tree(text, source)::value, false);
  }

  /** Compiles what stands in braces, and is taken without them. */
  public static Expression unwrapped(String text, SourceMap source) {
    return new Expression(text, tree(text, source)::value, true);
  }

  private static Tree tree(String text, SourceMap source) {
    return Parser.parse(text, 0, text.length(), source, Lexer.Backslash.ESCAPES);
  }

  /**
   * Compiles what may have templates inside, which are rendered before the rest is evaluated.
   *
   * @throws dev.belay.problem.ProblemsException as {@link #of}
   */
  public static Expression condition(String text, SourceMap source) {
    return Spliced.isOne(text)
        ? new Expression(text, Spliced.of(text, source)::value, isWhole(text))
        : of(text, source);
  }

  /** Its value, with templates inside rendered. */
  public Object evaluate(Scope scope) {
    Evaluation in = new Evaluation(scope);
    return Deep.guard(() -> in.finished(value.apply(in)));
  }

  /** Whether it holds, as a condition of Ansible's: by Python's truth. */
  public boolean holds(Scope scope) {
    Evaluation in = new Evaluation(scope);
    return Deep.guard(() -> Python.truth(value.apply(in)));
  }

  private static boolean isWhole(String text) {
    return text.startsWith("{{") && text.endsWith("}}");
  }

  /** Whether all of it is one template, which may give anything, and must give something. */
  public boolean isTemplate() {
    return inBraces;
  }

  /** As the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
