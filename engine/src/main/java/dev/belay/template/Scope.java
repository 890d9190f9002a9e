package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.TemplateSyntax;
import java.util.Optional;

/** The variables that an expression may use, and what else it may ask of the control side. */
public interface Scope {

  /**
   * The value of a variable as it stands: a plain value, or a {@link Template}, or a list or map
   * with templates inside, which the evaluation renders when it gets there.
   *
   * @throws NotYetException where the value depends on a task that is not done yet
   */
  Optional<Object> find(String name);

  /**
   * What a lookup plugin finds, such as {@code lookup('env', 'HOME')}: always the list that {@code
   * query} gives.
   *
   * @throws EvaluationException where there is no such plugin, or it found nothing and that is a
   *     mistake
   */
  ImmutableList<Object> lookup(
      String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options);

  /** The names of all variables. */
  default ImmutableSet<String> names() {
    return ImmutableSet.of();
  }

  /** Whether a text is what was in an encrypted value. */
  default boolean wasEncrypted(String text) {
    return false;
  }

  /** The documents of a YAML text, for {@code from_yaml}. */
  default ImmutableList<Object> yaml(String text) {
    throw new IllegalArgumentException("YAML cannot be read here");
  }

  /**
   * A template file that another one includes or imports.
   *
   * @throws EvaluationException where it is there and no template
   */
  default Optional<Template> template(String name) {
    return template(name, TemplateSyntax.USUAL);
  }

  /** The same with other marks, for the lookup {@code template}. */
  default Optional<Template> template(String name, TemplateSyntax syntax) {
    return Optional.empty();
  }
}
