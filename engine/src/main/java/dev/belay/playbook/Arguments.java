package dev.belay.playbook;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;

/**
 * What a task hands to its module, before templating. For a parameter that takes conditions or an
 * expression the value is a compiled Expression, or a list of them.
 *
 * @param values by the words that the user wrote
 * @param places where each stands
 */
public record Arguments(
    ImmutableMap<String, Object> values, ImmutableMap<String, Position> places, Position at) {

  /** Where an argument stands; the task, where it is not given. */
  public Position place(String word) {
    return places.getOrDefault(word, at);
  }
}
