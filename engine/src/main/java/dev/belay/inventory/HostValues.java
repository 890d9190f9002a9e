package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.PythonLiteral;
import dev.belay.template.PythonText;
import dev.belay.template.Scope;
import dev.belay.value.None;
import java.util.List;
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
   * The value of an expression as Ansible's {@code compose} keeps it: what is nothing but the name
   * of a number stays one, the result of any calculation becomes text, and a text that looks like a
   * list, a mapping or a flag becomes one.
   */
  Object composed(Expression expression) {
    Object named = values.get(expression.toString().strip());
    return named instanceof Number || named == None.NONE
        ? named
        : asText(expression.evaluate(this));
  }

  private static Object asText(Object value) {
    boolean tuple = value instanceof List && PythonText.str(value).startsWith("(");
    if (value == None.NONE) {
      return "";
    } else if (value instanceof Number || tuple) {
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
