package dev.belay.cli;

import dev.belay.run.Recap;
import dev.belay.run.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay audit}: a check that ends in a report of what is not as it should be. */
@Command(
    name = "audit",
    description =
        "Reports where hosts are not as the playbooks say, the same of many hosts once, and changes nothing.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  private final World world;

  @Parameters(paramLabel = "PLAYBOOK", arity = "1..*", description = "Playbook files.")
  List<Path> playbooks = new ArrayList<>();

  @Mixin RunFlags flags = new RunFlags();

  @Mixin ReportFlags report = new ReportFlags();

  @Option(names = "--all-hosts", description = "Do not cut long lists of hosts.")
  boolean allHosts;

  AuditCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws InterruptedException {
    Job job = Job.read(world, flags, RunOptions.Mode.CHECK, Job.files(playbooks));
    Audit audit = new Audit();
    AuditReport printer =
        new AuditReport(
            world.out(),
            report.style(world),
            allHosts ? AuditReport.Naming.ALL : AuditReport.Naming.CUT,
            audit);
    try (Outputs outputs =
        Outputs.of(world, report, RunHeader.of("audit", job, flags.limit), audit, printer)) {
      Recap recap = job.run(outputs.listener()).run();
      return audit.exit(recap).code();
    }
  }
}
