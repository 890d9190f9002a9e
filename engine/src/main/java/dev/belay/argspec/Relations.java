package dev.belay.argspec;

import com.google.common.collect.ImmutableList;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an option says of those inside of it together: {@code mutually_exclusive}, {@code
 * required_together} and the like. Of each word the first that is broken is told.
 */
final class Relations {
  private static final int WITH_ANY = 4;

  private final Option owner;
  private final Map<String, Object> given;
  private final ImmutableList<String> inside;

  Relations(Option owner, Map<String, Object> given, ImmutableList<String> inside) {
    this.owner = owner;
    this.given = given;
    this.inside = inside;
  }

  private void tell(List<String> errors, String what) {
    errors.add(what + ArgumentSpec.foundIn(inside));
  }

  private long count(List<?> names) {
    return Option.names(names).stream().filter(given::containsKey).count();
  }

  private static String joined(List<?> names) {
    return String.join(", ", Option.names(names));
  }

  void exclusive(List<String> errors) {
    String broken =
        owner.groups("mutually_exclusive").stream()
            .filter(group -> count(group) > 1)
            .map(group -> String.join("|", Option.names(group)))
            .collect(Collectors.joining(", "));
    if (!broken.isEmpty()) {
      tell(errors, "parameters are mutually exclusive: " + broken);
    }
  }

  void others(List<String> errors) {
    owner.groups("required_together").stream()
        .filter(group -> count(group) > 0 && count(group) < group.size())
        .findFirst()
        .ifPresent(group -> tell(errors, "parameters are required together: " + joined(group)));
    owner.groups("required_one_of").stream()
        .filter(group -> count(group) == 0)
        .findFirst()
        .ifPresent(group -> tell(errors, "one of the following is required: " + joined(group)));
    owner.groups("required_if").stream()
        .flatMap(rule -> broken(rule).stream())
        .findFirst()
        .ifPresent(what -> tell(errors, what));
    owner.mapping("required_by").entrySet().stream()
        .flatMap(entry -> missingBy(entry).stream())
        .findFirst()
        .ifPresent(what -> tell(errors, what));
  }

  /** A rule is an option, a value, what is needed then, and whether any of that is enough. */
  private ImmutableList<String> broken(List<?> rule) {
    if (rule.size() < WITH_ANY - 1) {
      return ImmutableList.of("'required_if' needs an option, a value and a list of options");
    }
    String name = PythonText.str(rule.get(0));
    Object value = given.get(name);
    if (value == null || !ArgumentSpec.same(rule.get(1), value)) {
      return ImmutableList.of();
    }
    boolean any = rule.size() >= WITH_ANY && Boolean.TRUE.equals(rule.get(WITH_ANY - 1));
    ImmutableList<String> needed = Option.names(rule.get(2));
    ImmutableList<String> missing =
        needed.stream()
            .filter(each -> !given.containsKey(each))
            .collect(ImmutableList.toImmutableList());
    if (missing.isEmpty() || any && missing.size() < needed.size()) {
      return ImmutableList.of();
    }
    return ImmutableList.of(
        name
            + " is "
            + PythonText.str(rule.get(1))
            + " but "
            + (any ? "any" : "all")
            + " of the following are missing: "
            + String.join(", ", missing));
  }

  private ImmutableList<String> missingBy(Map.Entry<?, ?> entry) {
    String name = PythonText.str(entry.getKey());
    if (given.getOrDefault(name, None.NONE) == None.NONE) {
      return ImmutableList.of();
    }
    String missing =
        Option.names(entry.getValue()).stream()
            .filter(each -> given.getOrDefault(each, None.NONE) == None.NONE)
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? ImmutableList.of()
        : ImmutableList.of("missing parameter(s) required by '" + name + "': " + missing);
  }
}
