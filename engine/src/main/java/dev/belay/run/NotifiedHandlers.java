package dev.belay.run;

import dev.belay.playbook.Play;
import dev.belay.playbook.Task;
import dev.belay.problem.Nearest;
import dev.belay.problem.Problems;
import dev.belay.template.Template;
import dev.belay.value.None;
import java.util.LinkedHashSet;
import java.util.Set;

/** Handlers that tasks of a play notify, held against those that there are. */
record NotifiedHandlers(Play play, Problems problems) {

  /** Where all names are known before the run, each that means no handler is a mistake. */
  void refuseUnknown() {
    Set<String> known = new LinkedHashSet<>();
    for (Task handler : play.handlers()) {
      known.add(handler.title());
      known.add(handler.called().in(handler.title()));
      known.addAll(handler.listen());
    }
    boolean allKnown =
        play.sections().stream().flatMap(Tasks::in).noneMatch(t -> t.inclusion().isPresent())
            && play.handlers().stream()
                .noneMatch(h -> h.called().given().orElse(None.NONE) instanceof Template);
    if (allKnown) {
      play.sections().stream().flatMap(Tasks::in).forEach(task -> refuseUnknown(task, known));
    }
  }

  private void refuseUnknown(Task task, Set<String> known) {
    for (Object name : task.notifies()) {
      if (name instanceof String text && !known.contains(text)) {
        problems.add(
            task.at(),
            "there is no handler '" + text + "' in this play",
            Nearest.hint(text, known, "add it to 'handlers'"));
      }
    }
  }
}
