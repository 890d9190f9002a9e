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
 * @param playbook the playbook's folder
 */
public record TaskPlace(Path folder, ImmutableList<Path> roles, Path playbook) {

  /** In a playbook itself. */
  static TaskPlace of(Path playbook) {
    return new TaskPlace(playbook, ImmutableList.of(), playbook);
  }

  /** In another file. */
  TaskPlace in(Path file) {
    return new TaskPlace(file.toAbsolutePath().getParent(), roles, playbook);
  }

  /** In a role. */
  TaskPlace inside(Path role, ImmutableList<Path> around) {
    return new TaskPlace(role.resolve("tasks"), around, playbook);
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
        .ifPresent(role -> places.add(role.resolve("tasks").resolve(name), role.resolve(name)));
    return places
        .add(folder.resolve(name), playbook.resolve("tasks").resolve(name), playbook.resolve(name))
        .build()
        .stream()
        .map(Path::normalize)
        .collect(ImmutableList.toImmutableList());
  }
}
