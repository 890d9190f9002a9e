package dev.belay.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

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

  private record LocalProcess(Process process) implements ShellStreams {
    @Override
    public InputStream out() {
      return process.getInputStream();
    }

    @Override
    public InputStream err() {
      return process.getErrorStream();
    }

    @Override
    public OutputStream in() {
      return process.getOutputStream();
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
