package dev.belay.remote;

import java.io.IOException;

/** Starts processes on this machine. */
record LocalTransport(String name) implements Transport {

  @Override
  public ShellStreams start(String commandLine) throws UnreachableException {
    try {
      return new LocalProcess(new ProcessBuilder("/bin/sh", "-c", commandLine).start());
    } catch (IOException e) {
      throw new UnreachableException(
          UnreachableException.Phase.CHANNEL, "no shell can be started: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {}
}
