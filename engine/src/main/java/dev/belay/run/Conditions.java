package dev.belay.run;

import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.PythonText;
import dev.belay.template.UndefinedException;
import java.util.List;

/**
 * Conditions of tasks, and the sentences by which playbooks know an expression that has no value:
 * people are told its place, playbooks compare Ansible's words.
 */
final class Conditions {
  private Conditions() {}

  /** A condition that has no value. */
  static final class NoValueException extends EvaluationException {
    private static final long serialVersionUID = 1L;
    private final String condition;

    NoValueException(Expression condition, EvaluationException why) {
      super(why.at(), why.getMessage());
      this.condition = condition.toString();
    }
  }

  /**
   * Whether it holds.
   *
   * @throws NoValueException where that cannot be said
   */
  static boolean holds(Expression condition, HostScope scope) {
    try {
      return condition.isTemplate() ? holds(condition.evaluate(scope)) : condition.holds(scope);
    } catch (EvaluationException e) {
      throw new NoValueException(condition, e);
    }
  }

  /** A template may give all conditions at once, but not their texts: who knows who wrote those. */
  private static boolean holds(Object given) {
    if (!(given instanceof List<?> list)) {
      return PythonText.isTrue(given);
    } else if (list.stream().anyMatch(String.class::isInstance)) {
      throw new EvaluationException(
          Position.of("condition"),
          "this template gives a list of texts, and texts that a variable holds are not evaluated;"
              + " write the conditions themselves");
    }
    return !list.isEmpty();
  }

  /** The same of all of them. */
  static boolean allHold(List<Expression> conditions, HostScope scope) {
    return conditions.stream().allMatch(condition -> holds(condition, scope));
  }

  /** What {@code msg} of the result says. */
  static String sentence(EvaluationException e) {
    if (e instanceof NoValueException no) {
      return "The conditional check '"
          + no.condition
          + "' failed. The error was: error while evaluating conditional ("
          + no.condition
          + "): "
          + e.getMessage();
    }
    return e instanceof UndefinedException
        ? "The task includes an option with an undefined variable. The error was: " + e.getMessage()
        : String.valueOf(e.getMessage());
  }
}
