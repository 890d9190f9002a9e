package dev.belay.run;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.Shard;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.AddHost;
import dev.belay.playbook.Keyword;
import dev.belay.playbook.Keywords;
import dev.belay.playbook.Meta;
import dev.belay.playbook.Play;
import dev.belay.playbook.Task;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.Template;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a play may not want where other processes have other hosts of it. What would come out wrong
 * is refused, and what means less than it seems to is told.
 *
 * <p>Names are looked for in the text of templates, so what a variable or a file brings is not seen
 * here: {@link #refuseName} and {@link #refuseFact} hold it up when it is evaluated.
 *
 * @param shard empty where this process has all hosts: then nothing is refused
 */
record ShardRules(Optional<Shard> shard) {
  private static final String REMEDY = "run this play without --shard";

  /** Keywords that count over all hosts, and what about them cannot be done. */
  private static final ImmutableMap<Keyword, String> COUNTING =
      ImmutableMap.of(
          Keyword.RUN_ONCE, "'run_once' would be done once in each shard",
          Keyword.ANY_ERRORS_FATAL, "'any_errors_fatal' cannot end the play in other shards");

  private static final ImmutableMap<Keyword, String> LOCAL =
      ImmutableMap.of(
          Keyword.THROTTLE, "'throttle' counts the hosts of each shard on their own",
          Keyword.DELEGATE_TO,
              "each shard delegates for itself: what is delegated to may be asked by several at once, and 'localhost' is another machine in each");

  private static final Pattern ACTIVE =
      Pattern.compile("\\b(ansible_play_hosts|ansible_play_batch|play_hosts)\\b");
  private static final Pattern HOSTVARS = Pattern.compile("\\bhostvars\\b");
  private static final ImmutableSet<String> ENDING = ImmutableSet.of("end_play", "end_batch");

  static ShardRules of(RunOptions options) {
    return new ShardRules(options.control().shard().filter(Shard::isPart));
  }

  /** Whether this process has the host. */
  boolean has(String host) {
    return shard.map(part -> part.has(host)).orElse(true);
  }

  /** What a play says of its hosts as a whole. */
  void check(Play play, PlayRules rules, Problems problems) {
    if (shard.isEmpty()) {
      return;
    }
    if (!rules.serial().isEmpty()) {
      refuse(problems, play.at(), "'serial' would take batches of each shard at the same time");
    }
    if (rules.maxFailPercentage().isPresent()) {
      refuse(problems, play.at(), "'max_fail_percentage' cannot count the failures of all shards");
    }
    COUNTING.forEach(
        (keyword, why) -> {
          if (isSaid(play.keywords().said(keyword))) {
            refuse(problems, play.at(), why);
          }
        });
  }

  /** What a task says; what is said around it is not said again. */
  void check(Task task, Keywords around, Problems problems) {
    if (shard.isEmpty()) {
      return;
    }
    COUNTING.forEach(
        (keyword, why) -> {
          boolean isOwn = task.module().pace() != ModuleSpec.Pace.ONCE;
          if (isOwn && isSaid(task.keywords().said(keyword)) && !isSaid(around.said(keyword))) {
            refuse(problems, task.at(), why);
          }
        });
    LOCAL.forEach(
        (keyword, why) -> {
          if (isSaid(task.keywords().said(keyword))) {
            problems.warn(task.at(), why, "");
          }
        });
    checkModule(task, problems);
    checkNames(task, problems);
  }

  private static void checkModule(Task task, Problems problems) {
    if (task.module().equals(AddHost.SPEC)) {
      refuse(problems, task.at(), "other shards would not know the host that this adds");
    } else if (task.module().equals(AddHost.GROUP_BY)) {
      problems.warn(task.at(), "'groups' has only hosts of this shard in a group made here", "");
    } else if (task.module().equals(Meta.SPEC)
        && task.arguments().values().values().stream().anyMatch(ENDING::contains)) {
      refuse(problems, task.at(), "this ends the play for the hosts of one shard only");
    }
  }

  private static void checkNames(Task task, Problems problems) {
    if (texts(task).anyMatch(text -> ACTIVE.matcher(text).find())) {
      refuse(problems, task.at(), "how hosts of other shards fare is not known here");
    }
    if (texts(task).anyMatch(text -> HOSTVARS.matcher(text).find())) {
      problems.warn(
          task.at(),
          "of hosts in other shards 'hostvars' has only what the inventory says, no facts and no results",
          "");
    }
  }

  private static void refuse(Problems problems, Position at, String why) {
    problems.add(at, why, REMEDY);
  }

  private static boolean isSaid(Optional<Object> raw) {
    return raw.filter(value -> !Boolean.FALSE.equals(value)).isPresent();
  }

  private static Stream<String> texts(Task task) {
    return Stream.of(
            Stream.of(task.arguments().values(), task.keywords().when(), task.keywords().vars()),
            task.loop().map(loop -> loop.items()).stream(),
            task.until().map(until -> until.conditions()).stream(),
            task.changedWhen().stream(),
            task.failedWhen().stream(),
            task.keywords().environment().stream())
        .flatMap(each -> each)
        .flatMap(ShardRules::texts);
  }

  /** The texts of all templates and expressions inside of a value. */
  private static Stream<String> texts(Object value) {
    if (value instanceof Template || value instanceof Expression) {
      return Stream.of(value.toString());
    } else if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(ShardRules::texts);
    } else if (value instanceof Iterable<?> list) {
      return com.google.common.collect.Streams.stream(list).flatMap(ShardRules::texts);
    }
    return Stream.empty();
  }

  /**
   * A name whose value hangs on how all hosts of the play fare is evaluated.
   *
   * @throws EvaluationException where this process has not all of them
   */
  void refuseName(String name) {
    if (shard.isPresent()) {
      throw new EvaluationException(
          Position.of(name),
          "'" + name + "' is not known in a shard: other hosts are in other shards; " + REMEDY);
    }
  }

  /**
   * Something that only a host itself or its tasks can have told is asked of another host.
   *
   * @throws EvaluationException where that host is in another shard
   */
  void refuseFact(String host, String name) {
    if (name.startsWith("ansible_") && !HostSettingsMaker.isOfConnecting(name) && !has(host)) {
      throw new EvaluationException(
          Position.of("hostvars"),
          "'" + name + "' of " + host + " is not known here: it is in another shard; " + REMEDY);
    }
  }
}
