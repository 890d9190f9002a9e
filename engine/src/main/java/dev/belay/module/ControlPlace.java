package dev.belay.module;

import java.util.Optional;

/**
 * A place of the control side that a task names, where something of the host is to be. It is only
 * looked at here: who writes there is the engine.
 */
public interface ControlPlace {

  /** As the user wrote it. */
  String name();

  /** The host's name in the inventory. */
  String host();

  /** A path of the control side; a relative one begins at the playbook. */
  Local at(String path);

  /** A path of the control side, looked at whenever it is asked. */
  interface Local {

    /** Absolute, without steps back. */
    String path();

    boolean isFolder();

    /** Of the file that is there, in hexadecimal digits; empty where there is none. */
    Optional<String> sha1();

    /** The same by MD5. */
    Optional<String> md5();
  }
}
