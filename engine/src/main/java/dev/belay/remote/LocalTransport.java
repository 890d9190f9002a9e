package dev.belay.remote;

import java.io.File;
import java.io.IOException;
import java.util.Optional;

/**
 * Starts processes on this machine, in a folder that relative paths count from, or under another
 * root.
 */
record LocalTransport(String name, Optional<String> folder, Optional<HostRoot> root)
    implements Transport {

  @Override
  public ShellStreams start(String commandLine) throws UnreachableException {
    try {
      ProcessBuilder shell =
          root.isPresent() ? root.get().command(commandLine) : beside(commandLine);
      return new LocalProcess(shell.start());
    } catch (IOException e) {
      throw new UnreachableException(
          UnreachableException.Phase.CHANNEL, "no shell can be started: " + e.getMessage(), e);
    }
  }

  private ProcessBuilder beside(String commandLine) {
    ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", commandLine);
    folder.map(File::new).filter(File::isDirectory).ifPresent(shell::directory);
    return shell;
  }

  @Override
  public void close() {}
}
