package dev.belay.modules;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What must not, or should not, stand beside each other in one environment.
 *
 * @param conditions all must hold for the rule to speak
 * @param socs the processors that it is about; empty for all
 * @param global whether it is about files that every login or session reads
 * @param fatal whether a job would not run at all
 * @param from where that is known from
 */
record EnvRule(
    ImmutableList<Condition> conditions,
    ImmutableSet<String> socs,
    boolean global,
    boolean fatal,
    String why,
    String from) {

  /**
   * What is asked of one variable.
   *
   * @param words as the schema writes it: {@code above 1091}
   */
  record Condition(String variable, String words, Predicate<Optional<String>> test) {

    static Condition of(String variable, String words) {
      int space = words.indexOf(' ');
      String rest = words.substring(space + 1);
      Predicate<Optional<String>> test =
          switch (words.replaceFirst("^(not one of|one of|\\S+).*", "$1")) {
            case "set" -> Optional::isPresent;
            case "unset" -> Optional::isEmpty;
            case "is" -> value -> value.equals(Optional.of(rest));
            case "not" -> value -> value.isPresent() && !value.get().equals(rest);
            case "one of" -> value -> value.filter(list(words, 2)::contains).isPresent();
            case "not one of" ->
                value -> value.filter(v -> !list(words, 3).contains(v)).isPresent();
            case "matches" -> value -> value.filter(v -> v.matches(rest)).isPresent();
            case "above" ->
                value -> number(value).filter(n -> n > Long.parseLong(rest)).isPresent();
            case "below" ->
                value -> number(value).filter(n -> n < Long.parseLong(rest)).isPresent();
            default -> throw new IllegalStateException("the schema has no condition " + words);
          };
      // A second condition on the same variable has '+' at the end of its name.
      return new Condition(variable.replaceFirst("\\+$", ""), words, test);
    }

    private static List<String> list(String words, int from) {
      List<String> all = Splitter.on(' ').splitToList(words);
      return all.subList(from, all.size());
    }

    private static Optional<Long> number(Optional<String> value) {
      return value.filter(v -> v.matches("[0-9]{1,18}")).map(Long::valueOf);
    }

    boolean holds(Map<String, String> values) {
      return test.test(Optional.ofNullable(values.get(variable)));
    }
  }

  static EnvRule of(Map<?, ?> entry) {
    ImmutableList.Builder<Condition> conditions = ImmutableList.builder();
    ((Map<?, ?>) entry.get("when"))
        .forEach((name, words) -> conditions.add(Condition.of(name.toString(), words.toString())));
    ImmutableSet.Builder<String> socs = ImmutableSet.builder();
    if (entry.get("soc") instanceof List<?> list) {
      list.forEach(soc -> socs.add(soc.toString()));
    }
    return new EnvRule(
        conditions.build(),
        socs.build(),
        "global".equals(entry.get("scope")),
        entry.get("verdict").equals("fail"),
        entry.get("why").toString(),
        entry.get("from").toString());
  }

  /** Whether it speaks of this environment. */
  boolean speaksOf(Map<String, String> values, Soc soc, EnvSchema.Scope scope) {
    return (socs.isEmpty() || socs.contains(soc.word()))
        && (!global || scope == EnvSchema.Scope.GLOBAL)
        && conditions.stream().allMatch(condition -> condition.holds(values));
  }
}
