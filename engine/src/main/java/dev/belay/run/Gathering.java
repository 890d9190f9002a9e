package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.Keywords;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.ModuleDefaults;
import dev.belay.playbook.Play;
import dev.belay.playbook.Task;
import dev.belay.playbook.TaskName;
import java.util.Optional;

/** The task that Ansible puts before all others of a play: it gathers facts. */
record Gathering(ModuleCatalog modules, ControlSide control) {
  private static final TaskName NAME = TaskName.of(PlannedPlay.GATHERING);

  /** Empty where the play wants none. */
  Optional<Task> of(Play play, HostScope scope) {
    boolean wanted =
        play.gatherFacts()
            .map(raw -> Keyed.flag(Optional.of(raw), scope).orElse(true))
            .orElse(control.gathering() != ControlSide.Gathering.EXPLICIT);
    return wanted ? modules.find("setup").map(setup -> task(play, setup)) : Optional.empty();
  }

  /** Whether it is the task that a play begins with by itself. */
  static boolean is(Task task) {
    return task.called().equals(NAME);
  }

  private static Task task(Play play, ModuleSpec setup) {
    Keywords keywords = Keywords.tagged(ImmutableSet.of("always")).inside(play.keywords());
    return new Task(
        NAME,
        setup,
        ModuleDefaults.arguments(setup, keywords, play.at()).with(play.gathering()),
        keywords,
        Optional.empty(),
        Optional.empty(),
        ImmutableList.of(),
        ImmutableSet.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        play.at());
  }
}
