package dev.belay.run;

import com.google.common.collect.ImmutableList;
import dev.belay.playbook.Play;
import dev.belay.problem.Problems;
import dev.belay.template.EvaluationException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds before anything is contacted what plays cannot have where a process has not all hosts, or
 * works on the files of another root.
 */
final class PlaceRules {
  private final RunOptions options;
  private final Problems problems;
  private final ShardRules shard;
  private Optional<ImmutableList<String>> first = Optional.empty();

  PlaceRules(RunOptions options, Problems problems) {
    this.options = options;
    this.problems = problems;
    shard = ShardRules.of(options);
  }

  /** What a play wants of all its hosts together; {@code patterns} say which they are. */
  void check(Play play, PlayRules rules, ImmutableList<String> patterns) {
    if (shard.shard().isEmpty()) {
      return;
    }
    shard.check(play, rules, problems);
    TagSelection tags = new TagSelection(options.tags(), options.skipTags());
    Stream.concat(play.sections().stream().flatMap(Tasks::in), play.handlers().stream())
        .filter(task -> tags.selects(task.keywords().tags()))
        .forEach(task -> shard.check(task, play.keywords(), problems));
    if (!first.orElse(patterns).equals(patterns)) {
      problems.warn(
          play.at(), "this play does not wait for hosts of other shards in the plays before", "");
    }
    first = first.or(() -> Optional.of(patterns));
  }

  /** Whether all connections stay on this machine, where that must be. */
  void check(Play play, PlayLayers layers, PlayView view) {
    if (options.control().root().isEmpty()) {
      return;
    }
    for (String host : view.hosts()) {
      Variables variables =
          new Variables(
              options.extraVariables(), layers, () -> view.of(host), new Variables.Memory());
      try {
        new HostSettingsMaker(options, variables).settings(host, play.keywords());
      } catch (EvaluationException e) {
        problems.add(e.at(), host + ": " + e.getMessage());
      }
    }
  }
}
