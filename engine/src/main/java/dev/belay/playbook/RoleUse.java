package dev.belay.playbook;

import dev.belay.problem.Position;
import java.nio.file.Path;

/**
 * One use of a role.
 *
 * @param tasks the file of its tasks to begin with, without ending; {@code main} where nothing is
 *     said; likewise the others
 */
record RoleUse(
    String name, String tasks, String vars, String defaults, String handlers, Position at) {

  static RoleUse whole(String name, Position at) {
    return new RoleUse(name, "main", "main", "main", "main", at);
  }

  /** What the role in that folder is called: paths are called by their last part. */
  String nameOf(Path folder) {
    return name.startsWith("/") ? folder.getFileName().toString() : name;
  }
}
