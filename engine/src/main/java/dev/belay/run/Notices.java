package dev.belay.run;

import dev.belay.playbook.Task;
import dev.belay.problem.Position;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which handlers a host has notified. A word is a handler's name, of which the first handler that
 * has it runs, and what handlers listen to, which all run.
 */
final class Notices {
  private final Set<String> names = new HashSet<>();
  // With the handlers that have run since it was last said.
  private final Map<String, Set<Position>> heard = new HashMap<>();

  void add(String word) {
    names.add(word);
    heard.put(word, new HashSet<>());
  }

  /** Whether none was ever notified, so that no handler's name need be known. */
  boolean isEmpty() {
    return heard.isEmpty();
  }

  /** Whether any is for the handler, which has these names. */
  boolean reach(Task handler, Collection<String> called) {
    return called.stream().anyMatch(names::contains)
        || handler.listen().stream().anyMatch(word -> isNewTo(handler, word));
  }

  private boolean isNewTo(Task handler, String word) {
    return heard.containsKey(word) && !heard.get(word).contains(handler.at());
  }

  /** The handler runs; it runs again only where it is notified again. */
  void done(Task handler, Collection<String> called) {
    names.removeAll(called);
    handler.listen().stream()
        .filter(heard::containsKey)
        .forEach(word -> heard.get(word).add(handler.at()));
  }
}
