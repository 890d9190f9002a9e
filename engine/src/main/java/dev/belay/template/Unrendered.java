package dev.belay.template;

import dev.belay.problem.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out whether a value has templates inside that are not rendered yet. */
final class Unrendered {
  private Unrendered() {}

  /** What an evaluation has made holds none: it was made of values that are rendered. */
  static boolean holdsTemplate(Object value) {
    try {
      return holdsTemplate(value, 0, new Weight());
    } catch (IllegalArgumentException e) {
      throw new EvaluationException(Position.of("template"), String.valueOf(e.getMessage()));
    }
  }

  private static boolean holdsTemplate(Object value, int level, Weight weight) {
    weight.add(level);
    if (value instanceof LateMap || value instanceof LinkedHashMap || value instanceof ArrayList) {
      return false;
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getKey() instanceof Template
            || holdsTemplate(entry.getValue(), level + 1, weight)) {
          return true;
        }
      }
      return false;
    } else if (value instanceof List<?> list && !(value instanceof Tuple)) {
      for (Object member : list) {
        if (holdsTemplate(member, level + 1, weight)) {
          return true;
        }
      }
      return false;
    }
    return value instanceof Template;
  }
}
