package dev.belay.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A command on the control side, asked for by the user's own playbook or inventory. */
final class ControlCommand {
  /** A lookup that says nothing for so long has hung. */
  private static final long LIMIT_SECONDS = 300;

  private ControlCommand() {}

  /**
   * What it says on standard output, without the line ends behind it.
   *
   * @throws IOException where it cannot be run, does not end, or ends with another status than 0
   */
  static String run(String command, Path folder) throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!ended(process)) {
      process.destroyForcibly();
      throw new IOException("did not end within " + LIMIT_SECONDS + " s");
    } else if (process.exitValue() != 0) {
      throw new IOException("returned " + process.exitValue());
    }
    return out.stripTrailing();
  }

  private static boolean ended(Process process) throws IOException {
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("was interrupted", e);
    }
  }
}
