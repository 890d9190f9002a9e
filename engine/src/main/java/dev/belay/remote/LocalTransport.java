package dev.belay.remote;

import java.io.File;
import java.io.IOException;
import java.util.Optional;

/** Starts processes on this machine, in a folder that relative paths count from. */
record LocalTransport(String name, Optional<String> folder) implements Transport {

  @Override
  public ShellStreams start(String commandLine) throws UnreachableException {
    try {
      ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", commandLine);
      folder.map(File::new).filter(File::isDirectory).ifPresent(shell::directory);
      return new LocalProcess(shell.start());
    } catch (IOException e) {
      throw new UnreachableException(
          UnreachableException.Phase.CHANNEL, "no shell can be started: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {}
}
