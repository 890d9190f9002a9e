package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a text as a Python literal, as {@code ast.literal_eval} does: constants only, nothing is
 * looked up or run.
 */
public final class Literals {
  /** Longer texts are texts. */
  private static final int LENGTH_LIMIT = 1_000_000;

  private static final String STARTS = "0123456789-+.'\"[({TFN";

  private Literals() {}

  /** The value, where the text is a literal. */
  public static Optional<Object> read(String text) {
    String body = text.strip();
    boolean may =
        !body.isEmpty()
            && text.length() < LENGTH_LIMIT
            && STARTS.indexOf(body.charAt(0)) >= 0
            && !Character.isWhitespace(text.charAt(0));
    if (!may || isZeroLed(body) || body.matches("(?s)(true|false|none)\\b.*")) {
      return Optional.empty();
    }
    try {
      SourceMap source = SourceMap.fixed(Position.of("literal"));
      return constant(Parser.parse(body, 0, body.length(), source));
    } catch (ProblemsException e) {
      return Optional.empty();
    }
  }

  /** To Python 0644 is no number. */
  private static boolean isZeroLed(String text) {
    return text.matches("(?s)[-+]?0[0-9_]*[1-9][0-9]*")
        || text.matches("[-+]?[0-9]+[A-Za-z].*") && !text.matches("[-+]?[0-9.]+[eE][-+]?[0-9]+");
  }

  private static Optional<Object> constant(Tree tree) {
    if (tree instanceof Tree.Literal literal) {
      return Optional.of(literal.constant());
    } else if (tree instanceof Tree.Negative negative) {
      return constant(negative.of()).filter(Number.class::isInstance).map(Operators::negative);
    } else if (tree instanceof Tree.Members members) {
      return all(members.members())
          .map(values -> members.kind() == Tree.Members.Kind.TUPLE ? new Tuple(values) : values);
    } else if (tree instanceof Tree.Pairs pairs) {
      return all(pairs.keys())
          .flatMap(keys -> all(pairs.values()).map(values -> map(keys, values)));
    }
    return Optional.empty();
  }

  private static Optional<ImmutableList<Object>> all(List<Tree> trees) {
    ImmutableList.Builder<Object> values = ImmutableList.builder();
    for (Tree tree : trees) {
      Optional<Object> value = constant(tree);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(values.build());
  }

  private static Map<Object, Object> map(List<Object> keys, List<Object> values) {
    ImmutableMap.Builder<Object, Object> map = ImmutableMap.builder();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map.buildKeepingLast();
  }
}
