package dev.belay.cli;

import dev.belay.run.PlannedPlay;
import dev.belay.run.TaskHeader;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Shows the hosts, tasks and tags of plays, laid out as Ansible does. */
final class Listing {
  private final PrintStream out;

  Listing(PrintStream out) {
    this.out = out;
  }

  void show(List<PlannedPlay> plays, boolean hosts, boolean tasks, boolean tags) {
    int number = 0;
    for (PlannedPlay play : plays) {
      out.println(
          "\n  play #" + ++number + " (" + play.play().hosts() + "): " + Visible.line(play.name()));
      if (hosts) {
        out.println("    hosts (" + play.hosts().size() + "):");
        play.hosts().forEach(host -> out.println("      " + Visible.line(host)));
      }
      if (tasks) {
        out.println("    tasks:");
        play.tasks().forEach(task -> out.println("      " + line(play, task)));
      }
      if (tags) {
        out.println("      TASK TAGS: [" + String.join(", ", play.tags()) + "]");
      }
    }
  }

  private static String line(PlannedPlay play, TaskHeader task) {
    return Visible.line(task.name())
        + "\tTAGS: ["
        + play.tagsOf(task).stream().collect(Collectors.joining(", "))
        + "]";
  }
}
