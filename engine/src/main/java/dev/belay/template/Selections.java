package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/** Filters that apply another filter or test to each member of a list. */
final class Selections {
  private Selections() {}

  static Object map(Call call) {
    if (isNothing(call)) {
      return ImmutableList.of();
    }
    Object name = call.named().get("attribute");
    if (name != null && call.positional().isEmpty()) {
      Optional<Object> byDefault = Optional.ofNullable(call.named().get("default"));
      return call.list().stream()
          .map(each -> attribute(each, name, call))
          .map(value -> value instanceof Undefined ? byDefault.orElse(value) : value)
          .collect(toImmutableList());
    }
    String filter = call.text(0, "filter");
    Operation operation =
        Library.filter(filter)
            .orElseThrow(() -> new IllegalArgumentException("there is no filter '" + filter + "'"));
    return call.list().stream()
        .map(each -> operation.apply(call.forward(each, 1)))
        .collect(toImmutableList());
  }

  static Object select(Call call, boolean wanted) {
    if (isNothing(call)) {
      return ImmutableList.of();
    } else if (call.positional().isEmpty()) {
      return call.list().stream()
          .filter(each -> Python.truth(each) == wanted)
          .collect(toImmutableList());
    }
    Operation test = test(call.text(0, "test"));
    return call.list().stream()
        .filter(each -> Python.truth(test.apply(call.forward(each, 1))) == wanted)
        .collect(toImmutableList());
  }

  static Object selectByAttribute(Call call, boolean wanted) {
    Object name = call.need(0, "attribute");
    if (isNothing(call)) {
      return ImmutableList.of();
    } else if (call.positional().size() < 2) {
      return call.list().stream()
          .filter(each -> Python.truth(attribute(each, name, call)) == wanted)
          .collect(toImmutableList());
    }
    Operation test = test(call.text(1, "test"));
    return call.list().stream()
        .filter(
            each ->
                Python.truth(test.apply(call.forward(attribute(each, name, call), 2))) == wanted)
        .collect(toImmutableList());
  }

  /** What is false, even what is no list, has no members to look at. */
  private static boolean isNothing(Call call) {
    return !Python.truth(call.subject());
  }

  private static Operation test(String name) {
    return Library.test(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no test '" + name + "'"));
  }

  /** {@code a.b.0} of a value. */
  static Object attribute(Object value, Object name, Call call) {
    Object at = value;
    ImmutableList<Object> parts =
        name instanceof String path
            ? ImmutableList.copyOf(path.split("\\.", -1))
            : ImmutableList.of(name);
    for (Object part : parts) {
      boolean isIndex =
          part instanceof String text
              && !text.isEmpty()
              && text.chars().allMatch(Character::isDigit);
      at = Members.of(at, isIndex ? Long.valueOf(part.toString()) : part, call.at());
    }
    return at;
  }
}
