package dev.belay.playbook;

import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.problem.Problems;
import java.util.Arrays;
import java.util.Locale;

/** Reads a play's {@link Rollout}. */
final class RolloutReader {
  private final Fields fields;
  private final Problems problems;

  RolloutReader(Fields fields, Problems problems) {
    this.fields = fields;
    this.problems = problems;
  }

  Rollout read() {
    return new Rollout(
        word("strategy", Rollout.Strategy.LINEAR, Rollout.Strategy.class),
        word("order", Rollout.HostOrder.INVENTORY, Rollout.HostOrder.class),
        fields.rawList("serial"),
        fields.raw("max_fail_percentage"),
        fields.raw("force_handlers"));
  }

  private <E extends Enum<E>> E word(String keyword, E byDefault, Class<E> kind) {
    String given = fields.literal(keyword).orElse(named(byDefault));
    String word = ImportReader.shortName(given);
    ImmutableSet<String> known =
        Arrays.stream(kind.getEnumConstants())
            .map(RolloutReader::named)
            .collect(ImmutableSet.toImmutableSet());
    if (known.contains(word)) {
      return Enum.valueOf(kind, word.toUpperCase(Locale.ROOT));
    }
    problems.add(
        fields.place(keyword),
        "there is no " + keyword + " '" + given + "'",
        Nearest.hint(word, known, "use " + String.join(", ", known)));
    return byDefault;
  }

  private static String named(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
