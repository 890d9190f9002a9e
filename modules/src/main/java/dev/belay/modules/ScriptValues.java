package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import java.util.Optional;

/**
 * What a script tells of itself: lines {@code =name<tab>value} on standard output. Empty values
 * count as not told; digits alone are a number, but for names whose digits are a text.
 */
final class ScriptValues {
  private ScriptValues() {}

  static ImmutableMap<String, Object> of(String out) {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    for (String line : Output.lines(out)) {
      int tab = line.indexOf('\t');
      if (line.startsWith("=") && tab > 0 && tab < line.length() - 1) {
        String name = line.substring(1, tab);
        values.put(name, value(name, line.substring(tab + 1)));
      }
    }
    return values.buildKeepingLast();
  }

  private static Object value(String name, String text) {
    boolean number = name.matches("size|uid|gid|elapsed|count|bytes") && text.matches("\\d{1,18}");
    return number ? (Object) Long.valueOf(text) : text;
  }

  /** The value of that name as text. */
  static Optional<String> text(ImmutableMap<String, Object> values, String name) {
    return Optional.ofNullable(values.get(name)).map(Object::toString);
  }
}
