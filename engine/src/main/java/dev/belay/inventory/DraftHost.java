package dev.belay.inventory;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A host as far as it is known. Most of a large inventory have no variable of their own, and share
 * what they have.
 */
final class DraftHost {
  private final Position at;
  private Map<String, Object> variables;

  DraftHost(Position at, ImmutableMap<String, Object> variables) {
    this.at = at;
    this.variables = variables;
  }

  void put(String name, Object value) {
    if (variables instanceof ImmutableMap) {
      variables = new LinkedHashMap<>(variables);
    }
    variables.put(name, value);
  }

  Position at() {
    return at;
  }

  Map<String, Object> variables() {
    return variables;
  }
}
