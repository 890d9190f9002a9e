package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.vault.Vault;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code lookup('name', …)} finds on the control side. */
public interface Lookups {

  /** All that there are. */
  ImmutableSortedSet<String> NAMES =
      ImmutableSortedSet.<String>naturalOrder()
          .addAll(ValueLookups.NAMES)
          .add("csvfile", "env", "file", "fileglob", "first_found", "ini", "inventory_hostnames")
          .add("lines", "password", "pipe", "template", "unvault", "varnames", "vars")
          .build();

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

  /** Whether a text is what was in an encrypted value. */
  default boolean wasEncrypted(String text) {
    return false;
  }

  /** A template of the control side, where there is one of that name. */
  default Optional<Template> template(String name, TemplateSyntax syntax) {
    return Optional.empty();
  }

  /** Those of the control side, for what is in that folder. */
  static Lookups of(ImmutableMap<String, String> environment, Path folder) {
    return new ControlLookups(environment, folder, Vault.locked(), Passwords.Making.NOTHING);
  }

  /** There are none. */
  static Lookups none() {
    return (plugin, terms, options, scope) -> {
      throw new EvaluationException(
          Position.of("lookup"), "there is no lookup '" + plugin + "' here");
    };
  }
}
