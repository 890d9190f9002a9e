package dev.belay.playbook;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.belay.custom.ModulePath;
import dev.belay.custom.UserModule;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Position;
import dev.belay.problem.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The modules that playbooks may use, by their short and full names: built-in ones, and the user's
 * own. As in Ansible a program of the user's wins over a built-in module of its name, unless that
 * is called by its full name. A module of a jar wins over none.
 */
public final class ModuleCatalog {
  /** These hold each other's modules under either name. */
  private static final ImmutableSet<String> BUILTIN =
      ImmutableSet.of("ansible.builtin", "ansible.legacy", "belay.builtin");

  private final ImmutableMap<String, ModuleSpec> byName;
  private final ModulePath path;

  public ModuleCatalog(ImmutableList<ModuleSpec> modules) {
    this(
        Stream.concat(modules.stream(), EngineModules.all().stream())
            .collect(ImmutableMap.toImmutableMap(ModuleSpec::name, m -> m)),
        ModulePath.none());
  }

  private ModuleCatalog(ImmutableMap<String, ModuleSpec> byName, ModulePath path) {
    this.byName = byName;
    this.path = path;
  }

  /** With the user's own modules. */
  public ModuleCatalog searching(ModulePath other) {
    return new ModuleCatalog(byName, other);
  }

  /** For a playbook in that folder, which may have modules beside it. */
  public ModuleCatalog beside(Path folder) {
    return searching(path.beside(folder));
  }

  /** With what a role brings. */
  ModuleCatalog withRole(Path role) {
    return searching(path.withRole(role));
  }

  /** What is wrong with the user's own modules, as far as that shows before one is used. */
  public ImmutableList<Problem> problems() {
    return Stream.concat(path.problems().stream(), clashes()).collect(toImmutableList());
  }

  private Stream<Problem> clashes() {
    return path.modules().stream()
        .filter(module -> builtIn(module.fullName()).isPresent())
        .map(
            module ->
                new Problem(
                    Position.of(module.fullName()),
                    "there is a built-in module of this full name",
                    "put the one of the jar into a collection of your own"));
  }

  /** The module that a playbook calls so: {@code copy}, {@code ansible.builtin.copy}. */
  public Optional<ModuleSpec> find(String word) {
    if (isForPrograms(word)) {
      Optional<UserModule> program = path.program(name(word));
      if (program.isPresent()) {
        return program
            .filter(UserModule.Usable.class::isInstance)
            .map(usable -> ((UserModule.Usable) usable).spec());
      }
    }
    return builtIn(word).or(() -> ofJar(word));
  }

  /** Why the program that a playbook calls so does not run here. */
  Optional<UserModule.Refused> refusal(String word) {
    return Optional.of(word)
        .filter(this::isForPrograms)
        .flatMap(name -> path.program(name(name)))
        .filter(UserModule.Refused.class::isInstance)
        .map(UserModule.Refused.class::cast);
  }

  private boolean isForPrograms(String word) {
    boolean legacy = !word.contains(".") || word.equals(UserModule.COLLECTION + "." + name(word));
    return legacy
        && EngineModules.all().stream().noneMatch(module -> module.name().equals(name(word)));
  }

  private static String name(String word) {
    return Iterables.getLast(Splitter.on('.').split(word));
  }

  private Optional<ModuleSpec> builtIn(String word) {
    String name = name(word);
    Optional<ModuleSpec> module = Optional.ofNullable(byName.get(name));
    if (name.equals(word)) {
      return module;
    }
    String collection = word.substring(0, word.length() - name.length() - 1);
    return module.filter(known -> isIn(known, collection));
  }

  private static boolean isIn(ModuleSpec module, String collection) {
    return module.collection().equals(collection)
        || BUILTIN.contains(module.collection()) && BUILTIN.contains(collection);
  }

  private Optional<ModuleSpec> ofJar(String word) {
    return path.modules().stream()
        .filter(module -> module.fullName().equals(word) || module.name().equals(word))
        .findFirst();
  }

  /** Whether a module of the user's stands where a built-in one would. */
  public boolean isStandIn(ModuleSpec module) {
    return module.collection().equals(UserModule.COLLECTION) && byName.containsKey(module.name());
  }

  /** All short names. */
  public ImmutableSet<String> names() {
    return ImmutableSet.<String>builder()
        .addAll(byName.keySet())
        .addAll(path.programs())
        .addAll(path.modules().stream().map(ModuleSpec::name).iterator())
        .build();
  }

  /** All modules, in the order of their list; the user's own behind the built-in ones. */
  public ImmutableList<ModuleSpec> modules() {
    return ImmutableList.<ModuleSpec>builder()
        .addAll(byName.values())
        .addAll(path.modules())
        .addAll(path.programs().stream().flatMap(name -> find(name).stream()).iterator())
        .build();
  }
}
