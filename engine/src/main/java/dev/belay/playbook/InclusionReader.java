package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.vault.Vault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what includes bring in, each file once however many hosts come to it. Used by the threads
 * of all hosts.
 */
public final class InclusionReader {
  private final ModuleCatalog modules;
  private final ImmutableList<Path> rolesPath;
  private final Vault vault;
  private final Map<Key, Brought> known = new ConcurrentHashMap<>();

  public InclusionReader(ModuleCatalog modules, ImmutableList<Path> rolesPath, Vault vault) {
    this.vault = vault;
    this.modules = modules;
    this.rolesPath = rolesPath;
  }

  private record Key(Position at, Included what) {}

  /** What an include brings. */
  public record Brought(
      ImmutableList<Statement> tasks,
      ImmutableList<Task> handlers,
      ImmutableMap<String, Object> vars,
      ImmutableMap<String, Object> defaults) {}

  /**
   * What a task that includes brings in.
   *
   * @throws dev.belay.problem.ProblemsException where the file is not there or not well formed
   */
  public Brought read(Task task, Included what) {
    return known.computeIfAbsent(new Key(task.at(), what), key -> fresh(task, what));
  }

  private Brought fresh(Task task, Included what) {
    Inclusion inclusion = task.inclusion().orElseThrow();
    Problems problems = new Problems();
    PlayParts parts =
        new PlayParts(modules, problems, inclusion.place().playbook(), rolesPath, vault);
    Keywords keywords = inclusion.applied().inside(inclusion.outer());
    ImmutableList<Statement> tasks =
        what instanceof Included.Role role
            ? new RoleReader(parts).role(use(role, task.at()), keywords)
            : tasks(((Included.Tasks) what).file(), task, parts, keywords);
    problems.throwIfAny();
    return new Brought(tasks, parts.handlers(), parts.vars(), parts.defaults());
  }

  private static RoleUse use(Included.Role role, Position at) {
    return new RoleUse(
        role.name(), role.tasks(), role.vars(), role.defaults(), role.handlers(), at);
  }

  private static ImmutableList<Statement> tasks(
      String name, Task task, PlayParts parts, Keywords keywords) {
    TaskPlace place = task.inclusion().orElseThrow().place();
    Optional<Path> file = place.find(name);
    if (file.isEmpty()) {
      parts
          .problems()
          .add(
              task.at(),
              "there is no file '" + name + "' to include",
              "looked for it as " + place.places(name));
      return ImmutableList.of();
    }
    return parts
        .read(file.get())
        .map(list -> new TaskReader(parts, place.in(file.get())).statements(list, keywords))
        .orElse(ImmutableList.of());
  }
}
