package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.InclusionReader;
import dev.belay.playbook.Play;
import dev.belay.playbook.Task;
import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A play with its hosts found and its tasks chosen and numbered, before anything is contacted. */
public final class PlannedPlay {
  private final Play play;
  private final String name;
  private final String playbook;
  private final PlayRules rules;
  private final ImmutableList<String> hosts;
  private final ImmutableSet<String> inventory;
  private final InclusionReader inclusions;
  private final ImmutableList<Agenda.Entry> entries;
  private final BiFunction<String, Variables.Memory, Variables> variables;

  PlannedPlay(
      Play play,
      String name,
      String playbook,
      PlayRules rules,
      ImmutableList<String> hosts,
      ImmutableSet<String> inventory,
      InclusionReader inclusions,
      ImmutableList<Agenda.Entry> entries,
      BiFunction<String, Variables.Memory, Variables> variables) {
    this.play = play;
    this.name = name;
    this.playbook = playbook;
    this.rules = rules;
    this.hosts = hosts;
    this.inventory = inventory;
    this.inclusions = inclusions;
    this.entries = entries;
    this.variables = variables;
  }

  public Play play() {
    return play;
  }

  public String name() {
    return name;
  }

  /** The file that it is in. */
  String playbook() {
    return playbook;
  }

  /** What it says about failures and batches. */
  PlayRules rules() {
    return rules;
  }

  /** In the play's order. */
  public ImmutableList<String> hosts() {
    return hosts;
  }

  /** Reads what its tasks include. */
  InclusionReader inclusions() {
    return inclusions;
  }

  /** All hosts that there are, in the play or not. */
  ImmutableSet<String> inventory() {
    return inventory;
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

  /** The tags of a task. */
  public ImmutableSortedSet<String> tagsOf(TaskHeader task) {
    return dos()
        .filter(entry -> entry.order().equals(task.order()))
        .flatMap(entry -> entry.task().keywords().tags().stream())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  /** The tags of all its tasks. */
  public ImmutableSortedSet<String> tags() {
    return dos()
        .flatMap(entry -> entry.task().keywords().tags().stream())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private Stream<Agenda.Do> dos() {
    return entries.stream().filter(Agenda.Do.class::isInstance).map(Agenda.Do.class::cast);
  }

  /** What its tasks use, one for each task and handler. */
  Stream<ModuleSpec> modules() {
    return Stream.concat(dos().map(Agenda.Do::task), play.handlers().stream()).map(Task::module);
  }

  ImmutableList<Agenda.Entry> entries() {
    return entries;
  }

  Variables variables(String host, Variables.Memory memory) {
    return variables.apply(host, memory);
  }
}
