package dev.belay.remote;

import java.io.InputStream;
import java.io.OutputStream;

/** The streams of a process on this machine. */
record LocalProcess(Process process) implements ShellStreams {
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
