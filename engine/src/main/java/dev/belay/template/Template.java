package dev.belay.template;

import dev.belay.problem.SourceMap;

/**
 * A text of the user's with {@code {{ … }}} or {@code {% … %}} in it, compiled once and rendered
 * for each host.
 *
 * <p>Only text that a user wrote can become one: what a host says is a String, and stays one.
 */
public final class Template {
  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /**
   * The value for a text of a playbook: a template where the text holds any of the language's
   * marks, the text itself where not.
   *
   * @throws dev.belay.problem.ProblemsException where it is not well formed, with the place of the
   *     character
   */
  public static Object of(String text, SourceMap source) {
    throw new UnsupportedOperationException();
  }

  /**
   * Its value for these variables. A text that is one {@code {{ expression }}} and nothing else
   * keeps the type of the expression's value; any other becomes text, which is then read as a
   * Python literal where it is one, as Ansible's native types have it.
   */
  public Object render(Scope scope) {
    throw new UnsupportedOperationException();
  }

  /** Renders all templates inside a value: in lists and maps, keys and values. */
  public static Object resolve(Object value, Scope scope) {
    throw new UnsupportedOperationException();
  }

  /** As the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
