package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements by which one template file uses another. */
sealed interface Inclusion extends Statement {

  /** {@code include 'a' ignore missing without context}. */
  static Inclusion include(Parser rest, Token word) {
    Tree names = rest.expression();
    boolean optional = rest.tokens().takeIf("ignore");
    if (optional) {
      rest.tokens().expect("missing");
    }
    boolean context = context(rest, true);
    rest.tokens().expectEnd();
    return new Included(names, optional, context, rest.tokens().place(word));
  }

  /** {@code import 'a' as b}. */
  static Inclusion imported(Parser rest, Token word) {
    Tree name = rest.expression();
    rest.tokens().expect("as");
    String as = rest.tokens().name();
    boolean context = context(rest, false);
    rest.tokens().expectEnd();
    return new Imported(
        name, Optional.of(as), ImmutableMap.of(), context, rest.tokens().place(word));
  }

  /** {@code from 'a' import b, c as d}. */
  static Inclusion from(Parser rest, Token word) {
    Tree name = rest.expression();
    rest.tokens().expect("import");
    Map<String, String> names = new LinkedHashMap<>();
    do {
      String theirs = rest.tokens().name();
      names.put(theirs, rest.tokens().takeIf("as") ? rest.tokens().name() : theirs);
    } while (rest.tokens().takeIf(","));
    boolean context = context(rest, false);
    rest.tokens().expectEnd();
    return new Imported(
        name, Optional.empty(), ImmutableMap.copyOf(names), context, rest.tokens().place(word));
  }

  private static boolean context(Parser rest, boolean byDefault) {
    boolean with = rest.tokens().takeIf("with");
    if (with || rest.tokens().takeIf("without")) {
      rest.tokens().expect("context");
      return with;
    }
    return byDefault;
  }

  private static Optional<Template> find(Object name, Evaluation in) {
    List<Object> names = name instanceof List<?> list ? ImmutableList.copyOf(list) : List.of(name);
    return names.stream()
        .map(each -> in.scope().template(PythonText.str(each)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static EvaluationException missing(Object name, Position at) {
    return new EvaluationException(at, "there is no template " + PythonText.str(name));
  }

  /** Another file's text, here. */
  record Included(Tree names, boolean optional, boolean context, Position at) implements Inclusion {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Object name = Python.used(names.value(in));
      Optional<Template> template = find(name, in);
      if (template.isEmpty() && !optional) {
        throw missing(name, at);
      }
      template.ifPresent(other -> text.append(other.write(context ? in.included() : in.apart())));
    }
  }

  /** What another file sets and defines: all of it as {@code module}, or some names. */
  record Imported(
      Tree name,
      Optional<String> module,
      ImmutableMap<String, String> names,
      boolean context,
      Position at)
      implements Inclusion {
    @Override
    public void write(Evaluation in, StringBuilder text) {
      Object file = Python.used(name.value(in));
      Template template = find(file, in).orElseThrow(() -> missing(file, at));
      Evaluation inside = context ? in.included() : in.apart();
      template.write(inside);
      ImmutableMap<String, Object> defined = inside.locals();
      module.ifPresent(as -> in.set(as, defined));
      names.forEach(
          (theirs, ours) ->
              in.set(
                  ours,
                  Optional.ofNullable(defined.get(theirs))
                      .orElseGet(
                          () ->
                              new Undefined(
                                  "the template '" + PythonText.str(file) + "' has no " + theirs,
                                  at))));
    }
  }
}
