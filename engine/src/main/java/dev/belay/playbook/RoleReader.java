package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.yaml.Node;
import dev.belay.yaml.VarsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads roles: folders beside the playbook, or in its {@code roles}, with tasks, handlers, vars,
 * defaults, files, and other roles that they depend on. What a role has besides tasks goes to the
 * play's parts.
 */
final class RoleReader {
  /** What a use of a role may say besides keywords. */
  private static final ImmutableSet<String> NAMES = ImmutableSet.of("role", "name");

  private final PlayParts parts;
  private final Optional<Path> dependent;
  private final List<Path> used = new ArrayList<>();

  RoleReader(PlayParts parts) {
    this(parts, Optional.empty());
  }

  /** For what the role in that folder depends on. */
  private RoleReader(PlayParts parts, Optional<Path> dependent) {
    this.parts = parts;
    this.dependent = dependent;
  }

  /** The tasks of all roles that a list names, those that they depend on first. */
  ImmutableList<Statement> roles(Fields owner, String word, Keywords outer) {
    return owner.node(word).map(list -> uses(list, outer)).orElse(ImmutableList.of());
  }

  private ImmutableList<Statement> uses(Node list, Keywords outer) {
    ImmutableList.Builder<Statement> tasks = ImmutableList.builder();
    if (!(list instanceof Node.Sequence uses)) {
      parts
          .problems()
          .add(list.at(), "'roles' must be a list of names", "begin each item with '- '");
      return tasks.build();
    }
    for (Node use : uses.items()) {
      if (use instanceof Node.Mapping mapping) {
        tasks.addAll(use(mapping, outer));
      } else if (use instanceof Node.Scalar name) {
        tasks.addAll(
            once(RoleUse.whole(name.text(), ImmutableMap.of(), name.at()), Keywords.none(), outer));
      } else {
        parts.problems().add(use.at(), "a role is a name, or a mapping with 'role'");
      }
    }
    return tasks.build();
  }

  /** Words that are no keywords are variables of the role. */
  private ImmutableList<Statement> use(Node.Mapping mapping, Keywords outer) {
    Fields fields = new Fields(mapping, parts.problems());
    ImmutableSet<String> others =
        fields.words().stream()
            .filter(word -> KeywordTable.ROLE.isSupported(word).isEmpty())
            .collect(ImmutableSet.toImmutableSet());
    fields.refuseUnknown(
        KeywordTable.ROLE, ImmutableSet.<String>builder().addAll(NAMES).addAll(others).build());
    Optional<String> name = fields.literal("role").or(() -> fields.literal("name"));
    if (name.isEmpty()) {
      parts.problems().add(mapping.at(), "this does not say which role", "add 'role: NAME'");
      return ImmutableList.of();
    }
    ImmutableMap.Builder<String, Object> parameters = ImmutableMap.builder();
    others.stream()
        .filter(word -> !NAMES.contains(word))
        .forEach(word -> fields.raw(word).ifPresent(value -> parameters.put(word, value)));
    Keywords said = new KeywordsReader(parts, outer).readWithVars(fields);
    parts.expose(said);
    Keywords own = said.inside(Keywords.given(parameters.buildOrThrow()));
    RoleUse use = RoleUse.whole(name.get(), parameters.buildOrThrow(), mapping.at());
    return once(use, own, outer);
  }

  /** A role that is used twice with the same parameters is done once. */
  private ImmutableList<Statement> once(RoleUse use, Keywords own, Keywords outer) {
    if (dependent.isPresent()) {
      parts.addDependency(use.name());
    } else {
      parts.addRole(use.name());
    }
    Optional<Path> folder = folder(use, outer);
    folder.ifPresent(used::add);
    boolean again =
        folder.isPresent()
            && !parts.isInside(folder.get())
            && !parts.isFirstUse(
                ImmutableList.of(
                    folder.get(),
                    own.vars().toString(),
                    own.params().toString(),
                    own.tags(),
                    own.when().toString()))
            && !allowsDuplicates(folder.get());
    return again ? ImmutableList.of() : role(use, own.inside(outer));
  }

  private boolean allowsDuplicates(Path role) {
    return main(role, "meta", "main")
        .filter(Node.Mapping.class::isInstance)
        .map(Node.Mapping.class::cast)
        .flatMap(meta -> new Fields(meta, parts.problems()).raw("allow_duplicates"))
        .filter(Boolean.TRUE::equals)
        .isPresent();
  }

  /** The tasks of one use of a role, those that it depends on first. */
  ImmutableList<Statement> role(RoleUse use, Keywords outer) {
    Optional<Path> folder = folder(use, outer);
    if (folder.isEmpty()) {
      parts
          .problems()
          .add(
              use.at(),
              "there is no role '" + use.name() + "'",
              CollectionsPath.isFullName(use.name())
                  ? "install its collection below one of ANSIBLE_COLLECTIONS_PATH"
                  : "put it into the folder 'roles' beside the playbook");
      return ImmutableList.of();
    }
    try {
      if (parts.enter(folder.get())) {
        return read(use, folder.get(), outer);
      }
      parts
          .problems()
          .add(
              use.at(),
              "the role '" + use.name() + "' depends on itself, or imports itself without end");
      return ImmutableList.of();
    } finally {
      parts.leave();
    }
  }

  private Optional<Path> folder(RoleUse use, Keywords outer) {
    Optional<Path> around = dependent.or(() -> outer.folders().stream().findFirst());
    return parts.placesOfRole(use.name(), around).stream()
        .filter(Files::isDirectory)
        .map(path -> path.toAbsolutePath().normalize())
        .findFirst();
  }

  private ImmutableList<Statement> read(RoleUse use, Path role, Keywords outer) {
    List<Statement> tasks = new ArrayList<>();
    parts.addModulesOf(role);
    RoleReader dependencies = new RoleReader(parts, Optional.of(role));
    main(role, "meta", "main")
        .ifPresent(meta -> tasks.addAll(dependencies.dependencies(meta, outer)));
    RoleVars own =
        new RoleVars(
            variables(role, "vars", use.vars(), use.at()),
            variables(role, "defaults", use.defaults(), use.at()));
    RoleVars all = parts.varsOf(role, own, dependencies.used);
    ImmutableMap<String, Object> ownVars = all.vars();
    ImmutableMap<String, Object> ownDefaults = all.defaults();
    parts.addVariables(own.vars(), own.defaults());
    String name = use.nameOf(role);
    ImmutableMap<String, Object> names = RoleNames.of(name, role);
    Keywords keywords =
        Keywords.ofRole(
                ImmutableMap.<String, Object>builder()
                    .putAll(ownVars)
                    .putAll(names)
                    .putAll(RoleNames.ofParents(outer))
                    .buildKeepingLast(),
                ownDefaults,
                role)
            .inside(outer);
    TaskPlace place = TaskPlace.of(parts.play()).inside(role, name, keywords.folders());
    TaskReader reader = new TaskReader(parts, place);
    Optional<Node> list = main(role, "tasks", use.tasks());
    if (list.isEmpty() && !use.tasks().equals("main")) {
      parts.problems().add(use.at(), "the role '" + use.name() + "' has no tasks/" + use.tasks());
    }
    new RoleArguments(role, parts.problems())
        .task(use, main(role, "meta", "main"), keywords)
        .ifPresent(tasks::add);
    list.ifPresent(node -> tasks.addAll(reader.statements(node, keywords)));
    if (parts.isFirstOf(role)) {
      main(role, "handlers", use.handlers())
          .ifPresent(node -> parts.addHandlers(reader.handlers(node, keywords)));
    }
    return ImmutableList.copyOf(tasks);
  }

  private ImmutableList<Statement> dependencies(Node meta, Keywords outer) {
    return meta instanceof Node.Mapping mapping
        ? roles(new Fields(mapping, parts.problems()), "dependencies", outer)
        : ImmutableList.of();
  }

  private Optional<Node> main(Path role, String part, String name) {
    return RoleFiles.tasks(role.resolve(part), name).flatMap(parts::read);
  }

  private ImmutableMap<String, Object> variables(Path role, String part, String name, Position at) {
    ImmutableList<Path> files = RoleFiles.variables(role.resolve(part), name);
    if (files.isEmpty() && !name.equals("main")) {
      parts.problems().add(at, "there is no " + role.resolve(part).resolve(name));
    }
    ImmutableMap.Builder<String, Object> variables = ImmutableMap.builder();
    files.forEach(file -> variables.putAll(VarsFile.read(file, parts.vault(), parts.problems())));
    return variables.buildKeepingLast();
  }
}
