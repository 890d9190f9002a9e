package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.playbook.Rollout;
import dev.belay.problem.Nearest;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import dev.belay.value.None;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * What a play says about failures, batches and order, as values.
 *
 * @param serial sizes of the batches; empty for all hosts at once
 * @param maxFailPercentage of a batch: where more fail, the play ends
 * @param forcesHandlers whether a host that failed still runs the handlers that it notified; empty
 *     where the play does not say
 */
record PlayRules(
    Rollout.Strategy strategy,
    Rollout.HostOrder order,
    ImmutableList<Object> serial,
    OptionalDouble maxFailPercentage,
    Optional<Boolean> forcesHandlers) {

  /** What holds where a play says nothing. */
  static PlayRules usual() {
    return new PlayRules(
        Rollout.Strategy.LINEAR,
        Rollout.HostOrder.INVENTORY,
        ImmutableList.of(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /**
   * The rules with the variables that are known before any host is.
   *
   * @throws IllegalArgumentException for what is no rule; the text says what to write
   * @throws dev.belay.template.EvaluationException where a variable is not known then
   */
  static PlayRules of(Rollout rollout, HostScope scope) {
    ImmutableList<Object> serial =
        Batches.flat(rollout.serial().stream().map(raw -> Template.resolve(raw, scope)).toList());
    Batches.of(ImmutableList.of("any"), serial);
    return new PlayRules(
        word("strategy", rollout.strategy(), Rollout.Strategy.LINEAR, scope),
        word("order", rollout.order(), Rollout.HostOrder.INVENTORY, scope),
        serial,
        rollout.maxFailPercentage().stream()
            .mapToDouble(raw -> percentage(Template.resolve(raw, scope)))
            .findFirst(),
        Keyed.flag(rollout.forceHandlers(), scope));
  }

  /** The hosts, which are in the inventory's order, in the play's. */
  ImmutableList<String> ordered(ImmutableList<String> hosts) {
    return Batches.ordered(hosts, order, new Random());
  }

  /** The same, where a play that does not say so goes by the command line. */
  PlayRules forcing(boolean unlessSaid) {
    return new PlayRules(
        strategy, order, serial, maxFailPercentage, Optional.of(forcesHandlers.orElse(unlessSaid)));
  }

  private static double percentage(Object value) {
    String text = PythonText.str(value).replaceFirst("%$", "");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'max_fail_percentage' must be a number, not '" + text + "'", e);
    }
  }

  private static <E extends Enum<E>> E word(
      String keyword, Optional<Object> raw, E byDefault, HostScope scope) {
    Object value = raw.map(given -> Template.resolve(given, scope)).orElse(None.NONE);
    if (value == None.NONE) {
      return byDefault;
    }
    String word = PythonText.str(value).replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
    ImmutableSet<String> known =
        Arrays.stream(byDefault.getDeclaringClass().getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .collect(ImmutableSet.toImmutableSet());
    if (!known.contains(word)) {
      throw new IllegalArgumentException(
          "there is no "
              + keyword
              + " '"
              + word
              + "'; "
              + Nearest.hint(word, known, "use " + String.join(", ", known)));
    }
    return Enum.valueOf(byDefault.getDeclaringClass(), word.toUpperCase(Locale.ROOT));
  }
}
