package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.Task;
import java.util.function.Predicate;

/** Leaves of an agenda's entries the tasks that are chosen; marks stay. */
final class TaskChoice {
  private TaskChoice() {}

  static ImmutableList<Agenda.Entry> of(
      ImmutableList<Agenda.Entry> entries, Predicate<Task> isChosen) {
    ImmutableList.Builder<Agenda.Entry> chosen = ImmutableList.builder();
    for (Agenda.Entry entry : entries) {
      if (entry instanceof Agenda.EndOfBody end) {
        chosen.add(new Agenda.EndOfBody(of(end.rescue(), isChosen), of(end.always(), isChosen)));
      } else if (!(entry instanceof Agenda.Do task) || isChosen.test(task.task())) {
        chosen.add(entry);
      }
    }
    return chosen.build();
  }
}
