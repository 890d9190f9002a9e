package dev.belay.playbook;

import java.util.Optional;

/**
 * What a task is called.
 *
 * @param role that it is in, as the play names it
 * @param given raw: what its author calls it, a Template where it was written as one; empty where
 *     it has no name
 * @param word by which it names its module
 */
public record TaskName(Optional<String> role, Optional<Object> given, String word) {

  /** Of a task that stands in no file. */
  public static TaskName of(String name) {
    return new TaskName(Optional.empty(), Optional.of(name), name);
  }

  /** The author's, before templating, or the module's. */
  public String title() {
    return given.map(Object::toString).orElse(word);
  }

  /** A name with the role before it, as reports show it. */
  public String in(String name) {
    return role.map(each -> each + " : " + name).orElse(name);
  }
}
