package dev.belay.cli;

import picocli.CommandLine.Command;

/** The program itself: it only has commands inside. */
@Command(
    name = "belay",
    description = "Keeps the hosts of a fleet where its playbooks say.",
    mixinStandardHelpOptions = true,
    version = "belay 0.1.0",
    subcommandsRepeatable = false,
    synopsisSubcommandLabel = "COMMAND")
final class BelayCommand implements Runnable {
  @picocli.CommandLine.Spec picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(spec.commandLine(), "which command?");
  }
}
