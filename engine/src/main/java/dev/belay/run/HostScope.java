package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Problems;
import dev.belay.template.NotYetException;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.value.None;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.util.Optional;

/**
 * The variables as one task sees them on one host.
 *
 * @param task what the task's {@code vars} and loop add
 * @param params what roles and includes that the task is in are given, and what has just come of it
 * @param defaults of the roles that the task is in
 * @param pending what the tasks that are still open will give
 * @param others what may be seen of other hosts
 * @param hops how many hosts an expression has looked through to get here
 */
record HostScope(
    Variables variables,
    ImmutableMap<String, Object> task,
    ImmutableMap<String, Object> params,
    ImmutableMap<String, Object> defaults,
    Pending pending,
    Lookups lookups,
    PlayHosts others,
    int hops)
    implements Scope {
  static final String LOOP_VAR = "ansible_loop_var";
  static final String INDEX_VAR = "ansible_index_var";
  static final String LOOP = "ansible_loop";

  @Override
  public Optional<Object> find(String name) {
    if (others.decide(name)) {
      if (pending.waitsForOthers()) {
        throw new NotYetException(name);
      }
      return Optional.of(others.value(name, hops));
    }
    if (!variables.isFixed(name, this) && pending.covers(name, () -> here(name).isPresent())) {
      throw new NotYetException(name);
    }
    return here(name);
  }

  private Optional<Object> here(String name) {
    return variables.find(name, this).or(() -> variables.byDefault(name, defaults));
  }

  /** Whether the task's loop gives that name its value. */
  boolean isOfLoop(String name) {
    return name.equals(task.get(LOOP_VAR))
        || name.equals(task.get(INDEX_VAR))
        || name.equals(LOOP) && task.containsKey(LOOP);
  }

  /** The same without files of variables whose names hang on variables. */
  HostScope withoutVarsFiles() {
    return new HostScope(
        variables.withoutVarsFiles(), task, params, defaults, pending, lookups, others, hops);
  }

  /** The same, with what has just come of the task. */
  HostScope withResult(String name, Object result) {
    return new HostScope(
        variables,
        task,
        ImmutableMap.<String, Object>builder().putAll(params).put(name, result).buildKeepingLast(),
        defaults,
        pending,
        lookups,
        others,
        hops);
  }

  @Override
  public ImmutableList<Object> lookup(
      String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
    return lookups.find(plugin, terms, options, this);
  }

  /** The same, with more names from the task. */
  HostScope with(ImmutableMap<String, Object> more) {
    return new HostScope(
        variables,
        ImmutableMap.<String, Object>builder().putAll(task).putAll(more).buildKeepingLast(),
        params,
        defaults,
        pending,
        lookups,
        others,
        hops);
  }

  /** The same, while other tasks are open. */
  HostScope waitingFor(Pending pending) {
    return new HostScope(variables, task, params, defaults, pending, lookups, others, hops);
  }

  /** What a loop's turn adds to its result. */
  ImmutableMap<String, Object> loopNames() {
    ImmutableMap.Builder<String, Object> names = ImmutableMap.builder();
    for (String known : ImmutableList.of(LOOP_VAR, INDEX_VAR)) {
      Object name = task.get(known);
      if (name != null) {
        names.put(known, name);
        names.put((String) name, Template.resolve(task.get(name), this));
      }
    }
    Optional.ofNullable(task.get(LOOP)).ifPresent(loop -> names.put(LOOP, loop));
    return names.buildKeepingLast();
  }

  @Override
  public ImmutableList<Object> yaml(String text) {
    Problems problems = new Problems();
    ImmutableList<Object> documents =
        Yaml.read("from_yaml", text, problems)
            .map(NodeValues::plain)
            .map(ImmutableList::of)
            .orElse(ImmutableList.of(None.NONE));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.sorted().get(0).toString());
    }
    return documents;
  }

  /** Outside of any task. */
  static HostScope of(Variables variables) {
    return new HostScope(
        variables,
        ImmutableMap.of(),
        ImmutableMap.of(),
        ImmutableMap.of(),
        Pending.nothing(),
        Lookups.none(),
        PlayHosts.none(),
        0);
  }

  /** The same for one who looks at it from another host, which is as far. */
  HostScope seeing(PlayHosts hosts, int through, Lookups by) {
    return new HostScope(
        variables, task, params, defaults, Pending.nothingAnywhere(), by, hosts, through);
  }
}
