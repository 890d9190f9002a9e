package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Problems;
import dev.belay.value.None;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what a role says of its arguments, in {@code meta/argument_specs.yml} or else under {@code
 * argument_specs} in {@code meta/main.yml}, and makes the task that sees to it.
 */
final class RoleArguments {
  private static final String WORD = "argument_specs";

  private final Path role;
  private final Problems problems;

  RoleArguments(Path role, Problems problems) {
    this.role = role;
    this.problems = problems;
  }

  /**
   * The task before all others of this use.
   *
   * @param meta the role's main file of that kind
   */
  Optional<Task> task(RoleUse use, Optional<Node> meta, Keywords keywords) {
    if (use.parameters().isEmpty()) {
      return Optional.empty();
    }
    String entry = use.tasks().replaceFirst("\\.ya?ml$", "");
    return (file().isPresent() ? Yaml.read(file().get(), problems) : meta)
        .flatMap(node -> mapping(node).flatMap(map -> map.value(WORD)))
        .flatMap(this::wellFormed)
        .flatMap(specs -> specs.value(entry))
        .flatMap(this::wellFormed)
        .map(spec -> task(use, entry, spec, keywords));
  }

  private Optional<Path> file() {
    return ImmutableList.of(".yml", ".yaml").stream()
        .map(ending -> role.resolve("meta").resolve(WORD + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Optional<Node.Mapping> mapping(Node node) {
    return Optional.of(node).filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
  }

  private Optional<Node.Mapping> wellFormed(Node node) {
    boolean nothing = node instanceof Node.Scalar scalar && scalar.value() == None.NONE;
    if (!nothing && mapping(node).isEmpty()) {
      problems.add(node.at(), "this must be a mapping of names to what is said of them");
    }
    return mapping(node);
  }

  private Task task(RoleUse use, String entry, Node.Mapping spec, Keywords keywords) {
    ImmutableMap<String, Object> context =
        ImmutableMap.of(
            "type",
            "role",
            "name",
            role.getFileName().toString(),
            "argument_spec_name",
            entry,
            "path",
            role.toString());
    ImmutableMap<String, Object> values =
        ImmutableMap.of(
            "argument_spec",
            options(spec),
            "provided_arguments",
            use.parameters().orElseThrow(),
            "validate_args_context",
            context);
    return new Task(
        new TaskName(
            Optional.of(use.name()),
            Optional.of(title(entry, spec)),
            ValidateArguments.SPEC.name()),
        ValidateArguments.SPEC,
        new Arguments(values, ImmutableMap.of(), ImmutableList.of(), ImmutableList.of(), spec.at()),
        Keywords.tagged(ImmutableSet.of("always")).inside(keywords),
        Optional.empty(),
        Optional.empty(),
        ImmutableList.of(),
        ImmutableSet.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        spec.at());
  }

  private static String title(String entry, Node.Mapping spec) {
    String described =
        spec.value("short_description")
            .filter(Node.Scalar.class::isInstance)
            .map(text -> " - " + ((Node.Scalar) text).text())
            .orElse("");
    return "Validating arguments against arg spec '" + entry + "'" + described;
  }

  /** As data: what is written to describe a role is no template. */
  private Object options(Node.Mapping spec) {
    Optional<Node.Mapping> options = spec.value("options").flatMap(this::wellFormed);
    options.ifPresent(map -> map.entries().forEach(entry -> wellFormed(entry.value())));
    return options.<Object>map(NodeValues::plain).orElse(ImmutableMap.of());
  }
}
