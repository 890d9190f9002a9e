package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonLiteral;
import dev.belay.template.PythonText;
import dev.belay.template.Scope;
import dev.belay.value.None;
import java.util.Map;
import java.util.Optional;

/** A host's variables while the inventory is read. */
record HostValues(Map<String, Object> values) implements Scope {

  @Override
  public Optional<Object> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public ImmutableList<Object> lookup(
      String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
    throw new EvaluationException(
        Position.of("inventory"), "an inventory cannot use the lookup '" + plugin + "'");
  }

  /**
   * A value as Ansible's {@code compose} keeps it: numbers become text, and a text that looks like
   * a list, a mapping or a flag becomes one.
   */
  static Object asText(Object value) {
    if (value == None.NONE) {
      return "";
    } else if (value instanceof Number) {
      return PythonText.str(value);
    }
    boolean looks =
        value instanceof String text
            && (text.startsWith("{")
                || text.startsWith("[")
                || text.equals("True")
                || text.equals("False"));
    return looks ? PythonLiteral.read((String) value).orElse(value) : value;
  }
}
