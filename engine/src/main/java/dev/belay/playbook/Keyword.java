package dev.belay.playbook;

import java.util.Locale;

/**
 * A keyword with one value that a play hands to its blocks and a block to its tasks; the inner one
 * replaces the outer one.
 */
public enum Keyword {
  ANY_ERRORS_FATAL,
  ASYNC,
  BECOME,
  BECOME_EXE,
  BECOME_FLAGS,
  BECOME_METHOD,
  BECOME_USER,
  CHECK_MODE,
  CONNECTION,
  DELEGATE_FACTS,
  DELEGATE_TO,
  DIFF,
  IGNORE_ERRORS,
  IGNORE_UNREACHABLE,
  NO_LOG,
  POLL,
  PORT,
  REMOTE_USER,
  RUN_ONCE,
  THROTTLE,
  TIMEOUT;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As it stands in a playbook. */
  public String word() {
    return word;
  }
}
