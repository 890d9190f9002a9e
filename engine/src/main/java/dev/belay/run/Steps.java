package dev.belay.run;

import dev.belay.run.ControlSide.Purpose;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Asks before each task of a play whether to do it, where {@code --step} was given: once for all
 * hosts. Used by the threads of all hosts.
 */
final class Steps {
  private final ControlSide control;
  private final Map<Order, Boolean> answers = new HashMap<>();
  private boolean asks;

  Steps(ControlSide control) {
    this.control = control;
    asks = control.purpose() == Purpose.STEP;
  }

  /** Whether somebody is to be asked, so that no host may run ahead. */
  synchronized boolean areOn() {
    return asks;
  }

  /** Whether the task is to be done. */
  synchronized boolean wants(Agenda.Do task) {
    return !asks && !answers.containsKey(task.order())
        || answers.computeIfAbsent(task.order(), order -> ask(task));
  }

  private boolean ask(Agenda.Do task) {
    String prompt =
        "Perform task: "
            + task.kind().headline()
            + ": "
            + task.task().title()
            + " (N)o/(y)es/(c)ontinue: ";
    Optional<String> typed = control.asker().ask(prompt, Asker.Echo.SHOWN);
    String word = typed.orElse("").strip().toLowerCase(Locale.ROOT);
    if (word.equals("c") || word.equals("continue")) {
      asks = false;
    }
    return !asks || word.equals("y") || word.equals("yes");
  }
}
