package dev.belay.module;

/**
 * A deed that can also be asked as a question, where the playbook's author declares that it changes
 * nothing: then a check asks it too, together with all other questions.
 */
public interface Readable {

  /**
   * The same deed as a look. Its plan is satisfied, or impossible where the deed failed; its result
   * is the deed's.
   */
  Resource<?> asQuestion();
}
