package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where tasks stand: what a relative name of another file of tasks means there.
 *
 * @param folder of the file that they are in
 * @param roles that they are in, the inner one first
 * @param play that they are in
 * @param role the name of the inner role
 * @param part of a role or playbook that they are in: {@code tasks} or {@code handlers}
 */
record TaskPlace(
    Path folder, ImmutableList<Path> roles, PlayPlace play, Optional<String> role, String part) {
  private static final String TASKS = "tasks";

  /** Beside handlers of a role its other handlers are meant first, and its tasks next. */
  private static final String HANDLERS = "handlers";

  /** In a playbook itself. */
  static TaskPlace of(PlayPlace play) {
    return new TaskPlace(play.folder(), ImmutableList.of(), play, Optional.empty(), TASKS);
  }

  /** In another file. */
  TaskPlace in(Path file) {
    return new TaskPlace(file.toAbsolutePath().getParent(), roles, play, role, part);
  }

  /** In a role, which is in these. */
  TaskPlace inside(Path folderOfRole, String name, ImmutableList<Path> around) {
    return new TaskPlace(folderOfRole.resolve(TASKS), around, play, Optional.of(name), TASKS);
  }

  /** The same among handlers: in a role they stand beside others in {@code handlers}. */
  TaskPlace ofHandlers() {
    Path beside = roles.stream().findFirst().map(inner -> inner.resolve(HANDLERS)).orElse(folder);
    return new TaskPlace(beside, roles, play, role, HANDLERS);
  }

  /** The file of tasks that a name means. */
  Optional<Path> find(String name) {
    return places(name).stream().filter(Files::isRegularFile).findFirst();
  }

  /** Where it is looked for. */
  ImmutableList<Path> places(String name) {
    ImmutableSet.Builder<Path> places = ImmutableSet.builder();
    roles.stream()
        .findFirst()
        .ifPresent(
            role ->
                places.add(
                    role.resolve(part).resolve(name),
                    role.resolve(TASKS).resolve(name),
                    role.resolve(name)));
    return places
        .add(
            folder.resolve(name),
            play.folder().resolve(part).resolve(name),
            play.folder().resolve(name))
        .build()
        .stream()
        .map(Path::normalize)
        .collect(ImmutableList.toImmutableList());
  }
}
