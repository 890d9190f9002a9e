package dev.belay.module;

import dev.belay.shell.Sh;

/**
 * One deed on a host. The steps of a plan are done in order, in one shell, so that a step's
 * variables and traps hold for those behind it; the first that fails ends them.
 */
public sealed interface Step {

  /** Runs a script. Status 0 means that it was done. */
  record Run(Sh script) implements Step {}

  /**
   * Replaces a file as a whole or not at all: written under a temporary name in the same folder,
   * synced, renamed. The folder must be there. What the file had by way of owner, mode, ACL and
   * SELinux context stays, but for what {@code attributes} names. A symbolic link in the way is
   * replaced, not followed.
   */
  record Put(Content content, String path, Attributes attributes) implements Step {}
}
