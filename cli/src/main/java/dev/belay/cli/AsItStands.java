package dev.belay.cli;

import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Takes a flag's value as it stands, where it looks like a flag too: {@code -J bastion}. */
final class AsItStands implements IParameterConsumer {
  @Override
  public void consumeParameters(Stack<String> args, ArgSpec flag, CommandSpec command) {
    if (args.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), flag.paramLabel() + " is missing behind the last flag");
    }
    flag.setValue(Optional.of(args.pop()));
  }
}
