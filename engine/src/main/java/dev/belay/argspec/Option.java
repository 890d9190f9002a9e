package dev.belay.argspec;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a specification says of one option.
 *
 * @param said its words, as they stand
 */
record Option(String name, ImmutableMap<String, Object> said) {

  /** All options of a mapping. */
  static ImmutableList<Option> of(Map<?, ?> options) {
    ImmutableList.Builder<Option> all = ImmutableList.builder();
    options.forEach(
        (name, said) ->
            all.add(
                new Option(
                    name.toString(),
                    said instanceof Map<?, ?> map ? words(map) : ImmutableMap.of())));
    return all.build();
  }

  private static ImmutableMap<String, Object> words(Map<?, ?> map) {
    ImmutableMap.Builder<String, Object> words = ImmutableMap.builder();
    map.forEach((key, value) -> words.put(key.toString(), value));
    return words.buildKeepingLast();
  }

  private Optional<Object> word(String word) {
    return Optional.ofNullable(said.get(word)).filter(value -> value != None.NONE);
  }

  boolean isRequired() {
    return word("required").filter(Boolean.TRUE::equals).isPresent();
  }

  Optional<Object> byDefault() {
    return word("default");
  }

  boolean isSecret() {
    return word("no_log").filter(Boolean.TRUE::equals).isPresent();
  }

  String type() {
    return word("type").map(PythonText::str).orElse("str");
  }

  Optional<String> elements() {
    return word("elements").map(PythonText::str);
  }

  Optional<List<?>> choices() {
    return word("choices").filter(List.class::isInstance).map(list -> (List<?>) list);
  }

  ImmutableList<String> aliases() {
    return names(word("aliases").orElse(ImmutableList.of()));
  }

  /** The options of the mapping that it is, or of each that it lists. */
  Optional<Map<?, ?>> options() {
    boolean nests =
        type().equals("dict")
            || type().equals("list") && elements().filter("dict"::equals).isPresent();
    return word("options")
        .filter(value -> nests && value instanceof Map)
        .map(map -> (Map<?, ?>) map);
  }

  /** Lists of names, as {@code required_together} has them. */
  ImmutableList<List<?>> groups(String word) {
    ImmutableList.Builder<List<?>> groups = ImmutableList.builder();
    if (word(word).orElse(None.NONE) instanceof List<?> list) {
      for (Object group : list) {
        groups.add(group instanceof List<?> names ? names : ImmutableList.of(group));
      }
    }
    return groups.build();
  }

  Map<?, ?> mapping(String word) {
    return word(word).orElse(None.NONE) instanceof Map<?, ?> map ? map : ImmutableMap.of();
  }

  static ImmutableList<String> names(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(PythonText::str).collect(ImmutableList.toImmutableList())
        : ImmutableList.of(PythonText.str(value));
  }
}
