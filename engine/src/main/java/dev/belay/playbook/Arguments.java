package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import java.util.Optional;

/**
 * What a task hands to its module, before templating. For a parameter that takes conditions or an
 * expression the value is a compiled Expression, or a list of them.
 *
 * @param values by the words that the user wrote
 * @param places where each stands
 * @param defaults what {@code module_defaults} has for it, where a variable holds all of it: a
 *     mapping of arguments that give way to {@code values}
 * @param wrong what is wrong with them, where that is to fail the task and not the playbook
 */
public record Arguments(
    ImmutableMap<String, Object> values,
    ImmutableMap<String, Position> places,
    Optional<Object> defaults,
    ImmutableList<String> wrong,
    Position at) {

  /** None. */
  public static Arguments none(Position at) {
    return new Arguments(
        ImmutableMap.of(), ImmutableMap.of(), Optional.empty(), ImmutableList.of(), at);
  }

  /** These, where the others win. */
  public Arguments with(ImmutableMap<String, Object> others) {
    return new Arguments(
        ImmutableMap.<String, Object>builder().putAll(values).putAll(others).buildKeepingLast(),
        places,
        defaults,
        wrong,
        at);
  }

  /** These, with what is wrong with them; nothing else is done with them then. */
  Arguments refused(ImmutableList<String> sentences) {
    return new Arguments(values, places, defaults, sentences, at);
  }

  /** Where an argument stands; the task, where it is not given. */
  public Position place(String word) {
    return places.getOrDefault(word, at);
  }
}
