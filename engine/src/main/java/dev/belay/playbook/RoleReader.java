package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the roles of a play: folders beside the playbook, or in its {@code roles}, with tasks,
 * handlers, vars, defaults, files, and other roles that they depend on. Their tasks come before the
 * play's own.
 */
final class RoleReader {
  /** What a use of a role may say besides keywords. */
  private static final ImmutableSet<String> NAMES = ImmutableSet.of("role", "name");

  private static final ImmutableList<String> ENDINGS = ImmutableList.of(".yml", ".yaml");

  private final ModuleCatalog modules;
  private final Path playbookFolder;
  private final Problems problems;
  private final List<Statement> tasks = new ArrayList<>();
  private final List<Task> handlers = new ArrayList<>();
  private final Map<String, Object> vars = new LinkedHashMap<>();
  private final Map<String, Object> defaults = new LinkedHashMap<>();
  private final Set<String> inside = new LinkedHashSet<>();
  private final Set<String> done = new LinkedHashSet<>();

  RoleReader(ModuleCatalog modules, Path playbookFolder, Problems problems) {
    this.modules = modules;
    this.playbookFolder = playbookFolder;
    this.problems = problems;
  }

  /** All roles that a list names, those that they depend on first. */
  void read(Fields owner, String word, Keywords outer) {
    owner.node(word).ifPresent(list -> uses(list, outer));
  }

  ImmutableList<Statement> tasks() {
    return ImmutableList.copyOf(tasks);
  }

  ImmutableList<Task> handlers() {
    return ImmutableList.copyOf(handlers);
  }

  /** They win over the play's own. */
  ImmutableMap<String, Object> vars() {
    return ImmutableMap.copyOf(vars);
  }

  ImmutableMap<String, Object> defaults() {
    return ImmutableMap.copyOf(defaults);
  }

  private void uses(Node list, Keywords outer) {
    if (!(list instanceof Node.Sequence uses)) {
      problems.add(list.at(), "'roles' must be a list of names", "begin each item with '- '");
      return;
    }
    for (Node use : uses.items()) {
      if (use instanceof Node.Mapping mapping) {
        use(mapping, outer);
      } else if (use instanceof Node.Scalar name) {
        role(name.text(), name.at(), outer);
      } else {
        problems.add(use.at(), "a role is a name, or a mapping with 'role'");
      }
    }
  }

  private void use(Node.Mapping mapping, Keywords outer) {
    Fields fields = new Fields(mapping, problems);
    fields.refuseUnknown(KeywordTable.ROLE, NAMES);
    Optional<String> name = fields.literal("role").or(() -> fields.literal("name"));
    if (name.isEmpty()) {
      problems.add(mapping.at(), "this does not say which role", "add 'role: NAME'");
      return;
    }
    role(name.get(), mapping.at(), new KeywordsReader(problems).readWithVars(fields).inside(outer));
  }

  private void role(String name, Position at, Keywords outer) {
    Optional<Path> folder = folder(name);
    if (folder.isEmpty()) {
      problems.add(
          at,
          "there is no role '" + name + "'",
          "put it into the folder 'roles' beside the playbook");
    } else if (!inside.add(name)) {
      problems.add(at, "the role '" + name + "' depends on itself");
    } else {
      read(name, folder.get(), outer);
      inside.remove(name);
    }
  }

  private Optional<Path> folder(String name) {
    return List.of(playbookFolder.resolve("roles").resolve(name), playbookFolder.resolve(name))
        .stream()
        .filter(Files::isDirectory)
        .findFirst();
  }

  private void read(String name, Path role, Keywords outer) {
    boolean again = !done.add(name);
    main(role, "meta").ifPresent(meta -> dependencies(meta, outer));
    ImmutableMap<String, Object> ownVars = variables(role, "vars");
    ImmutableMap<String, Object> ownDefaults = variables(role, "defaults");
    vars.putAll(ownVars);
    defaults.putAll(ownDefaults);
    Keywords keywords = Keywords.ofRole(ownVars, ownDefaults, role).inside(outer);
    TaskReader reader = new TaskReader(modules, problems);
    main(role, "tasks").ifPresent(list -> tasks.addAll(reader.statements(list, keywords)));
    if (!again) {
      main(role, "handlers").ifPresent(list -> handlers.addAll(reader.handlers(list, keywords)));
    }
  }

  private void dependencies(Node meta, Keywords outer) {
    if (meta instanceof Node.Mapping mapping) {
      new Fields(mapping, problems).node("dependencies").ifPresent(list -> notYetDone(list, outer));
    }
  }

  /** A role that several depend on is done once. */
  private void notYetDone(Node list, Keywords outer) {
    if (list instanceof Node.Sequence uses) {
      for (Node use : uses.items()) {
        if (!(use instanceof Node.Scalar name && done.contains(name.text()))) {
          uses(new Node.Sequence(ImmutableList.of(use), use.at()), outer);
        }
      }
    }
  }

  private Optional<Node> main(Path role, String part) {
    return ENDINGS.stream()
        .map(ending -> role.resolve(part).resolve("main" + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(file -> Yaml.read(file, problems));
  }

  private ImmutableMap<String, Object> variables(Path role, String part) {
    ImmutableMap.Builder<String, Object> variables = ImmutableMap.builder();
    main(role, part)
        .ifPresent(
            node -> {
              if (node instanceof Node.Mapping mapping) {
                mapping
                    .entries()
                    .forEach(e -> variables.put(e.name(), NodeValues.of(e.value(), problems)));
              } else {
                problems.add(node.at(), "a file of variables is a mapping of names to values");
              }
            });
    return variables.buildKeepingLast();
  }
}
