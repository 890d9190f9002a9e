package dev.belay.module;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Sh;
import java.time.Duration;
import java.util.Optional;

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

  /**
   * Runs a script that finds a file of the control side at {@code $file}: in a folder of its own
   * that only the user can read, executable, under its own name. The folder goes when the script
   * ends.
   */
  record Carry(Content content, String name, Sh script) implements Step {}

  /**
   * What no shell on a host can do, so that the engine does it. It is the only step of its plan,
   * and what it comes to is told as a command's output is.
   */
  sealed interface ByEngine extends Step {

    /**
     * Brings a file of the host to the control side, whole or not at all.
     *
     * @param size in bytes; no more are taken, whatever the host sends
     * @param sha1 that what arrives must have; empty where it may be anything
     */
    record Fetch(String path, long size, Optional<String> sha1, ControlPlace.Local to)
        implements ByEngine {}

    /**
     * Waits, or asks the operator where no time is given. Standard output is what the operator
     * typed.
     *
     * @param prompt what the operator is told
     */
    record Pause(Optional<Duration> time, Optional<String> prompt, Echo echo) implements ByEngine {}

    /** Whether what the operator types is shown. */
    enum Echo {
      SHOWN,
      HIDDEN
    }

    /** Adds a host to the inventory of the run. Standard output is {@code new} where it was. */
    record Enroll(String host, ImmutableList<String> groups, ImmutableMap<String, Object> variables)
        implements ByEngine {}

    /**
     * Puts the host into a group of the run's inventory, which becomes a child of the parents.
     * Standard output is {@code new} where anything was.
     */
    record Join(String group, ImmutableList<String> parents) implements ByEngine {}

    /** Waits until the host can be reached and runs a shell. */
    record Await(Duration delay, Patience patience) implements ByEngine {}

    /**
     * Restarts the host and waits until it is up again. Standard output is {@code rebooted} once
     * the restart was begun.
     *
     * @param boot what tells one boot of the host from another
     * @param start what begins the restart
     * @param test what must succeed before the host counts as up
     * @param pause before the first look
     */
    record Reboot(Sh boot, Sh start, Sh test, Duration pause, Patience patience)
        implements ByEngine {}

    /**
     * How a host is waited for.
     *
     * @param connecting how long one try may take; empty for as long as elsewhere
     * @param between the pause between two tries
     * @param atMost after which it is given up
     */
    record Patience(Optional<Duration> connecting, Duration between, Duration atMost) {}
  }

  /** Where the bytes of a file come from. */
  sealed interface Source {

    /** The control side. */
    record Here(Content content) implements Source {}

    /** Another file on the host. */
    record There(String path) implements Source {}
  }
}
