package dev.belay.run;

import dev.belay.problem.Position;
import java.util.Optional;

/**
 * What reports say of a task, whichever host it runs on.
 *
 * @param order its place in the play
 * @param kind what Ansible's headline calls it
 * @param name as the user gave it; the module's name where there is none
 * @param module the short name
 * @param at where it stands
 * @param source where the wanted value comes from, as the task says
 * @param why why it is wanted, as the task says
 */
public record TaskHeader(
    Order order,
    Kind kind,
    String name,
    String module,
    Position at,
    Optional<String> source,
    Optional<String> why) {

  public enum Kind {
    TASK("TASK"),
    HANDLER("RUNNING HANDLER");

    private final String headline;

    Kind(String headline) {
      this.headline = headline;
    }

    public String headline() {
      return headline;
    }
  }
}
