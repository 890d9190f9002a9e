package dev.belay.argspec;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks arguments against what a role says that it takes. Nothing is set: defaults only count as
 * given.
 */
public final class ArgumentSpec {
  private static final String SECRET = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER";

  private final List<String> errors = new ArrayList<>();
  private final TreeMap<String, String> unknown = new TreeMap<>();

  private ArgumentSpec() {}

  /** What is wrong with the arguments, one sentence each; empty where nothing is. */
  public static ImmutableList<String> errors(Map<?, ?> options, Map<?, ?> arguments) {
    ArgumentSpec spec = new ArgumentSpec();
    spec.check(Optional.empty(), options, arguments, ImmutableList.of());
    if (!spec.unknown.isEmpty()) {
      spec.errors.add(
          String.join(", ", spec.unknown.keySet())
              + ". Supported parameters include: "
              + spec.unknown.lastEntry().getValue()
              + ".");
    }
    return ImmutableList.copyOf(spec.errors);
  }

  /** One level: {@code inside} names the options around it. */
  private void check(
      Optional<Option> owner, Map<?, ?> spec, Map<?, ?> arguments, ImmutableList<String> inside) {
    ImmutableList<Option> options = Option.of(spec);
    Map<String, Object> given = given(options, arguments, inside);
    options.forEach(option -> noMapping(option, given));
    owner.ifPresent(option -> new Relations(option, given, inside).exclusive(errors));
    required(options, given, inside);
    options.forEach(option -> type(option, given, inside));
    options.forEach(option -> choices(option, given, inside));
    owner.ifPresent(
        option -> new Relations(option, withDefaults(options, given), inside).others(errors));
    options.forEach(option -> nested(option, given, inside));
  }

  /** By the options' own names; what is no option is noted. */
  private Map<String, Object> given(
      List<Option> options, Map<?, ?> arguments, ImmutableList<String> inside) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Option option : options) {
      option.aliases().forEach(alias -> names.put(alias, option.name()));
      names.put(option.name(), option.name());
    }
    Map<String, Object> given = new LinkedHashMap<>();
    arguments.forEach(
        (key, value) -> {
          String word = PythonText.str(key);
          if (names.containsKey(word)) {
            given.put(names.get(word), value);
          } else {
            unknown.put(
                String.join(".", with(inside, word)),
                options.stream().map(Option::name).sorted().collect(Collectors.joining(", ")));
          }
        });
    return given;
  }

  private static Map<String, Object> withDefaults(List<Option> options, Map<String, Object> given) {
    Map<String, Object> all = new LinkedHashMap<>(given);
    options.forEach(option -> option.byDefault().ifPresent(v -> all.putIfAbsent(option.name(), v)));
    return all;
  }

  private static ImmutableList<String> with(ImmutableList<String> inside, String name) {
    return ImmutableList.<String>builder().addAll(inside).add(name).build();
  }

  /** Where it is, as messages say it. */
  static String foundIn(ImmutableList<String> inside) {
    return inside.isEmpty() ? "" : " found in " + String.join(" -> ", inside);
  }

  /** Ansible tells of a text in place of a mapping twice: alone first, then with its place. */
  private void noMapping(Option option, Map<String, Object> given) {
    if (option.options().isPresent() && given.get(option.name()) instanceof String text) {
      try {
        OptionType.DICT.convert(text);
      } catch (IllegalArgumentException e) {
        errors.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private void required(
      List<Option> options, Map<String, Object> given, ImmutableList<String> inside) {
    TreeSet<String> missing =
        options.stream()
            .filter(option -> option.isRequired() && option.byDefault().isEmpty())
            .map(Option::name)
            .filter(name -> !given.containsKey(name))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty()) {
      errors.add("missing required arguments: " + String.join(", ", missing) + foundIn(inside));
    }
  }

  private void type(Option option, Map<String, Object> given, ImmutableList<String> inside) {
    Object value = given.getOrDefault(option.name(), None.NONE);
    if (value == None.NONE) {
      return;
    }
    String what =
        "argument '"
            + option.name()
            + "' is of type "
            + OptionType.classOf(value)
            + (inside.isEmpty() ? "" : " found in '" + String.join(" -> ", inside) + "'.");
    Object converted = converted(option, option.type(), value, what);
    given.put(option.name(), converted);
    if (converted instanceof List<?> list && option.elements().isPresent()) {
      given.put(option.name(), elements(option, list, inside));
    }
  }

  private Object converted(Option option, String type, Object value, String what) {
    Optional<OptionType> known = OptionType.of(type);
    if (known.isEmpty()) {
      errors.add("there is no type '" + type + "' for the option '" + option.name() + "'");
      return value;
    }
    try {
      return known.get().convert(value);
    } catch (IllegalArgumentException e) {
      errors.add(
          what + " and we were unable to convert to " + type + ": " + hidden(option, value, e));
      return value;
    }
  }

  private static String hidden(Option option, Object value, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return option.isSecret()
        ? message.replace("'" + PythonText.str(value) + "'", "'" + SECRET + "'")
        : message;
  }

  private ImmutableList<Object> elements(
      Option option, List<?> list, ImmutableList<String> inside) {
    ImmutableList.Builder<Object> elements = ImmutableList.builder();
    for (Object element : list) {
      String what =
          "Elements value for option '"
              + option.name()
              + "'"
              + (inside.isEmpty() ? "" : " found in '" + String.join(" -> ", inside) + "'")
              + " is of type "
              + OptionType.classOf(element);
      elements.add(converted(option, option.elements().orElseThrow(), element, what));
    }
    return elements.build();
  }

  private void choices(Option option, Map<String, Object> given, ImmutableList<String> inside) {
    Object value = given.get(option.name());
    if (value == null || option.choices().isEmpty()) {
      return;
    }
    List<?> choices = option.choices().get();
    String all = choices.stream().map(PythonText::str).collect(Collectors.joining(", "));
    if (value instanceof List<?> list) {
      String others =
          list.stream()
              .filter(member -> choices.stream().noneMatch(choice -> same(choice, member)))
              .map(member -> option.isSecret() ? SECRET : PythonText.str(member))
              .collect(Collectors.joining(", "));
      if (!others.isEmpty()) {
        errors.add(
            "value of "
                + option.name()
                + " must be one or more of: "
                + all
                + ". Got no match for: "
                + others
                + foundIn(inside));
      }
    } else if (choices.stream().noneMatch(choice -> same(choice, value))) {
      String shown = option.isSecret() ? SECRET : PythonText.str(value);
      errors.add(
          "value of "
              + option.name()
              + " must be one of: "
              + all
              + ", got: "
              + shown
              + foundIn(inside));
    }
  }

  /** As Python compares; and YAML's booleans are the words that they were written as. */
  static boolean same(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    return one.equals(other)
        || one instanceof Boolean && PythonText.str(one).equals(other)
        || other instanceof Boolean && PythonText.str(other).equals(one);
  }

  private void nested(Option option, Map<String, Object> given, ImmutableList<String> inside) {
    Object value = given.getOrDefault(option.name(), None.NONE);
    if (option.options().isEmpty() || value == None.NONE) {
      return;
    }
    for (Object member : value instanceof List<?> list ? list : ImmutableList.of(value)) {
      if (member instanceof Map<?, ?> map) {
        check(
            Optional.of(option),
            option.options().get(),
            ImmutableMap.copyOf(map),
            with(inside, option.name()));
      } else {
        errors.add("value of '" + option.name() + "' must be of type dict or list of dicts");
      }
    }
  }
}
