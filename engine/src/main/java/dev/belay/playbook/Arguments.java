package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;

/**
 * What a task hands to its module, before templating. For a parameter that takes conditions or an
 * expression the value is a compiled Expression, or a list of them.
 *
 * @param values by the words that the user wrote
 * @param places where each stands
 * @param late what variables hold all of, from {@code args} or {@code module_defaults}: mappings of
 *     arguments, each of which gives way to {@code values} and to those before it
 * @param wrong what is wrong with them, where that is to fail the task and not the playbook
 */
public record Arguments(
    ImmutableMap<String, Object> values,
    ImmutableMap<String, Position> places,
    ImmutableList<Object> late,
    ImmutableList<String> wrong,
    Position at) {

  /** None. */
  public static Arguments none(Position at) {
    return new Arguments(
        ImmutableMap.of(), ImmutableMap.of(), ImmutableList.of(), ImmutableList.of(), at);
  }

  /** These, where the others win. */
  public Arguments with(ImmutableMap<String, Object> others) {
    return new Arguments(
        ImmutableMap.<String, Object>builder().putAll(values).putAll(others).buildKeepingLast(),
        places,
        late,
        wrong,
        at);
  }

  /** These, with what is wrong with them; nothing else is done with them then. */
  Arguments refused(ImmutableList<String> sentences) {
    return new Arguments(values, places, late, sentences, at);
  }

  /** Where an argument stands; the task, where it is not given. */
  public Position place(String word) {
    return places.getOrDefault(word, at);
  }
}
