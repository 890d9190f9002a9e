package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.InclusionReader;
import dev.belay.playbook.Play;
import dev.belay.playbook.Task;
import dev.belay.playbook.TaskName;
import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A play with its hosts found and its tasks chosen and numbered, before anything is contacted. */
public final class PlannedPlay {
  static final String GATHERING = "Gathering Facts";

  private final String playbook;
  private final Play play;
  private final String name;
  private final ImmutableList<String> patterns;
  private final PlayRules rules;
  private final Supplier<PlayView> view;
  private final InclusionReader inclusions;
  private final ImmutableList<Agenda.Entry> entries;
  private final BiFunction<String, Variables.Memory, Variables> variables;

  PlannedPlay(
      String playbook,
      Play play,
      String name,
      ImmutableList<String> patterns,
      PlayRules rules,
      Supplier<PlayView> view,
      InclusionReader inclusions,
      ImmutableList<Agenda.Entry> entries,
      BiFunction<String, Variables.Memory, Variables> variables) {
    this.playbook = playbook;
    this.play = play;
    this.name = name;
    this.patterns = patterns;
    this.rules = rules;
    this.view = view;
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

  /** The file that it comes from, as the user named it. */
  public String playbook() {
    return playbook;
  }

  /** What it says of its hosts. */
  public ImmutableList<String> patterns() {
    return patterns;
  }

  /** What it says about failures and batches. */
  PlayRules rules() {
    return rules;
  }

  /** In the play's order. */
  public ImmutableList<String> hosts() {
    return view.get().hosts();
  }

  /** Reads what its tasks include. */
  InclusionReader inclusions() {
    return inclusions;
  }

  /** What the inventory, as it is now, makes of the play. */
  PlayView view() {
    return view.get();
  }

  /**
   * A task as lists show it: by its name as it stands, or the word by which it calls its module.
   */
  public record Listed(String name, ImmutableSortedSet<String> tags) {}

  /** The tasks that stand in its files, in order, without those for failures. */
  public ImmutableList<Listed> listed() {
    return dos()
        .filter(entry -> entry.kind() == TaskHeader.Kind.TASK)
        .map(Agenda.Do::task)
        .filter(task -> !Gathering.is(task))
        .map(task -> new Listed(listed(task.called()), tagsOf(task)))
        .collect(ImmutableList.toImmutableList());
  }

  /** Ansible puts no role before the name of a task that includes one. */
  private static String listed(TaskName called) {
    boolean ofRole = called.word().matches("(ansible\\.(builtin|legacy)\\.)?include_role");
    return called
        .given()
        .map(Object::toString)
        .map(name -> ofRole ? name : called.in(name))
        .orElse(called.word());
  }

  private static ImmutableSortedSet<String> tagsOf(Task task) {
    return ImmutableSortedSet.copyOf(task.keywords().tags());
  }

  /** Its own tags. */
  public ImmutableSortedSet<String> ownTags() {
    return ImmutableSortedSet.copyOf(play.keywords().tags());
  }

  /** The tags of all its tasks. */
  public ImmutableSortedSet<String> tags() {
    return listed().stream()
        .flatMap(task -> task.tags().stream())
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
