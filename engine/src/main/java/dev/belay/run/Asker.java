package dev.belay.run;

import java.util.Optional;

/** Asks whoever started the run. */
public interface Asker {

  /** Whether what is typed can be seen. */
  enum Echo {
    SHOWN,
    HIDDEN
  }

  /** What was typed; empty where nobody can be asked. */
  Optional<String> ask(String prompt, Echo echo);

  /** Nobody is there. */
  static Asker nobody() {
    return (prompt, echo) -> Optional.empty();
  }
}
