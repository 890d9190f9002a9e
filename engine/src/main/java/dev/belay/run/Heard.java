package dev.belay.run;

import dev.belay.problem.Position;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which handlers have run since a word that several of them listen to was last said. */
final class Heard {
  private final Map<String, Set<Position>> handlers = new HashMap<>();

  void put(Position handler, String word) {
    handlers.computeIfAbsent(word, any -> new HashSet<>()).add(handler);
  }

  boolean contains(Position handler, String word) {
    return handlers.getOrDefault(word, Set.of()).contains(handler);
  }

  /** The word is said again. */
  void forget(String word) {
    handlers.remove(word);
  }
}
