package dev.belay.playbook;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Problems;
import dev.belay.template.EvaluationException;
import dev.belay.template.PythonText;
import dev.belay.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the keywords that plays, blocks and tasks share. */
final class KeywordsReader {
  private static final ImmutableSet<String> METHODS = ImmutableSet.of("sudo", "su");

  private final ModuleCatalog modules;
  private final Problems problems;
  private final Supplier<KnownVars> known;

  KeywordsReader(PlayParts parts, Keywords around) {
    this(parts.modules(), parts.problems(), () -> parts.known(around));
  }

  KeywordsReader(ModuleCatalog modules, Problems problems, KnownVars known) {
    this(modules, problems, () -> known);
  }

  private KeywordsReader(ModuleCatalog modules, Problems problems, Supplier<KnownVars> known) {
    this.modules = modules;
    this.problems = problems;
    this.known = known;
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
        said(fields),
        new ModuleDefaults(modules, problems).read(fields));
  }

  private ImmutableMap<Keyword, Object> said(Fields fields) {
    refuseUnknownMethod(fields);
    ImmutableMap.Builder<Keyword, Object> said = ImmutableMap.builder();
    for (Keyword keyword : Keyword.values()) {
      fields.raw(keyword.word()).ifPresent(value -> said.put(keyword, value));
    }
    return said.buildOrThrow();
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
    if (tag instanceof Template template) {
      return templated(fields, template);
    } else if (tag instanceof List<?> list) {
      return list.stream().flatMap(each -> words(fields, each));
    }
    return Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(PythonText.str(tag));
  }

  private Stream<String> templated(Fields fields, Template tag) {
    try {
      return words(fields, tag.render(known.get()));
    } catch (EvaluationException e) {
      problems.add(
          fields.place("tags"),
          "tags are chosen before any host has variables: " + e.getMessage(),
          "give it with -e or in the play's vars");
      return Stream.of();
    }
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

  private void refuseUnknownMethod(Fields fields) {
    fields
        .raw(Keyword.BECOME_METHOD.word())
        .filter(value -> value instanceof String && !METHODS.contains(value))
        .ifPresent(
            value ->
                problems.add(
                    fields.place("become_method"),
                    "become_method '" + value + "' is not supported",
                    "use sudo or su"));
  }
}
