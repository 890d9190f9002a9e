package dev.belay.shell;

import java.time.Duration;

/** A command that a host ends, with all that it started, when it has run too long. */
public final class TimeLimit {
  /** From a command's end, as it is told to, to the one it cannot refuse. */
  private static final int GRACE_SECONDS = 5;

  /** What {@code timeout} says of a command that it ended. */
  private static final int ENDED = 124;

  private TimeLimit() {}

  /** The command within that time, which counts in whole seconds. */
  public static Sh around(Sh command, Duration limit) {
    return Sh.of(
        "timeout -k {} {} /bin/sh -c {}", GRACE_SECONDS, limit.toSeconds(), command.text());
  }

  /** Whether a command with a limit was ended by it. */
  public static boolean hasEnded(Output output) {
    return output.status() == ENDED;
  }
}
