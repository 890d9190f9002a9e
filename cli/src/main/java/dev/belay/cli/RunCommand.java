package dev.belay.cli;

import dev.belay.playbook.Playbook;
import dev.belay.run.ControlSide;
import dev.belay.run.Recap;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay run}: brings hosts to where playbooks say. */
@Command(
    name = "run",
    description = "Brings hosts to where the playbooks say.",
    mixinStandardHelpOptions = true)
class RunCommand implements Callable<Integer> {
  private final World world;

  @Parameters(paramLabel = "PLAYBOOK", arity = "1..*", description = "Playbook files.")
  List<Path> playbooks = new ArrayList<>();

  @Mixin RunFlags flags = new RunFlags();

  @Option(
      names = {"-C", "--check"},
      description = "Change nothing: show what would be changed.")
  boolean check;

  @Mixin ReportFlags report = new ReportFlags();

  @Option(
      names = "--detailed-exitcode",
      description = "End with 3 where all was reached, nothing failed, and something differs.")
  boolean detailedExitCode;

  @Option(names = "--syntax-check", description = "Only read the files.")
  boolean syntaxCheck;

  @Option(names = "--list-hosts", description = "Only show the hosts of each play.")
  boolean listHosts;

  @Option(names = "--list-tasks", description = "Only show the tasks of each play.")
  boolean listTasks;

  @Option(names = "--list-tags", description = "Only show the tags of each play.")
  boolean listTags;

  @Option(names = "--step", description = "Ask before each task whether to do it.")
  boolean step;

  RunCommand(World world) {
    this.world = world;
  }

  /** {@code belay check}: shows what a run would change. */
  @Command(
      name = "check",
      description = "Shows what a run would change, and changes nothing.",
      mixinStandardHelpOptions = true)
  static final class Check extends RunCommand {
    Check(World world) {
      super(world);
    }

    @Override
    RunOptions.Mode mode() {
      return RunOptions.Mode.CHECK;
    }
  }

  private String command() {
    return mode() == RunOptions.Mode.CHECK ? "check" : "run";
  }

  RunOptions.Mode mode() {
    return check ? RunOptions.Mode.CHECK : RunOptions.Mode.APPLY;
  }

  @Override
  public Integer call() throws InterruptedException {
    boolean shows = syntaxCheck || listHosts || listTasks || listTags;
    ControlSide.Purpose purpose =
        shows
            ? ControlSide.Purpose.SHOW
            : step ? ControlSide.Purpose.STEP : ControlSide.Purpose.RUN;
    flags.told = report.told();
    Job job = Job.read(world, flags, mode(), purpose, Job.files(playbooks));
    if (shows) {
      Run run = job.run(warnings());
      new Listing(world.out()).show(run.plays(), listHosts, listTasks, listTags);
      return ExitCode.FINE.code();
    }
    return run(job);
  }

  /** Where nothing runs, standard output is for the list. */
  private RunListener warnings() {
    return new RunListener() {
      @Override
      public void warning(String text) {
        world.err().println("[WARNING]: " + Visible.block(text));
      }
    };
  }

  private void tell(Playbook playbook) {
    world
        .out()
        .println(playbook.plays().size() + " plays in " + Visible.line(playbook.file().toString()));
  }

  private int run(Job job) throws InterruptedException {
    RunListener console =
        new ConsoleListener(world.out(), report.style(world), Operator.atTerminal());
    try (Outputs outputs =
        Outputs.of(world, report, RunHeader.of(command(), job, flags.limit), console)) {
      if (report.style(world).verbosity() > 1 && !report.isJsonOnly()) {
        job.playbooks().forEach(this::tell);
      }
      Recap recap = job.run(outputs.listener()).run();
      return (detailedExitCode ? ExitCode.detailed(recap) : ExitCode.of(recap)).code();
    }
  }
}
