package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.template.Expression;
import dev.belay.yaml.Node;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a play or block hands down to the tasks inside it. Values are raw: a Template where the user
 * wrote one.
 *
 * @param when all must hold; outer ones first
 * @param vars outer ones first, inner ones win
 * @param params what roles and includes that the task is in are given, outer ones first: they win
 *     over all that tasks set
 * @param defaults of the roles that the task is in, inner ones win; they give way to everything
 *     else
 * @param folders of those roles, the inner one first: where their files are
 * @param environment mappings of names to values, outer ones first
 * @param said keywords with one value, which inner ones replace
 * @param moduleDefaults arguments by the full names of modules, for what a task does not say
 *     itself; an inner one replaces an outer one whole
 */
public record Keywords(
    ImmutableList<Expression> when,
    ImmutableSet<String> tags,
    ImmutableList<ImmutableMap<String, Object>> vars,
    ImmutableList<ImmutableMap<String, Object>> params,
    ImmutableList<ImmutableMap<String, Object>> defaults,
    ImmutableList<Path> folders,
    ImmutableList<Object> environment,
    ImmutableMap<Keyword, Object> said,
    ImmutableMap<String, Node> moduleDefaults) {

  /** Nothing said. */
  public static Keywords none() {
    return new Keywords(
        ImmutableList.of(),
        ImmutableSet.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableMap.of(),
        ImmutableMap.of());
  }

  /** Only tags. */
  public static Keywords tagged(ImmutableSet<String> tags) {
    Keywords none = none();
    return none.with(tags, none.vars, none.params);
  }

  /** Only variables. */
  public static Keywords defining(ImmutableMap<String, Object> vars) {
    return none().with(ImmutableSet.of(), layer(vars), ImmutableList.of());
  }

  /** Only what a role is given. */
  static Keywords given(ImmutableMap<String, Object> params) {
    return none().with(ImmutableSet.of(), ImmutableList.of(), layer(params));
  }

  private static ImmutableList<ImmutableMap<String, Object>> layer(
      ImmutableMap<String, Object> names) {
    return names.isEmpty() ? ImmutableList.of() : ImmutableList.of(names);
  }

  /** Only that keyword. */
  static Keywords saying(Keyword keyword, Object value) {
    Keywords none = none();
    return new Keywords(
        none.when,
        none.tags,
        none.vars,
        none.params,
        none.defaults,
        none.folders,
        none.environment,
        ImmutableMap.of(keyword, value),
        none.moduleDefaults);
  }

  private Keywords with(
      ImmutableSet<String> otherTags,
      ImmutableList<ImmutableMap<String, Object>> otherVars,
      ImmutableList<ImmutableMap<String, Object>> otherParams) {
    return new Keywords(
        when,
        otherTags,
        otherVars,
        otherParams,
        defaults,
        folders,
        environment,
        said,
        moduleDefaults);
  }

  /** What a role's tasks have of the role: its vars, its defaults, and where its files are. */
  static Keywords ofRole(
      ImmutableMap<String, Object> vars, ImmutableMap<String, Object> defaults, Path folder) {
    Keywords with = defining(vars);
    return new Keywords(
        with.when,
        with.tags,
        with.vars,
        with.params,
        ImmutableList.of(defaults),
        ImmutableList.of(folder),
        with.environment,
        with.said,
        with.moduleDefaults);
  }

  /** What is said for a keyword, raw; empty where nothing is. */
  public Optional<Object> said(Keyword keyword) {
    return Optional.ofNullable(said.get(keyword));
  }

  /** These, with variables that win over all others of the task. */
  Keywords giving(ImmutableMap<String, Object> names) {
    return with(tags, vars, joined(params, layer(names)));
  }

  /** These, for a task that one host does for all. */
  Keywords once() {
    return saying(Keyword.RUN_ONCE, true).inside(this);
  }

  /** These, inside of {@code outer}. */
  public Keywords inside(Keywords outer) {
    return new Keywords(
        joined(outer.when, when),
        ImmutableSet.<String>builder().addAll(outer.tags).addAll(tags).build(),
        joined(outer.vars, vars),
        joined(outer.params, params),
        joined(outer.defaults, defaults),
        joined(folders, outer.folders),
        joined(outer.environment, environment),
        ImmutableMap.<Keyword, Object>builder().putAll(outer.said).putAll(said).buildKeepingLast(),
        ImmutableMap.<String, Node>builder()
            .putAll(outer.moduleDefaults)
            .putAll(moduleDefaults)
            .buildKeepingLast());
  }

  private static <T> ImmutableList<T> joined(ImmutableList<T> first, ImmutableList<T> then) {
    return ImmutableList.<T>builder().addAll(first).addAll(then).build();
  }
}
