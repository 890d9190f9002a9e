package dev.belay.module;

import java.util.Optional;

/** What a task is on one host besides its arguments, for the few resources that hang on it. */
public interface TaskContext {

  /** Whether this is a check. */
  boolean isCheck();

  /** Whether {@code no_log} hides what comes of it. */
  boolean isHidden();

  /** The value of a variable, wherever it comes from. */
  Optional<Object> variable(String name);

  /**
   * The value of a variable that the user set: no fact, no result. What a host says is left out.
   */
  Optional<Object> setting(String name);
}
