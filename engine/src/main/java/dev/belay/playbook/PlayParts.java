package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import dev.belay.yaml.Node;
import dev.belay.yaml.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the readers of a play's parts share: where they are, what they may use, and what roles add
 * to the play besides tasks.
 */
final class PlayParts {
  /** Files that import each other: so many inside of each other are a circle. */
  private static final int IMPORT_LIMIT = 50;

  /**
   * A role may bring in other files of its own as a role; so often inside of itself is a circle.
   */
  private static final int ROLE_LIMIT = 8;

  private final Reading reading;
  private final Sources sources;
  private ModuleCatalog modules;
  private final Problems problems;
  private final PlayPlace play;
  private final CollectionsPath collectionsPath;
  private final List<Task> handlers = new ArrayList<>();
  private final Map<String, Object> vars = new LinkedHashMap<>();
  private final Map<String, Object> defaults = new LinkedHashMap<>();
  private final Map<Path, RoleVars> roleVars = new HashMap<>();
  private final List<Path> rolesInside = new ArrayList<>();
  private final Set<Path> rolesWithHandlers = new HashSet<>();
  private final Set<Object> uses = new HashSet<>();
  private final List<String> roles = new ArrayList<>();
  private final Set<String> dependencies = new LinkedHashSet<>();
  private int imports;
  private int caught;

  /** When tasks are read. */
  enum Reading {
    BEFORE_THE_RUN,
    /** An include brings them in. */
    WHILE_IT_RUNS
  }

  PlayParts(Sources sources, Problems problems, PlayPlace play, Reading reading) {
    this.reading = reading;
    this.sources = sources;
    modules = sources.modules();
    this.problems = problems;
    this.play = play;
    collectionsPath = new CollectionsPath(play.folder(), sources.collectionsPath());
  }

  /** What is known now of variables, for tasks with these keywords around them. */
  KnownVars known(Keywords around) {
    Map<String, Object> known = new LinkedHashMap<>(play.vars());
    known.putAll(vars);
    known.put("playbook_dir", play.folder().toString());
    return KnownVars.of(sources.extraVars(), around, known, defaults);
  }

  Reading reading() {
    return reading;
  }

  ModuleCatalog modules() {
    return modules;
  }

  /** Modules that a role brings are there for it and for all that is read behind it. */
  void addModulesOf(Path role) {
    modules = modules.withRole(role);
    modules.problems().forEach(problems::add);
  }

  Problems problems() {
    return problems;
  }

  /** What opens files that are encrypted. */
  Vault vault() {
    return sources.vault();
  }

  /** The document in a file, encrypted or not. */
  Optional<Node> read(Path file) {
    return Yaml.read(file, vault(), problems);
  }

  PlayPlace play() {
    return play;
  }

  /** Where a role of that name may be. {@code around} is the role that calls it, if any. */
  ImmutableList<Path> placesOfRole(String name, Optional<Path> around) {
    ImmutableList.Builder<Path> places = ImmutableList.builder();
    collectionsPath.role(name).ifPresent(places::add);
    Stream.concat(play.collections().stream(), around.flatMap(CollectionsPath::around).stream())
        .forEach(each -> collectionsPath.role(each + "." + name).ifPresent(places::add));
    places.add(play.folder().resolve("roles").resolve(name));
    sources.rolesPath().forEach(path -> places.add(path.resolve(name)));
    around.ifPresent(role -> places.add(role.resolveSibling(name)));
    return places.add(play.folder().resolve(name)).build();
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

  /** All that the tasks of a role have of roles: its own, and those of what it depends on. */
  RoleVars varsOf(Path role, RoleVars own, List<Path> dependencies) {
    RoleVars all = new RoleVars(ImmutableMap.of(), ImmutableMap.of());
    for (Path dependency : dependencies) {
      all = Optional.ofNullable(roleVars.get(dependency)).orElse(all).over(all);
    }
    RoleVars whole = own.over(all);
    roleVars.put(role, whole);
    return whole;
  }

  /** What a use of a role defines is there for all of the play, as what the role itself defines. */
  void expose(Keywords use) {
    use.vars().forEach(vars::putAll);
  }

  void addVariables(Map<String, Object> more, Map<String, Object> moreDefaults) {
    vars.putAll(more);
    defaults.putAll(moreDefaults);
  }

  /** The play, or a task in it, names that role. */
  void addRole(String name) {
    roles.add(name);
  }

  /** Another role depends on that one. */
  void addDependency(String name) {
    dependencies.add(name);
  }

  /** What the play knows of its roles by itself. */
  ImmutableMap<String, Object> roleNames() {
    return RoleNames.ofPlay(ImmutableList.copyOf(roles), ImmutableList.copyOf(dependencies));
  }

  void addHandlers(List<Task> more) {
    handlers.addAll(more);
  }

  /** Whether one more reading of the role inside of itself is still reasonable. */
  boolean enter(Path role) {
    rolesInside.add(role);
    return Collections.frequency(rolesInside, role) <= ROLE_LIMIT;
  }

  boolean isInside(Path role) {
    return rolesInside.contains(role);
  }

  void leave() {
    rolesInside.remove(rolesInside.size() - 1);
  }

  /** Whether the role's handlers are still to be read. */
  boolean isFirstOf(Path role) {
    return rolesWithHandlers.add(role);
  }

  /** Whether a role is used for the first time with these parameters. */
  boolean isFirstUse(Object use) {
    return uses.add(use);
  }

  /** What is read until {@link #leaveCaught} stands where a failure leads to a rescue. */
  void enterCaught() {
    caught++;
  }

  void leaveCaught() {
    caught--;
  }

  /** Whether the playbook has an answer to failures here. */
  boolean isCaught() {
    return caught > 0;
  }

  /** Whether one more import inside of others is still reasonable. */
  boolean enterImport() {
    return ++imports <= IMPORT_LIMIT;
  }

  void leaveImport() {
    imports--;
  }
}
