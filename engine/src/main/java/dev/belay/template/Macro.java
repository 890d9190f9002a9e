package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A part of a template with a name and parameters, which other parts call. */
record Macro(String name, Signature signature, ImmutableList<Statement> body) implements Statement {
  private static final String CALLER = "caller";

  @Override
  public void write(Evaluation in, StringBuilder text) {
    in.set(name, operation(in));
  }

  private Operation operation(Evaluation in) {
    return call -> {
      Evaluation inner = in.called(call.at());
      signature.bind(name, inner, call);
      return Statement.written(body, inner);
    };
  }

  /** {@code call(user) list_of(users)}: a macro is given the body as {@code caller}. */
  record Use(Tree.Called called, Macro body, Position at) implements Statement {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Object written = called.value(in, ImmutableMap.of(CALLER, body.operation(in)));
      in.attempt(at, () -> Sizes.text((long) text.length() + PythonText.str(written).length()));
      text.append(PythonText.str(written));
    }
  }

  /**
   * The parameters, with their defaults.
   *
   * @param open what the body uses that takes arguments without a parameter: varargs, kwargs,
   *     caller
   */
  record Signature(
      ImmutableList<String> parameters,
      ImmutableList<Optional<Tree>> defaults,
      ImmutableList<String> open) {

    private void bind(String macro, Evaluation inner, Call call) {
      for (int i = 0; i < parameters.size(); i++) {
        String parameter = parameters.get(i);
        Optional<Tree> byDefault = defaults.get(i);
        inner.set(
            parameter,
            call.raw(i, parameter)
                .or(() -> byDefault.map(tree -> tree.value(inner)))
                .orElseGet(() -> missing(parameter, call)));
      }
      bindOthers(macro, inner, call);
    }

    private static Undefined missing(String parameter, Call call) {
      return new Undefined("parameter '" + parameter + "' was not provided", call.at());
    }

    private void bindOthers(String macro, Evaluation inner, Call call) {
      int given = call.positional().size();
      if (given > parameters.size() && !open.contains("varargs")) {
        throw new IllegalArgumentException(
            "macro '" + macro + "' takes not more than " + parameters.size() + " argument(s)");
      }
      Map<String, Object> more = new LinkedHashMap<>(call.named());
      parameters.forEach(more::remove);
      Object caller = more.remove(CALLER);
      if (!more.isEmpty() && !open.contains("kwargs")) {
        throw new IllegalArgumentException(
            "macro '"
                + macro
                + "' takes no keyword argument '"
                + more.keySet().iterator().next()
                + "'");
      }
      if (!parameters.contains(CALLER)) {
        inner.set(CALLER, caller == null ? new Undefined("No caller defined", call.at()) : caller);
      }
      inner.set(
          "varargs",
          new Tuple(call.positional().subList(Math.min(given, parameters.size()), given)));
      inner.set("kwargs", ImmutableMap.<Object, Object>copyOf(more));
    }
  }
}
