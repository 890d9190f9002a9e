package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import dev.belay.yaml.Node;
import dev.belay.yaml.Yaml;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the readers of a play's parts share: where they are, what they may use, and what roles add
 * to the play besides tasks.
 */
final class PlayParts {
  /** Files that import each other: so many inside of each other are a circle. */
  private static final int IMPORT_LIMIT = 50;

  private final ModuleCatalog modules;
  private final Problems problems;
  private final Path folder;
  private final ImmutableList<Path> rolesPath;
  private final Vault vault;
  private final List<Task> handlers = new ArrayList<>();
  private final Map<String, Object> vars = new LinkedHashMap<>();
  private final Map<String, Object> defaults = new LinkedHashMap<>();
  private final Deque<Map<String, Object>> dependencies = new ArrayDeque<>();
  private final Map<Path, ImmutableMap<String, Object>> ofRoles = new HashMap<>();
  private final Set<Path> rolesInside = new LinkedHashSet<>();
  private final Set<Path> rolesWithHandlers = new HashSet<>();
  private final Set<Object> uses = new HashSet<>();
  private int imports;

  /**
   * For a play of a playbook in {@code folder}.
   *
   * @param rolesPath more folders of roles, behind those beside the playbook
   */
  PlayParts(
      ModuleCatalog modules,
      Problems problems,
      Path folder,
      ImmutableList<Path> rolesPath,
      Vault vault) {
    this.vault = vault;
    this.modules = modules;
    this.problems = problems;
    this.folder = folder;
    this.rolesPath = rolesPath;
  }

  ModuleCatalog modules() {
    return modules;
  }

  Problems problems() {
    return problems;
  }

  /** What opens files that are encrypted. */
  Vault vault() {
    return vault;
  }

  /** The document in a file, encrypted or not. */
  Optional<Node> read(Path file) {
    return Yaml.read(file, vault, problems);
  }

  /** The playbook's. */
  Path folder() {
    return folder;
  }

  /** Where a role of that name may be. */
  ImmutableList<Path> placesOfRole(String name) {
    ImmutableList.Builder<Path> places = ImmutableList.builder();
    places.add(folder.resolve("roles").resolve(name));
    rolesPath.forEach(path -> places.add(path.resolve(name)));
    return places.add(folder.resolve(name)).build();
  }

  ImmutableList<Path> rolesPath() {
    return rolesPath;
  }

  ImmutableList<Task> handlers() {
    return ImmutableList.copyOf(handlers);
  }

  /** Of all roles: they win over the play's own. */
  ImmutableMap<String, Object> vars() {
    return ImmutableMap.copyOf(vars);
  }

  ImmutableMap<String, Object> defaults() {
    return ImmutableMap.copyOf(defaults);
  }

  void addVariables(Map<String, Object> more, Map<String, Object> moreDefaults) {
    vars.putAll(more);
    defaults.putAll(moreDefaults);
    if (!dependencies.isEmpty()) {
      dependencies.getFirst().putAll(more);
    }
  }

  /** From here on roles are read that another one depends on: it has their variables. */
  void beginDependencies() {
    dependencies.addFirst(new LinkedHashMap<>());
  }

  /** The variables of all roles that were read since. */
  ImmutableMap<String, Object> endDependencies() {
    return ImmutableMap.copyOf(dependencies.removeFirst());
  }

  /** Keeps what a role and those that it depends on define, for when it is not read again. */
  void keepVariables(Path role, ImmutableMap<String, Object> all) {
    ofRoles.put(role, all);
  }

  /** A role that was read before is used again: whoever depends on it has its variables too. */
  void addVariablesOf(Path role) {
    addVariables(ofRoles.getOrDefault(role, ImmutableMap.of()), ImmutableMap.of());
  }

  void addHandlers(List<Task> more) {
    handlers.addAll(more);
  }

  /** Whether the role is not being read already: one that depends on itself has no end. */
  boolean enter(Path role) {
    return rolesInside.add(role);
  }

  boolean isInside(Path role) {
    return rolesInside.contains(role);
  }

  void leave(Path role) {
    rolesInside.remove(role);
  }

  /** Whether the role's handlers are still to be read. */
  boolean isFirstOf(Path role) {
    return rolesWithHandlers.add(role);
  }

  /** Whether a role is used for the first time with these parameters. */
  boolean isFirstUse(Object use) {
    return uses.add(use);
  }

  /** Whether one more import inside of others is still reasonable. */
  boolean enterImport() {
    return ++imports <= IMPORT_LIMIT;
  }

  void leaveImport() {
    imports--;
  }
}
