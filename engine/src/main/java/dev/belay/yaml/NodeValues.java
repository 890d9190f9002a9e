package dev.belay.yaml;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.template.Template;

/**
 * Makes values of nodes. A text with the template language's marks becomes a Template, which only a
 * user's text can.
 */
public final class NodeValues {
  private NodeValues() {}

  /** The value of the node; mistakes inside templates go to the problems. */
  public static Object of(Node node, Problems problems) {
    if (node instanceof Node.Sequence list) {
      return list.items().stream().map(item -> of(item, problems)).collect(toImmutableList());
    } else if (node instanceof Node.Mapping mapping) {
      ImmutableMap.Builder<Object, Object> map = ImmutableMap.builder();
      mapping.entries().forEach(entry -> map.put(key(entry.key()), of(entry.value(), problems)));
      return map.buildKeepingLast();
    }
    return scalar((Node.Scalar) node, problems);
  }

  /**
   * The value of the node where no text is a template: it comes from a host, or from a variable's
   * value.
   */
  public static Object plain(Node node) {
    if (node instanceof Node.Sequence list) {
      return list.items().stream().map(NodeValues::plain).collect(toImmutableList());
    } else if (node instanceof Node.Mapping mapping) {
      ImmutableMap.Builder<Object, Object> map = ImmutableMap.builder();
      mapping.entries().forEach(entry -> map.put(key(entry.key()), plain(entry.value())));
      return map.buildKeepingLast();
    }
    return ((Node.Scalar) node).value();
  }

  private static Object key(Node.Scalar key) {
    return key.value();
  }

  private static Object scalar(Node.Scalar scalar, Problems problems) {
    boolean mayBeTemplate = scalar.value() instanceof String && !scalar.tag().equals("!unsafe");
    if (!mayBeTemplate || !hasMarks(scalar.text())) {
      return scalar.value();
    }
    try {
      return Template.of(scalar.text(), scalar.source());
    } catch (ProblemsException e) {
      problems.addAll(e);
      return scalar.text();
    }
  }

  private static boolean hasMarks(String text) {
    return text.contains("{{") || text.contains("{%") || text.contains("{#");
  }
}
