package dev.belay.module;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Nearest;
import dev.belay.value.None;
import dev.belay.value.Omit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The arguments of one task on one host: templated, of the right types, with defaults filled in.
 *
 * <p>The getters throw {@link IllegalStateException} for a parameter that the module does not have,
 * which is a mistake of the module's author.
 */
public final class Args {
  private final ModuleSpec spec;
  private final ImmutableMap<String, Object> values;
  private final ImmutableMap<String, Object> others;

  private Args(
      ModuleSpec spec, ImmutableMap<String, Object> values, ImmutableMap<String, Object> others) {
    this.spec = spec;
    this.values = values;
    this.others = others;
  }

  /**
   * Checks and converts what a task gives.
   *
   * @throws BadArgumentsException with everything that is wrong
   */
  public static Args of(ModuleSpec spec, Map<String, ?> given) {
    List<String> wrong = new ArrayList<>();
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    for (Parameter parameter : spec.parameters()) {
      value(parameter, given, wrong).ifPresent(value -> values.put(parameter.name(), value));
    }
    missing(
            spec,
            given.keySet().stream()
                .filter(word -> !isAbsent(given.get(word)))
                .collect(ImmutableSet.toImmutableSet()))
        .ifPresent(wrong::add);
    given.keySet().forEach(word -> unknown(spec, word).ifPresent(wrong::add));
    if (!wrong.isEmpty()) {
      throw new BadArgumentsException(ImmutableList.copyOf(wrong));
    }
    return new Args(spec, values.buildOrThrow(), others(spec, given));
  }

  private static ImmutableMap<String, Object> others(ModuleSpec spec, Map<String, ?> given) {
    ImmutableMap.Builder<String, Object> others = ImmutableMap.builder();
    given.forEach(
        (word, value) -> {
          if (spec.parameter(word).isEmpty()) {
            others.put(word, value);
          }
        });
    return others.buildOrThrow();
  }

  /** Which parameters a task must give and does not, by the words that it has. */
  public static Optional<String> missing(ModuleSpec spec, Set<String> words) {
    String names =
        spec.parameters().stream()
            .filter(Parameter::required)
            .filter(parameter -> words.stream().noneMatch(parameter::isCalled))
            .map(Parameter::name)
            .collect(Collectors.joining(", "));
    return Optional.of("missing required arguments: " + names).filter(what -> !names.isEmpty());
  }

  /** What is wrong with a word that stands for no parameter of the module. */
  public static Optional<String> unknown(ModuleSpec spec, String word) {
    if (spec.takesOthers() || spec.parameter(word).isPresent()) {
      return Optional.empty();
    }
    String known = "it takes " + String.join(", ", spec.words());
    return Optional.of(
        "'"
            + spec.name()
            + "' has no parameter '"
            + word
            + "'; "
            + Nearest.hint(word, spec.words(), known));
  }

  private static Optional<Object> value(
      Parameter parameter, Map<String, ?> given, List<String> wrong) {
    List<Object> named = new ArrayList<>();
    given.forEach(
        (word, value) -> {
          if (parameter.isCalled(word) && !isAbsent(value)) {
            named.add(value);
          }
        });
    if (named.size() > 1) {
      wrong.add("'" + parameter.name() + "' is given twice, once by another of its names");
    }
    if (named.isEmpty()) {
      return parameter.byDefault();
    }
    return converted(parameter, named.get(0), wrong);
  }

  private static boolean isAbsent(Object value) {
    return value == None.NONE || value == Omit.OMIT;
  }

  private static Optional<Object> converted(Parameter parameter, Object value, List<String> wrong) {
    try {
      return Optional.of(Convert.to(parameter, value));
    } catch (IllegalArgumentException e) {
      wrong.add("'" + parameter.name() + "' " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether a value was given or is there by default. */
  public boolean has(String parameter) {
    return find(parameter).isPresent();
  }

  /** What was given under names that are no parameter; only where the module takes such. */
  public ImmutableMap<String, Object> others() {
    return others;
  }

  /** A text that is given or has a default. */
  public String text(String parameter) {
    return (String) need(parameter);
  }

  /** A text, where there is one. */
  public Optional<String> textIfGiven(String parameter) {
    return find(parameter).map(String.class::cast);
  }

  public long integer(String parameter) {
    return (Long) need(parameter);
  }

  public Optional<Long> integerIfGiven(String parameter) {
    return find(parameter).map(Long.class::cast);
  }

  public double number(String parameter) {
    return (Double) need(parameter);
  }

  public boolean flag(String parameter) {
    return (Boolean) need(parameter);
  }

  public Optional<Boolean> flagIfGiven(String parameter) {
    return find(parameter).map(Boolean.class::cast);
  }

  /** The members of a list; empty where none is given. */
  public ImmutableList<Object> list(String parameter) {
    return find(parameter)
        .<ImmutableList<Object>>map(list -> ImmutableList.copyOf((List<?>) list))
        .orElse(ImmutableList.of());
  }

  /** The members of a list as texts; empty where none is given. */
  public ImmutableList<String> texts(String parameter) {
    return list(parameter).stream().map(Convert::text).collect(ImmutableList.toImmutableList());
  }

  /** A mapping; empty where none is given. */
  public ImmutableMap<String, Object> dict(String parameter) {
    ImmutableMap.Builder<String, Object> dict = ImmutableMap.builder();
    find(parameter)
        .ifPresent(map -> ((Map<?, ?>) map).forEach((k, v) -> dict.put(Convert.text(k), v)));
    return dict.buildOrThrow();
  }

  /** Any value, where one is given. */
  public Optional<Object> any(String parameter) {
    return find(parameter);
  }

  public Optional<Content> content(String parameter) {
    return find(parameter).map(Content.class::cast);
  }

  public Optional<ControlFile> control(String parameter) {
    return find(parameter).map(ControlFile.class::cast);
  }

  public ControlPlace place(String parameter) {
    return (ControlPlace) need(parameter);
  }

  /** A {@link Type#VERBOSITY} parameter, where it is given. */
  public Optional<Condition> condition(String parameter) {
    return find(parameter).map(Condition.class::cast);
  }

  /** The expressions of a {@link Type#CONDITIONS} parameter and whether they hold. */
  public ImmutableList<Condition> conditions(String parameter) {
    return list(parameter).stream()
        .map(Condition.class::cast)
        .collect(ImmutableList.toImmutableList());
  }

  /** The parameters {@code mode}, {@code owner} and {@code group}. */
  public Attributes attributes() {
    return new Attributes(textIfGiven("mode"), textIfGiven("owner"), textIfGiven("group"));
  }

  private Object need(String parameter) {
    return find(parameter)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    spec.name() + "." + parameter + " is neither given nor has a default"));
  }

  private Optional<Object> find(String parameter) {
    checkArgument(
        spec.parameters().stream().anyMatch(p -> p.name().equals(parameter)),
        "%s has no parameter %s",
        spec.name(),
        parameter);
    return Optional.ofNullable(values.get(parameter));
  }
}
