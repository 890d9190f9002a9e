package dev.belay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code belay list}: shows hosts, tasks or tags of playbooks. */
@Command(
    name = "list",
    description = "Shows the hosts, tasks or tags of a playbook.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  enum What {
    HOSTS,
    TASKS,
    TAGS
  }

  private final World world;

  @Parameters(index = "0", paramLabel = "hosts|tasks|tags", description = "What to show.")
  What what;

  @Parameters(
      index = "1..*",
      paramLabel = "PLAYBOOK",
      arity = "1..*",
      description = "Playbook files.")
  java.util.List<java.nio.file.Path> playbooks = new java.util.ArrayList<>();

  @Mixin RunFlags flags = new RunFlags();

  ListCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws InterruptedException {
    RunCommand run = new RunCommand(world);
    run.playbooks = playbooks;
    run.flags = flags;
    run.listHosts = what == What.HOSTS;
    run.listTasks = what == What.TASKS;
    run.listTags = what == What.TAGS;
    return run.call();
  }
}
