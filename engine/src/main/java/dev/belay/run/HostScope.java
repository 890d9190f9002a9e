package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Problems;
import dev.belay.template.LateMap;
import dev.belay.template.NotYetException;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.util.Optional;
import java.util.Set;

/**
 * The variables as one task sees them on one host.
 *
 * @param nearest what its loop gives, and its own result while that is judged: nothing else may
 *     hide it
 * @param task what the task's {@code vars} add
 * @param params what roles and includes that the task is in are given
 * @param defaults of the roles that the task is in
 * @param pending what the tasks that are still open will give
 * @param others what may be seen of other hosts
 * @param hops how many hosts an expression has looked through to get here
 */
record HostScope(
    Variables variables,
    ImmutableMap<String, Object> nearest,
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
  private static final String ALL = "vars";

  /** How the host is reached: by its name, where nothing else is said. */
  private static final ImmutableSet<String> ADDRESS =
      ImmutableSet.of("ansible_host", "ansible_ssh_host");

  @Override
  public Optional<Object> find(String name) {
    if (nearest.containsKey(name)) {
      return Optional.of(nearest.get(name));
    }
    if (others.decide(name) && pending.waitsForOthers()) {
      throw new NotYetException(name);
    } else if (others.gives(name)) {
      return Optional.of(others.value(name, hops));
    }
    if (!variables.isFixed(name, this) && pending.covers(name, () -> known(name).isPresent())) {
      throw new NotYetException(name);
    }
    return known(name).or(() -> name.equals(ALL) ? Optional.of(new All()) : Optional.empty());
  }

  private Optional<Object> known(String name) {
    return variables
        .find(name, this)
        .or(() -> variables.byDefault(name, defaults))
        .or(
            () ->
                ADDRESS.contains(name)
                    ? variables.find("inventory_hostname", this)
                    : Optional.empty());
  }

  @Override
  public boolean wasEncrypted(String text) {
    return lookups.wasEncrypted(text);
  }

  /** All variables by their names, rendered when they are looked at. */
  private final class All extends LateMap {
    @Override
    protected Set<String> names() {
      return HostScope.this.names();
    }

    @Override
    protected Optional<Object> find(String name) {
      return HostScope.this.find(name).map(raw -> Template.resolve(raw, HostScope.this));
    }
  }

  @Override
  public ImmutableList<Object> lookup(
      String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
    return lookups.find(plugin, terms, options, this);
  }

  @Override
  public ImmutableSet<String> names() {
    if (pending.isAny()) {
      throw new NotYetException("varnames");
    }
    return ImmutableSet.<String>builder()
        .addAll(variables.names())
        .addAll(nearest.keySet())
        .addAll(task.keySet())
        .addAll(params.keySet())
        .addAll(defaults.keySet())
        .build();
  }

  @Override
  public Optional<Template> template(String name, TemplateSyntax syntax) {
    return lookups.template(name, syntax);
  }

  /** The same without files of variables whose names hang on variables. */
  HostScope withoutVarsFiles() {
    return new HostScope(
        variables.withoutVarsFiles(),
        nearest,
        task,
        params,
        defaults,
        pending,
        lookups,
        others,
        hops);
  }

  /** The same, with names that nothing hides. */
  HostScope with(ImmutableMap<String, Object> more) {
    return new HostScope(
        variables,
        ImmutableMap.<String, Object>builder().putAll(nearest).putAll(more).buildKeepingLast(),
        task,
        params,
        defaults,
        pending,
        lookups,
        others,
        hops);
  }

  /** The same that sees other hosts so. */
  HostScope among(PlayHosts hosts) {
    return new HostScope(variables, nearest, task, params, defaults, pending, lookups, hosts, hops);
  }

  /** The same with what these lookups find. */
  HostScope lookingIn(Lookups by) {
    return new HostScope(variables, nearest, task, params, defaults, pending, by, others, hops);
  }

  /** The same, while other tasks are open. */
  HostScope waitingFor(Pending pending) {
    return new HostScope(
        variables, nearest, task, params, defaults, pending, lookups, others, hops);
  }

  /** What a loop's turn adds to its result. */
  ImmutableMap<String, Object> loopNames() {
    ImmutableMap.Builder<String, Object> names = ImmutableMap.builder();
    for (String known : ImmutableList.of(LOOP_VAR, INDEX_VAR)) {
      Object name = nearest.get(known);
      if (name != null) {
        names.put(known, name);
        names.put((String) name, Template.resolve(nearest.get(name), this));
      }
    }
    Optional.ofNullable(nearest.get(LOOP)).ifPresent(loop -> names.put(LOOP, loop));
    return names.buildKeepingLast();
  }

  @Override
  public ImmutableList<Object> yaml(String text) {
    Problems problems = new Problems();
    ImmutableList<Object> documents =
        Yaml.documents("from_yaml", text, problems).stream()
            .map(NodeValues::plain)
            .collect(ImmutableList.toImmutableList());
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
        ImmutableMap.of(),
        Pending.nothing(),
        Lookups.none(),
        PlayHosts.none(),
        0);
  }

  /** Of another host, with what a task here defines. */
  static HostScope of(Variables variables, HostScope here) {
    return new HostScope(
        variables,
        here.nearest,
        here.task,
        here.params,
        ImmutableMap.of(),
        Pending.nothing(),
        Lookups.none(),
        PlayHosts.none(),
        0);
  }

  /** The same for one who looks at it from another host, which is as far. */
  HostScope seeing(PlayHosts hosts, int through, Lookups by) {
    return new HostScope(
        variables, nearest, task, params, defaults, Pending.nothingAnywhere(), by, hosts, through);
  }
}
