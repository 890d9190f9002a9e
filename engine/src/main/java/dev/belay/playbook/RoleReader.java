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
import java.util.stream.Stream;

/**
 * Reads roles: folders beside the playbook, or in its {@code roles}, with tasks, handlers, vars,
 * defaults, files, and other roles that they depend on. What a role has besides tasks goes to the
 * play's parts.
 */
final class RoleReader {
  /** What a use of a role may say besides keywords. */
  private static final ImmutableSet<String> NAMES = ImmutableSet.of("role", "name");

  private static final ImmutableList<String> ENDINGS = ImmutableList.of(".yml", ".yaml", "");

  private final PlayParts parts;

  RoleReader(PlayParts parts) {
    this.parts = parts;
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
        tasks.addAll(once(RoleUse.whole(name.text(), name.at()), Keywords.none(), outer));
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
    Keywords own =
        new KeywordsReader(parts.problems())
            .readWithVars(fields)
            .inside(Keywords.given(parameters.buildOrThrow()));
    parts.addVariables(fields.map("vars"), ImmutableMap.of());
    return once(RoleUse.whole(name.get(), mapping.at()), own, outer);
  }

  /** A role that is used twice with the same parameters is done once. */
  private ImmutableList<Statement> once(RoleUse use, Keywords own, Keywords outer) {
    Optional<Path> folder = folder(use);
    boolean again =
        folder.isPresent()
            && !parts.isInside(folder.get().resolve("tasks").resolve(use.tasks()))
            && !parts.isFirstUse(
                ImmutableList.of(
                    folder.get(),
                    own.vars().toString(),
                    own.params().toString(),
                    own.tags(),
                    own.when().toString()))
            && !allowsDuplicates(folder.get());
    if (again) {
      parts.addVariablesOf(folder.get());
      return ImmutableList.of();
    }
    return role(use, own.inside(outer));
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
    Optional<Path> folder = folder(use);
    if (folder.isEmpty()) {
      parts
          .problems()
          .add(
              use.at(),
              "there is no role '" + use.name() + "'",
              "put it into the folder 'roles' beside the playbook");
      return ImmutableList.of();
    }
    Path tasks = folder.get().resolve("tasks").resolve(use.tasks());
    if (!parts.enter(tasks)) {
      parts.problems().add(use.at(), "the role '" + use.name() + "' depends on itself");
      return ImmutableList.of();
    }
    try {
      return read(use, folder.get(), outer);
    } finally {
      parts.leave(tasks);
    }
  }

  private Optional<Path> folder(RoleUse use) {
    return parts.placesOfRole(use.name()).stream()
        .filter(Files::isDirectory)
        .map(path -> path.toAbsolutePath().normalize())
        .findFirst();
  }

  private ImmutableList<Statement> read(RoleUse use, Path role, Keywords outer) {
    List<Statement> tasks = new ArrayList<>();
    parts.beginDependencies();
    main(role, "meta", "main").ifPresent(meta -> tasks.addAll(dependencies(meta, outer)));
    ImmutableMap<String, Object> inherited = parts.endDependencies();
    ImmutableMap<String, Object> ownVars = variables(role, "vars", use.vars(), use.at());
    ImmutableMap<String, Object> ownDefaults =
        variables(role, "defaults", use.defaults(), use.at());
    ImmutableMap<String, Object> allVars =
        ImmutableMap.<String, Object>builder().putAll(inherited).putAll(ownVars).buildKeepingLast();
    parts.addVariables(allVars, ownDefaults);
    parts.keepVariables(role, allVars);
    ImmutableMap<String, Object> names =
        ImmutableMap.of("role_name", role.getFileName().toString(), "role_path", role.toString());
    Keywords keywords =
        Keywords.ofRole(
                ImmutableMap.<String, Object>builder()
                    .putAll(allVars)
                    .putAll(names)
                    .buildKeepingLast(),
                ownDefaults,
                role)
            .inside(outer);
    TaskPlace place = TaskPlace.of(parts.folder()).inside(role, keywords.folders());
    TaskReader reader = new TaskReader(parts, place);
    Optional<Node> list = main(role, "tasks", use.tasks());
    if (list.isEmpty() && !use.tasks().equals("main")) {
      parts.problems().add(use.at(), "the role '" + use.name() + "' has no tasks/" + use.tasks());
    }
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
    return file(role, part, name).flatMap(parts::read);
  }

  /** Where the main file is a folder, all files in it count, in the order of their names. */
  private Optional<Path> file(Path role, String part, String name) {
    return Stream.concat(Stream.of(name), ENDINGS.stream().map(ending -> name + ending))
        .map(each -> role.resolve(part).resolve(each))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private ImmutableMap<String, Object> variables(Path role, String part, String name, Position at) {
    Optional<Path> file = file(role, part, name);
    if (file.isEmpty() && !name.equals("main")) {
      parts.problems().add(at, "there is no " + role.resolve(part).resolve(name));
    }
    return file.map(each -> VarsFile.read(each, parts.vault(), parts.problems()))
        .orElse(ImmutableMap.of());
  }
}
