package dev.belay.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The root of a host's files, seen from a container of that host: commands of local connections run
 * inside of it, as if somebody had logged in there. So the host needs nothing that the container
 * has, and the environment of the container is no part of what they see.
 *
 * @param path absolute
 */
public record HostRoot(Path path) {
  private static final ImmutableList<String> PROGRAMS =
      ImmutableList.of("/usr/sbin/chroot", "/usr/bin/chroot", "/sbin/chroot", "/bin/chroot");

  /** What a login as root has. */
  private static final ImmutableMap<String, String> ENVIRONMENT =
      ImmutableMap.of(
          "HOME", "/root",
          "USER", "root",
          "LOGNAME", "root",
          "SHELL", "/bin/sh",
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

  private static final long START_SECONDS = 10;

  /**
   * A root in which a shell starts: one is started to see.
   *
   * @throws IllegalArgumentException where none does; the text says why
   */
  public static HostRoot at(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("'" + folder + "' is no folder");
    }
    HostRoot root = new HostRoot(folder.toAbsolutePath().normalize());
    root.refuseWithoutShell();
    return root;
  }

  private void refuseWithoutShell() {
    try {
      Process shell = command("exit 0").redirectErrorStream(true).start();
      shell.getOutputStream().close();
      if (!shell.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        shell.destroyForcibly();
        throw new IllegalArgumentException("no shell starts in '" + path + "'");
      }
      String said = new String(shell.getInputStream().readAllBytes(), UTF_8).strip();
      if (shell.exitValue() != 0) {
        throw new IllegalArgumentException("no shell starts in '" + path + "': " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("interrupted while a shell was started", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no shell can be started in '" + path + "': " + e.getMessage(), e);
    }
  }

  /** Whether the kernel's view of the host is there: without it hardly anything can be asked. */
  public boolean hasProcesses() {
    return Files.exists(path.resolve("proc/self"));
  }

  /** What starts a shell with that command line inside. */
  ProcessBuilder command(String commandLine) throws IOException {
    String program =
        PROGRAMS.stream()
            .filter(each -> Files.isExecutable(Path.of(each)))
            .findFirst()
            .orElseThrow(() -> new IOException("there is no 'chroot' here"));
    ProcessBuilder shell =
        new ProcessBuilder(program, path.toString(), "/bin/sh", "-c", commandLine);
    shell.environment().clear();
    shell.environment().putAll(ENVIRONMENT);
    return shell;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
