package dev.belay.inventory;

import com.google.common.collect.ImmutableList;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Groups that are named by a value of each host.
 *
 * @param parentGroup raw: a template where the user wrote one
 * @param defaultValue stands for a value that is an empty text
 * @param trailing whether a name ends with the separator where a mapping's value is empty
 */
record KeyedGroup(
    ConstructedOptions.Formula key,
    String prefix,
    String separator,
    Optional<Object> parentGroup,
    Optional<String> defaultValue,
    ConstructedOptions.Flag trailing) {

  /** Whether a value names nothing: Ansible's are empty texts, lists and mappings, and false. */
  boolean isNothing(Object value) {
    boolean empty =
        value instanceof List<?> list && list.isEmpty()
            || value instanceof Map<?, ?> map && map.isEmpty()
            || value == None.NONE
            || Boolean.FALSE.equals(value)
            || value instanceof Number number && number.doubleValue() == 0;
    return empty || value.equals("") && defaultValue.isEmpty();
  }

  /**
   * The names for a value, not yet fit to be names of groups.
   *
   * @throws IllegalArgumentException where the value can name nothing
   */
  ImmutableList<String> names(Object value, ConstructedOptions.Flag leading) {
    boolean bare = prefix.isEmpty() && leading == ConstructedOptions.Flag.OFF;
    String before = prefix + (bare ? "" : separator);
    return parts(value).stream().map(before::concat).collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<String> parts(Object value) {
    ImmutableList.Builder<String> parts = ImmutableList.builder();
    if (value instanceof String text) {
      parts.add(orDefault(text));
    } else if (value instanceof List<?> list) {
      list.forEach(member -> parts.add(orDefault(PythonText.str(member))));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> parts.add(pair(PythonText.str(name), PythonText.str(member))));
    } else {
      throw new IllegalArgumentException(
          "a group is named by a text, a list of texts or a mapping, not by "
              + PythonText.repr(value));
    }
    return parts.build();
  }

  private String orDefault(String text) {
    return text.isEmpty() ? defaultValue.orElse("") : text;
  }

  private String pair(String name, String value) {
    boolean nameOnly =
        value.isEmpty() && defaultValue.isEmpty() && trailing == ConstructedOptions.Flag.OFF;
    return nameOnly ? name : name + separator + orDefault(value);
  }
}
