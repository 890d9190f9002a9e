package dev.belay.playbook;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Problems;
import java.util.List;
import java.util.stream.Stream;

/** Handlers stand for themselves, whatever block or file they are in. */
final class HandlerReader {
  private HandlerReader() {}

  static ImmutableList<Task> tasks(List<Statement> statements, Problems problems) {
    return statements.stream()
        .flatMap(
            statement ->
                statement instanceof Block block
                    ? inside(block, problems)
                    : Stream.of((Task) statement))
        .collect(ImmutableList.toImmutableList());
  }

  private static Stream<Task> inside(Block block, Problems problems) {
    if (!block.rescue().isEmpty() || !block.always().isEmpty()) {
      problems.add(
          block.at(),
          "each handler of a block runs by itself, so its 'rescue' and 'always' never would",
          "write them as tasks, or put the block into a file that a handler includes");
    }
    return tasks(block.body(), problems).stream();
  }
}
