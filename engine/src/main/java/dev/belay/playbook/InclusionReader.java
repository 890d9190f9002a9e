package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.Problem;
import dev.belay.problem.Problems;
import dev.belay.yaml.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reads what includes bring in, each file once however many hosts come to it. Used by the threads
 * of all hosts.
 */
public final class InclusionReader {
  private final Sources sources;
  private final Consumer<Problem> warnings;
  private final Map<Key, Brought> known = new ConcurrentHashMap<>();

  public InclusionReader(Sources sources, Consumer<Problem> warnings) {
    this.sources = sources;
    this.warnings = warnings;
  }

  /** The same include may stand in several places, by imports, and be given different variables. */
  private record Key(Position at, Included what, Inclusion from) {}

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
    Inclusion from = task.inclusion().orElseThrow();
    return known.computeIfAbsent(new Key(task.at(), what, from), key -> fresh(task, what, from));
  }

  private Brought fresh(Task task, Included what, Inclusion inclusion) {
    Problems problems = Problems.warning(warnings);
    PlayParts parts =
        new PlayParts(
            sources.with(inclusion.modules()),
            problems,
            inclusion.place().play(),
            PlayParts.Reading.WHILE_IT_RUNS);
    Keywords keywords = inclusion.applied().inside(inclusion.outer());
    ImmutableList<Statement> tasks = tasks(what, task, parts, keywords);
    problems.throwIfAny();
    Block block = new Block(tasks, ImmutableList.of(), ImmutableList.of(), task.at());
    return new Brought(
        block.notifying(inclusion.notifies()).body(),
        parts.handlers(),
        parts.vars(),
        parts.defaults());
  }

  private static ImmutableList<Statement> tasks(
      Included what, Task task, PlayParts parts, Keywords keywords) {
    if (what instanceof Included.Role role) {
      return new RoleReader(parts).role(use(role, task.at()), keywords);
    } else if (what instanceof NamedLater named) {
      Node list = new Node.Sequence(ImmutableList.of(named.named()), task.at());
      return new TaskReader(parts, task.inclusion().orElseThrow().place())
          .statements(list, keywords);
    }
    return tasks(((Included.Tasks) what).file(), task, parts, keywords);
  }

  private static RoleUse use(Included.Role role, Position at) {
    return new RoleUse(
        role.name(),
        role.tasks(),
        role.vars(),
        role.defaults(),
        role.handlers(),
        role.isValidated() ? Optional.of(ImmutableMap.of()) : Optional.empty(),
        at);
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
