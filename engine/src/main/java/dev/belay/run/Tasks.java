package dev.belay.run;

import dev.belay.playbook.Block;
import dev.belay.playbook.Statement;
import dev.belay.playbook.Task;
import java.util.List;
import java.util.stream.Stream;

/** All tasks of a list, those inside blocks too. */
final class Tasks {
  private Tasks() {}

  static Stream<Task> in(List<? extends Statement> statements) {
    return statements.stream()
        .flatMap(
            statement -> {
              if (statement instanceof Block block) {
                return Stream.of(block.body(), block.rescue(), block.always()).flatMap(Tasks::in);
              }
              return Stream.of((Task) statement);
            });
  }
}
