package dev.belay.remote;

/** Starts processes on a host: over SSH, or here. */
interface Transport extends AutoCloseable {

  /** The words for messages. */
  String name();

  /** Starts a command line, as {@code sh -c} would. */
  ShellStreams start(String commandLine) throws UnreachableException;

  @Override
  void close();
}
