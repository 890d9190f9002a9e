package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.TemplateSyntax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The functions {@code lookup} and {@code query}. Those lookups that evaluate further, {@code vars}
 * and {@code template}, are here: what they do counts as this evaluation's. All others are asked of
 * the {@link Scope}.
 */
final class Lookup {
  /** How expressions call them. */
  static final ImmutableSet<String> NAMES = ImmutableSet.of("lookup", "query", "q");

  private static final ImmutableSet<String> OWN =
      ImmutableSet.of("wantlist", "errors", "allow_unsafe");

  private Lookup() {}

  /** A single value: what was found, or the texts with commas between them. */
  static Object one(Call call) {
    if (Python.truth(call.named().getOrDefault("wantlist", false))) {
      return all(call);
    }
    Optional<ImmutableList<Object>> answer = found(call);
    if (answer.isEmpty()) {
      return "";
    }
    ImmutableList<Object> found = answer.get();
    boolean texts = !found.isEmpty() && found.stream().allMatch(String.class::isInstance);
    if (texts) {
      return found.stream().map(PythonText::str).collect(Collectors.joining(","));
    }
    return found.size() == 1 ? found.get(0) : found;
  }

  /** All that was found. */
  static ImmutableList<Object> all(Call call) {
    return found(call).orElse(ImmutableList.of());
  }

  /** Empty where nothing could be found, and the call says that this is no error. */
  private static Optional<ImmutableList<Object>> found(Call call) {
    String errors = PythonText.str(call.named().getOrDefault("errors", "strict"));
    if (!errors.matches("strict|warn|ignore")) {
      throw new IllegalArgumentException("errors is one of strict, warn and ignore, not " + errors);
    }
    ImmutableList<Object> terms =
        call.positional().stream().skip(1).map(call.in()::resolved).collect(toList());
    terms.forEach(Evaluation::complete);
    try {
      return Optional.of(found(call.text(0, "name"), terms, options(call), call));
    } catch (UndefinedException e) {
      throw e;
    } catch (EvaluationException e) {
      if (errors.equals("strict")) {
        throw new EvaluationException(call.at(), e.getMessage());
      }
      return Optional.empty();
    }
  }

  private static java.util.stream.Collector<Object, ?, ImmutableList<Object>> toList() {
    return ImmutableList.toImmutableList();
  }

  private static ImmutableMap<String, Object> options(Call call) {
    ImmutableMap.Builder<String, Object> options = ImmutableMap.builder();
    call.named()
        .forEach(
            (name, value) -> {
              if (!OWN.contains(name)) {
                options.put(name, Evaluation.complete(call.in().resolved(value)));
              }
            });
    return options.buildOrThrow();
  }

  private static ImmutableList<Object> found(
      String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options, Call call) {
    return switch (plugin.replaceFirst("^ansible\\.(builtin|legacy)\\.", "")) {
      case "vars" -> terms.stream().map(name -> variable(name, options, call)).collect(toList());
      case "template" ->
          terms.stream().map(name -> template(name, options, call)).collect(toList());
      default -> call.in().scope().lookup(plugin, terms, options);
    };
  }

  private static Object variable(Object name, ImmutableMap<String, Object> options, Call call) {
    if (!(name instanceof String)) {
      throw new IllegalArgumentException(
          "Invalid setting identifier, \"" + PythonText.str(name) + "\" is not a string");
    }
    return call.in()
        .variable(PythonText.str(name))
        .or(() -> Optional.ofNullable(options.get("default")))
        .orElseThrow(
            () ->
                new UndefinedException(
                    call.at(), "No variable found with this name: " + PythonText.str(name)));
  }

  private static Object template(Object name, ImmutableMap<String, Object> options, Call call) {
    Map<String, Object> variables = new LinkedHashMap<>();
    TemplateSyntax syntax = TemplateSyntax.USUAL;
    boolean converts = true;
    for (Map.Entry<String, Object> option : options.entrySet()) {
      String word = PythonText.str(option.getValue());
      switch (option.getKey()) {
        case "template_vars" -> variables.putAll(names(option.getValue()));
        case "convert_data" -> converts = Python.truth(option.getValue());
        case "variable_start_string" -> syntax = syntax.withVariables(word, syntax.variableEnd());
        case "variable_end_string" -> syntax = syntax.withVariables(syntax.variableStart(), word);
        case "comment_start_string" -> syntax = syntax.withComments(word, syntax.commentEnd());
        case "comment_end_string" -> syntax = syntax.withComments(syntax.commentStart(), word);
        default ->
            throw new IllegalArgumentException(
                "the lookup 'template' has no option '" + option.getKey() + "'");
      }
    }
    Template template =
        call.in()
            .scope()
            .template(PythonText.str(name), syntax)
            .orElseThrow(
                () ->
                    new EvaluationException(
                        call.at(), "there is no template '" + PythonText.str(name) + "'"));
    String written = template.write(call.in().with(ImmutableMap.copyOf(variables)), "\n");
    return converts ? Literals.read(written).filter(Lookup::isData).orElse(written) : written;
  }

  /** Ansible makes data of what looks like a list or dictionary. */
  private static boolean isData(Object value) {
    return value instanceof List || value instanceof Map;
  }

  private static Map<String, Object> names(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("template_vars must be a dictionary");
    }
    Map<String, Object> names = new LinkedHashMap<>();
    map.forEach((name, each) -> names.put(PythonText.str(name), each));
    return names;
  }
}
