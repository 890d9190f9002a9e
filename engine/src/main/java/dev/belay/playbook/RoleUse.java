package dev.belay.playbook;

import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One use of a role.
 *
 * @param tasks the file of its tasks to begin with, without ending; {@code main} where nothing is
 *     said; likewise the others
 * @param parameters what it says besides keywords; empty where the role's arguments are not to be
 *     checked at all
 */
record RoleUse(
    String name,
    String tasks,
    String vars,
    String defaults,
    String handlers,
    Optional<ImmutableMap<String, Object>> parameters,
    Position at) {

  static RoleUse whole(String name, ImmutableMap<String, Object> parameters, Position at) {
    return new RoleUse(name, "main", "main", "main", "main", Optional.of(parameters), at);
  }

  /** What the role in that folder is called: paths are called by their last part. */
  String nameOf(Path folder) {
    return name.startsWith("/") ? folder.getFileName().toString() : name;
  }
}
