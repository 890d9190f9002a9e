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
   * SELinux context stays, but for what {@code attributes} names; a new file gets the mode that the
   * user's umask leaves. A symbolic link in the way is replaced, not followed. Where {@code
   * precautions} have a backup made, its path is all that the step writes to standard output.
   */
  record Put(Source source, String path, Attributes attributes, Precautions precautions)
      implements Step {

    /** Bytes of the control side. */
    public Put(Content content, String path, Attributes attributes) {
      this(new Source.Here(content), path, attributes, Precautions.none());
    }
  }

  /**
   * Writes a program into a folder that goes away with the steps. Nobody else reads it meanwhile
   * and it need not outlive a power failure, so nothing is synced and nothing renamed.
   *
   * @param path in a folder that the steps before made
   */
  record Lay(Content program, String path) implements Step {}

  /** Where the bytes of a file come from. */
  sealed interface Source {

    /** The control side. */
    record Here(Content content) implements Source {}

    /** Another file on the host. */
    record There(String path) implements Source {}
  }
}
