package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.Scope;
import java.nio.file.Path;

/** What {@code lookup('name', …)} finds on the control side. */
public interface Lookups {

  /**
   * The values that a lookup plugin finds, with {@code scope} for those that need variables.
   *
   * @throws dev.belay.template.EvaluationException where there is no such plugin or it finds
   *     nothing
   */
  ImmutableList<Object> find(
      String plugin,
      ImmutableList<Object> terms,
      ImmutableMap<String, Object> options,
      Scope scope);

  /** The same for a task in these roles, the inner one first: their files come before others. */
  default Lookups from(ImmutableList<Path> roles) {
    return this;
  }

  /** There are none. */
  static Lookups none() {
    return (plugin, terms, options, scope) -> {
      throw new EvaluationException(
          Position.of("lookup"), "there is no lookup '" + plugin + "' here");
    };
  }
}
