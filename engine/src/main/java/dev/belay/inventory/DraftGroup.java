package dev.belay.inventory;

import dev.belay.problem.Position;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A group as far as it is known. */
record DraftGroup(
    Position at, Set<String> hosts, Set<String> children, Map<String, Object> variables) {
  DraftGroup(Position at) {
    this(at, new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
  }
}
