package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.Play;
import java.util.function.BiFunction;

/** A play with its hosts found and its tasks chosen and numbered, before anything is contacted. */
public final class PlannedPlay {
  private final Play play;
  private final String name;
  private final ImmutableList<String> hosts;
  private final ImmutableList<Agenda.Entry> entries;
  private final BiFunction<String, Variables.Memory, Variables> variables;

  PlannedPlay(
      Play play,
      String name,
      ImmutableList<String> hosts,
      ImmutableList<Agenda.Entry> entries,
      BiFunction<String, Variables.Memory, Variables> variables) {
    this.play = play;
    this.name = name;
    this.hosts = hosts;
    this.entries = entries;
    this.variables = variables;
  }

  public Play play() {
    return play;
  }

  public String name() {
    return name;
  }

  /** In the order of the inventory. */
  public ImmutableList<String> hosts() {
    return hosts;
  }

  /** Names of the tasks, as they stand, in order. */
  public ImmutableList<TaskHeader> tasks() {
    return entries.stream()
        .filter(Agenda.Do.class::isInstance)
        .map(Agenda.Do.class::cast)
        .filter(entry -> entry.kind() == TaskHeader.Kind.TASK)
        .map(Agenda.Do::header)
        .collect(ImmutableList.toImmutableList());
  }

  ImmutableList<Agenda.Entry> entries() {
    return entries;
  }

  Variables variables(String host, Variables.Memory memory) {
    return variables.apply(host, memory);
  }
}
