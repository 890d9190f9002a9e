package dev.belay.playbook;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Problems;
import dev.belay.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the keywords that plays, blocks and tasks share. */
final class KeywordsReader {
  private static final ImmutableSet<String> METHODS = ImmutableSet.of("sudo", "su");

  private final Problems problems;

  KeywordsReader(Problems problems) {
    this.problems = problems;
  }

  /** Without {@code vars}, which a play keeps apart. */
  Keywords read(Fields fields) {
    return new Keywords(
        fields.conditions("when").orElse(ImmutableList.of()),
        tags(fields),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        environment(fields),
        fields.raw("become"),
        fields.raw("become_user"),
        method(fields),
        fields.raw("check_mode"),
        fields.raw("ignore_errors"),
        fields.raw("no_log"),
        fields.raw("run_once"));
  }

  /** With {@code vars}, as blocks and tasks have them. */
  Keywords readWithVars(Fields fields) {
    return read(fields).inside(Keywords.defining(fields.map("vars")));
  }

  private ImmutableSet<String> tags(Fields fields) {
    return fields.rawList("tags").stream()
        .flatMap(tag -> words(fields, tag))
        .collect(toImmutableSet());
  }

  private Stream<String> words(Fields fields, Object tag) {
    if (tag instanceof Template) {
      problems.add(fields.place("tags"), "a tag must be plain text", "write it without template");
      return Stream.of();
    }
    return Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(tag.toString());
  }

  private ImmutableList<Object> environment(Fields fields) {
    Optional<Object> given = fields.raw("environment");
    given
        .filter(
            value -> !(value instanceof Map || value instanceof List || value instanceof Template))
        .ifPresent(
            value ->
                problems.add(
                    fields.place("environment"),
                    "'environment' must be a mapping of names to values"));
    return given.stream()
        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
        .collect(ImmutableList.toImmutableList());
  }

  private Optional<Object> method(Fields fields) {
    Optional<Object> method = fields.raw("become_method");
    method
        .filter(value -> value instanceof String && !METHODS.contains(value))
        .ifPresent(
            value ->
                problems.add(
                    fields.place("become_method"),
                    "become_method '" + value + "' is not supported",
                    "use sudo or su"));
    return method;
  }
}
