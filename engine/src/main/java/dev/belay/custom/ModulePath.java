package dev.belay.custom;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Streams;
import dev.belay.module.ModuleSpec;
import dev.belay.problem.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folders with a user's own modules, in Ansible's order: {@code library} beside the playbook,
 * those that the command line names, {@code library} in the roles as they come, those that the
 * environment names. The first that has a name wins. Each folder and file is read once.
 */
public final class ModulePath {
  private static final String VARIABLE = "ANSIBLE_LIBRARY";
  private static final ImmutableList<String> EVERYWHERE =
      ImmutableList.of("~/.ansible/plugins/modules", "/usr/share/ansible/plugins/modules");

  private final ImmutableList<Path> playbook;
  private final ImmutableList<Path> given;
  private final ImmutableList<Path> roles;
  private final ImmutableList<Path> configured;
  private final Read read;

  /** What was read so far. Used by the threads of all hosts. */
  private record Read(Map<Path, ModuleFolder> folders, Map<Path, UserModule> programs) {}

  private ModulePath(
      ImmutableList<Path> playbook,
      ImmutableList<Path> given,
      ImmutableList<Path> roles,
      ImmutableList<Path> configured,
      Read read) {
    this.playbook = playbook;
    this.given = given;
    this.roles = roles;
    this.configured = configured;
    this.read = read;
  }

  /** Nothing but what lies beside playbooks and in roles. */
  public static ModulePath none() {
    return new ModulePath(
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        new Read(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
  }

  /**
   * As a command line and the environment say.
   *
   * @param given what {@code -M} names
   * @param folder what relative paths start from
   */
  public static ModulePath of(
      ImmutableList<Path> given, Map<String, String> environment, Path folder) {
    Iterable<String> names =
        environment.containsKey(VARIABLE)
            ? Splitter.on(':').omitEmptyStrings().split(environment.get(VARIABLE))
            : EVERYWHERE;
    String home = environment.getOrDefault("HOME", "/");
    ImmutableList<Path> configured =
        Streams.stream(names)
            .map(name -> name.startsWith("~/") ? home + name.substring(1) : name)
            .map(folder::resolve)
            .collect(ImmutableList.toImmutableList());
    ModulePath none = none();
    return new ModulePath(
        none.playbook,
        given.stream().map(folder::resolve).collect(ImmutableList.toImmutableList()),
        none.roles,
        configured,
        none.read);
  }

  /** With these instead of the usual folders of last resort, where there are any. */
  public ModulePath configured(ImmutableList<Path> folders) {
    return folders.isEmpty() ? this : new ModulePath(playbook, given, roles, folders, read);
  }

  /** For a playbook in that folder. */
  public ModulePath beside(Path folder) {
    return new ModulePath(
        ImmutableList.of(folder.resolve("library")), given, ImmutableList.of(), configured, read);
  }

  /** With what a role brings, behind what other roles brought. */
  public ModulePath withRole(Path role) {
    ImmutableSet<Path> all =
        ImmutableSet.<Path>builder().addAll(roles).add(role.resolve("library")).build();
    return new ModulePath(playbook, given, all.asList(), configured, read);
  }

  private Stream<ModuleFolder> folders() {
    return Stream.of(playbook, given, roles, configured)
        .flatMap(ImmutableList::stream)
        .map(path -> read.folders.computeIfAbsent(path, ModuleFolder::read));
  }

  /** What is wrong with jars on it. */
  public ImmutableList<Problem> problems() {
    return folders()
        .flatMap(folder -> folder.problems().stream())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** The program of that name. */
  public Optional<UserModule> program(String name) {
    return folders()
        .flatMap(folder -> Stream.ofNullable(folder.programs().get(name)))
        .findFirst()
        .map(path -> userModule(name, path));
  }

  private UserModule userModule(String name, Path path) {
    return read.programs.computeIfAbsent(path, file -> Program.read(name, file));
  }

  /** The modules of all jars. */
  public ImmutableList<ModuleSpec> modules() {
    return folders()
        .flatMap(folder -> folder.modules().stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** The names of all programs. */
  public ImmutableSet<String> programs() {
    return folders()
        .flatMap(folder -> folder.programs().keySet().stream())
        .collect(ImmutableSet.toImmutableSet());
  }
}
