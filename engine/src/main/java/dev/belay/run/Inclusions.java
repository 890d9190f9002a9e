package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.playbook.Block;
import dev.belay.playbook.Included;
import dev.belay.playbook.InclusionReader;
import dev.belay.playbook.Keywords;
import dev.belay.playbook.Statement;
import dev.belay.playbook.Task;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import java.util.ArrayList;
import java.util.List;

/** What includes bring into a host's agenda. */
final class Inclusions {
  /**
   * Files that include each other while the play runs: so many inside of each other are a circle.
   * Tasks that are tried again by including themselves stay far below.
   */
  private static final int DEPTH_LIMIT = 250;

  private final InclusionReader reader;
  private final TagSelection tags;
  private final ShardRules shard;

  Inclusions(InclusionReader reader, RunOptions options) {
    this.reader = reader;
    tags = new TagSelection(options.tags(), options.skipTags());
    shard = ShardRules.of(options);
  }

  /**
   * What one turn of an include brings.
   *
   * @param names what the include and its loop define for the tasks inside
   */
  record Brought(InclusionReader.Brought of, ImmutableMap<String, Object> names) {}

  /**
   * Reads it.
   *
   * @throws ProblemsException where it is not there or not well formed, or has no end
   */
  Brought read(Agenda.Do entry, Included what, ImmutableMap<String, Object> names) {
    Task task = entry.task();
    if (entry.order().path().size() > DEPTH_LIMIT) {
      Problems problems = new Problems();
      problems.add(
          task.at(),
          "'" + what.title() + "' is included more than " + DEPTH_LIMIT + " deep here",
          "let a 'when' end what includes itself");
      problems.throwIfAny();
    }
    InclusionReader.Brought brought = reader.read(task, what);
    refuseInShard(brought);
    return new Brought(brought, names);
  }

  /** What is only told of tasks that stand in the play is not told of these. */
  private void refuseInShard(InclusionReader.Brought brought) {
    Problems problems = Problems.warning(problem -> {});
    Tasks.in(brought.tasks()).forEach(task -> shard.check(task, Keywords.none(), problems));
    problems.throwIfAny();
  }

  /** All that the turns of an include bring, in order, behind the place where it stands. */
  ImmutableList<Agenda.Entry> entries(List<Brought> brought, Order order) {
    Agenda.Counter counter = new Agenda.Counter(order);
    List<Agenda.Entry> entries = new ArrayList<>();
    for (Brought each : brought) {
      ImmutableList<Statement> tasks = given(each.of.tasks(), each.names);
      entries.addAll(chosen(Agenda.entries(tasks, TaskHeader.Kind.TASK, counter)));
    }
    return ImmutableList.copyOf(entries);
  }

  private ImmutableList<Agenda.Entry> chosen(ImmutableList<Agenda.Entry> entries) {
    return TaskChoice.of(entries, task -> tags.selects(task.keywords().tags()));
  }

  private static ImmutableList<Statement> given(
      ImmutableList<Statement> statements, ImmutableMap<String, Object> names) {
    return names.isEmpty()
        ? statements
        : statements.stream()
            .map(statement -> given(statement, names))
            .collect(ImmutableList.toImmutableList());
  }

  /** What an include defines wins over what the tasks inside define. */
  private static Statement given(Statement statement, ImmutableMap<String, Object> names) {
    if (statement instanceof Task task) {
      return task.giving(names);
    }
    Block block = (Block) statement;
    return new Block(
        given(block.body(), names),
        given(block.rescue(), names),
        given(block.always(), names),
        block.at());
  }
}
