package dev.belay.remote;

import java.io.InputStream;
import java.io.OutputStream;

/** The three streams of a process on a host, and the way to end it. */
interface ShellStreams {

  InputStream out();

  InputStream err();

  OutputStream in();

  /** Ends the process and what it started; safe to call twice and from any thread. */
  void close();
}
