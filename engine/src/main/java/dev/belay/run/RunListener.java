package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.module.Step;
import dev.belay.playbook.Meta;
import dev.belay.problem.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * Hears what happens in a run. The engine prints nothing: all output is a listener's.
 *
 * <p>Calls come one at a time, never two at once, and each returns soon. Hosts are not in step: a
 * host that needs no change may be done with the last task before another has begun the first. A
 * listener that wants Ansible's order keeps what comes early; {@link #hostDone} tells it for which
 * hosts it need not wait any longer.
 */
public interface RunListener {

  /** A play begins. No host of it has been contacted. */
  default void playStarted(PlayStart play) {}

  /** A task ended on a host. Tasks of one host come in the order of the play. */
  default void taskDone(String host, TaskHeader task, Outcome outcome) {}

  /** A task with {@code until} is tried again, {@code left} times at most. */
  default void taskRetried(String host, TaskHeader task, int left) {}

  /**
   * A play pauses. Where no time is given, the operator is asked: what was typed, or nothing where
   * nobody can be asked. It may take as long as the operator does; no other call comes meanwhile.
   */
  default Optional<String> paused(String host, Pause pause) {
    return Optional.empty();
  }

  /**
   * A host came to a word to the engine ({@code meta}), or the first host did where it is for all.
   *
   * @param holds whether its conditions do; else nothing was done
   */
  default void told(String host, Meta.Word word, boolean holds) {}

  /** A rescue takes care of the host's failure that was told last. */
  default void rescued(String host) {}

  /**
   * Nothing more comes of this host in this play: it is through, failed, or could not be reached.
   */
  default void hostDone(String host) {}

  /** All hosts of the play are done. */
  default void playDone() {}

  /** Something that the user should know and that is no task's outcome. */
  default void warning(String text) {}

  /** The last call of all. */
  default void runDone(Recap recap) {}

  /**
   * A pause.
   *
   * @param task its name
   * @param time that it takes; empty where it ends when the operator says so
   * @param prompt what the operator is told
   */
  record Pause(
      String task, Optional<Duration> time, Optional<String> prompt, Step.ByEngine.Echo echo) {}

  /**
   * A play, before it runs.
   *
   * @param name as the user gave it; the host pattern where there is none
   * @param hosts in the order of the inventory; may be empty
   */
  record PlayStart(String name, Position at, ImmutableList<String> hosts) {}
}
