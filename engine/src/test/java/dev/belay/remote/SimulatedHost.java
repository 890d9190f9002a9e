package dev.belay.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.shell.Sh;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A host of the tests' own that may be changed at will: this machine's files under an overlay, with
 * its own mounts and processes. The network is this machine's. Its kernel knobs, /proc/sys and
 * /sys, are plain files: copies of the machine's, and what a test puts there. Gone when closed.
 */
public final class SimulatedHost implements AutoCloseable {
  private static final long START_SECONDS = 20;

  private static final String START =
      """
      mount --make-rprivate / && mount -t tmpfs -o size=2g tmpfs "$1" && cd "$1" && mkdir up work root sys knobs &&
        mount -t overlay overlay -o lowerdir=/,upperdir=up,workdir=work root && mount -t proc proc root/proc &&
        mount --rbind /dev root/dev && mount -t tmpfs tmpfs root/tmp && chmod 1777 root/tmp && mount -t tmpfs tmpfs root/run || exit 1
      cp -r --no-preserve=all /proc/sys/. knobs 2>/dev/null
      mount --bind knobs root/proc/sys && mkdir -p sys/devices/system/cpu sys/devices/system/node sys/kernel/mm sys/kernel/security &&
        cp --no-preserve=all /sys/devices/system/cpu/online sys/devices/system/cpu/ && mount --bind sys root/sys || exit 1
      rm -f root/.dockerenv
      exec chroot root sleep 86400
      """;

  private final Process process;
  private final long pid;

  private SimulatedHost(Process process, long pid) {
    this.process = process;
    this.pid = pid;
  }

  /**
   * Starts one; the test is skipped, loudly, where none can be made: not root, or no namespaces.
   */
  public static SimulatedHost startOrSkip() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("simulated");
    Path log = Files.createTempFile("simulated", ".log");
    Process process =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                START,
                "sh",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Optional<Long> pid = awaitStart(process);
    if (pid.isEmpty()) {
      process.destroyForcibly();
      System.err.println(
          "SKIPPED: tests on simulated hosts need root and mount namespaces: "
              + Files.readString(log).strip());
    }
    Files.deleteIfExists(log);
    assumeTrue(pid.isPresent(), "no simulated host can be made");
    return new SimulatedHost(process, pid.get());
  }

  /** The process whose root is the host's; empty where it did not come up. */
  private static Optional<Long> awaitStart(Process process) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      Optional<ProcessHandle> inside = process.children().findFirst();
      if (inside.isPresent() && hasOwnRoot(inside.get().pid())) {
        return Optional.of(inside.get().pid());
      }
      Thread.sleep(5);
    }
    return Optional.empty();
  }

  private static boolean hasOwnRoot(long pid) {
    try {
      return !Files.isSameFile(Path.of("/proc/" + pid + "/root"), Path.of("/"));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The path by which this machine sees a file of the host, for reading. A link on the way that
   * begins with '/' would lead to this machine's own files, so nothing is written by it.
   */
  public Path path(String absolute) {
    return Path.of("/proc/" + pid + "/root" + absolute);
  }

  /** Writes a file on the host, from inside of it; its folders are made. */
  public void write(String absolute, String text) throws IOException, InterruptedException {
    feed(
        Sh.of("p={}; mkdir -p -- \"${p%/*}/\" && cat > \"$p\"", absolute).text(),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** A program on the host: a script under that path. */
  public void program(String absolute, String script) throws IOException, InterruptedException {
    write(absolute, "#!/bin/sh\n" + script + "\n");
    run(Sh.of("chmod 0755 -- {}", absolute).text());
  }

  public String read(String absolute) throws IOException, InterruptedException {
    return run(Sh.of("cat -- {}", absolute).text());
  }

  public boolean has(String absolute) throws IOException, InterruptedException {
    String answer =
        run(Sh.of("if [ -e {} ] || [ -L {} ]; then echo y; fi", absolute, absolute).text());
    return answer.startsWith("y");
  }

  /** Runs a script on the host as a person would, and gives all that it says; it must succeed. */
  public String run(String script) throws IOException, InterruptedException {
    return feed(script, new byte[0]);
  }

  private String feed(String script, byte[] input) throws IOException, InterruptedException {
    Process run = new ProcessBuilder(command(script)).redirectErrorStream(true).start();
    try (OutputStream in = run.getOutputStream()) {
      in.write(input);
    }
    String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (run.waitFor() != 0) {
      throw new IOException("status " + run.exitValue() + " of " + script + ": " + out);
    }
    return out;
  }

  /** Starts a script on the host; the caller ends it by closing its input. */
  public Process start(String script) throws IOException {
    return new ProcessBuilder(command(script)).redirectErrorStream(true).start();
  }

  /**
   * Lets processes of this machine see themselves in the host's /proc, as those of a container of
   * the host do: they can work under its root then, which {@link #path} gives.
   */
  public void showOurProcesses() throws IOException, InterruptedException {
    String script =
        "mkdir -p /run/k && mount --bind /proc/sys /run/k && mount -t proc proc /proc"
            + " && mount --bind /run/k /proc/sys";
    String[] whole = command(script);
    String[] outside =
        java.util.Arrays.stream(whole).filter(word -> !word.equals("--pid")).toArray(String[]::new);
    Process run = new ProcessBuilder(outside).redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (run.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  /** Connects to this host whatever the settings say of how to get there. */
  public Connector connector() {
    return settings ->
        new ShellConnection(new InsideTransport(settings.name()), settings.becomePassword());
  }

  private String[] command(String commandLine) {
    return new String[] {
      "nsenter",
      "--target",
      String.valueOf(pid),
      "--mount",
      "--pid",
      "--root",
      // "/" would be this machine's: it is opened before the root is changed.
      "--wd=/proc/" + pid + "/root",
      "/bin/sh",
      "-c",
      commandLine
    };
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private final class InsideTransport implements Transport {
    private final String name;

    InsideTransport(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public ShellStreams start(String commandLine) throws UnreachableException {
      try {
        return new LocalProcess(new ProcessBuilder(command(commandLine)).start());
      } catch (IOException e) {
        throw new UnreachableException(
            UnreachableException.Phase.CHANNEL, "no shell can be started: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {}
  }
}
