package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Lists;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.Scope;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that are known while files are read, before there is any host: those of the command
 * line, the play and the blocks around. Names of imports, tags and the like may use them.
 *
 * @param layers the ones that win first
 */
record KnownVars(ImmutableList<Map<String, Object>> layers) implements Scope {

  /**
   * For tasks with these keywords; {@code play} are the play's own, {@code defaults} its roles'.
   */
  static KnownVars of(
      Map<String, Object> extra,
      Keywords around,
      Map<String, Object> play,
      Map<String, Object> defaults) {
    return new KnownVars(
        ImmutableList.<Map<String, Object>>builder()
            .add(extra)
            .addAll(Lists.reverse(around.vars()))
            .add(play)
            .addAll(Lists.reverse(around.defaults()))
            .add(defaults)
            .build());
  }

  @Override
  public Optional<Object> find(String name) {
    return layers.stream()
        .filter(layer -> layer.containsKey(name))
        .findFirst()
        .map(l -> l.get(name));
  }

  @Override
  public ImmutableList<Object> lookup(
      String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
    throw new EvaluationException(
        Position.of("lookup"), "there are no lookups while files are read");
  }
}
