package dev.belay.playbook;

import com.google.common.collect.ImmutableSet;
import dev.belay.module.Convert;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import java.util.Optional;

/**
 * A variable that whoever starts the run is asked for, unless {@code -e} gives it.
 *
 * @param prompt raw: what is asked
 * @param byDefault raw: where the answer is empty, or nobody can be asked
 * @param echo whether what is typed is shown; where not, the answer is a secret
 * @param confirm whether it is asked for twice
 * @param trust whether marks of the template language in an answer mean something
 */
public record VarsPrompt(
    String name,
    Object prompt,
    Optional<Object> byDefault,
    Echo echo,
    Confirm confirm,
    Trust trust,
    Position at) {

  /** Whether what is typed can be seen. */
  public enum Echo {
    SHOWN,
    HIDDEN
  }

  /** How often it is asked for. */
  public enum Confirm {
    ONCE,
    TWICE
  }

  /** Whether an answer may be a template. */
  public enum Trust {
    TEMPLATE,
    TEXT
  }

  static Optional<VarsPrompt> read(Node.Mapping map, Problems problems) {
    Fields fields = new Fields(map, problems);
    fields.refuseUnknown(KeywordTable.VARS_PROMPT, ImmutableSet.of());
    Optional<String> name = fields.literal("name");
    if (name.isEmpty()) {
      problems.add(map.at(), "this prompt does not say which variable it is for", "add 'name'");
    }
    return name.map(
        word ->
            new VarsPrompt(
                word,
                fields.raw("prompt").orElse(word),
                fields.raw("default"),
                is("private", true, fields, problems) ? Echo.HIDDEN : Echo.SHOWN,
                is("confirm", false, fields, problems) ? Confirm.TWICE : Confirm.ONCE,
                is("unsafe", false, fields, problems) ? Trust.TEXT : Trust.TEMPLATE,
                map.at()));
  }

  private static boolean is(String word, boolean byDefault, Fields fields, Problems problems) {
    try {
      return fields.raw(word).map(Convert::flag).orElse(byDefault);
    } catch (IllegalArgumentException e) {
      problems.add(fields.place(word), "'" + word + "' " + e.getMessage());
      return byDefault;
    }
  }
}
