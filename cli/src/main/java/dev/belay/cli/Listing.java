package dev.belay.cli;

import dev.belay.run.PlannedPlay;
import dev.belay.template.PythonText;
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
    String playbook = "";
    for (PlannedPlay play : plays) {
      if (!play.playbook().equals(playbook)) {
        playbook = play.playbook();
        number = 0;
        out.println("\nplaybook: " + Visible.line(playbook));
      }
      if (hosts || tasks || tags) {
        out.println(headline(++number, play));
      }
      if (hosts) {
        hosts(play);
      }
      if (tasks) {
        out.println("    tasks:");
        play.listed().forEach(task -> out.println("      " + line(task)));
      }
      if (tags) {
        out.println("      TASK TAGS: [" + String.join(", ", play.tags()) + "]");
      }
    }
  }

  private static String headline(int number, PlannedPlay play) {
    return "\n  play #%d (%s): %s\tTAGS: [%s]"
        .formatted(
            number,
            Visible.line(String.join(",", play.patterns())),
            Visible.line(play.name()),
            Visible.line(String.join(",", play.ownTags())));
  }

  private void hosts(PlannedPlay play) {
    String patterns =
        play.patterns().stream().map(PythonText::repr).collect(Collectors.joining(", "));
    out.println("    pattern: [" + Visible.line(patterns) + "]");
    out.println("    hosts (" + play.hosts().size() + "):");
    play.hosts().forEach(host -> out.println("      " + Visible.line(host)));
  }

  private static String line(PlannedPlay.Listed task) {
    return Visible.line(task.name())
        + "\tTAGS: ["
        + task.tags().stream().map(Visible::line).collect(Collectors.joining(", "))
        + "]";
  }
}
