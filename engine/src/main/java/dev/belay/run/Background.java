package dev.belay.run;

import java.time.Duration;
import java.util.Optional;

/**
 * A deed that outlives the command that starts it ({@code async}).
 *
 * @param limit after which it is ended
 * @param poll how long to wait between looks at it; empty where nobody waits for it here
 */
record Background(Duration limit, Optional<Duration> poll) {
  /** Ansible's, where {@code poll} is not given. */
  static final Duration POLL = Duration.ofSeconds(15);
}
