package dev.belay.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A simulated host of the tests' own: an OpenSSH server with its own keys and port, in a mount
 * namespace with its own /etc, in which there is a user {@code ops} whose sudo wants the password
 * {@code ops-pass}. Gone when closed.
 */
final class Sshd implements AutoCloseable {
  private static final String PROGRAM = "/usr/sbin/sshd";

  /** Where no private /etc can be had the server runs all the same, and there is no ops. */
  private static final String HOST =
      """
      if mount --make-rprivate / && mkdir -p "$1/t" && mount -t tmpfs tmpfs "$1/t" && mkdir "$1/t/up" "$1/t/work" &&
        mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/t/up,workdir=$1/t/work" /etc &&
        useradd -M -d / -s /bin/sh ops && echo ops:ops-pass | chpasswd && mkdir -p /etc/sudoers.d &&
        echo 'ops ALL=(ALL) ALL' > /etc/sudoers.d/ops && chmod 440 /etc/sudoers.d/ops && command -v sudo
      then touch "$1/simulated"; fi
      exec /usr/sbin/sshd -D -e -f "$2"
      """;

  private final Process process;
  private final Path folder;
  private final int port;

  private Sshd(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  static Sshd startOrSkip(Path folder) throws IOException, InterruptedException {
    boolean root = System.getProperty("user.name").equals("root");
    boolean there = Files.isExecutable(Path.of(PROGRAM));
    if (!root || !there) {
      System.err.println(
          "SKIPPED: tests with a real sshd need "
              + (root ? "" : "root ")
              + (there ? "" : PROGRAM + " (openssh-server)"));
    }
    assumeTrue(root && there, "no root or no sshd");
    for (String key : new String[] {"host", "other", "client", "stranger"}) {
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve(key).toString());
    }
    Files.copy(folder.resolve("client.pub"), folder.resolve("authorized_keys"));
    Files.setPosixFilePermissions(
        folder.resolve("authorized_keys"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.createDirectories(Path.of("/run/sshd"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path settings = Files.writeString(folder.resolve("sshd_config"), settings(folder, port));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path host = Files.writeString(folder.resolve("host.sh"), HOST);
    Process process =
        new ProcessBuilder(
                "unshare",
                "-m",
                "--propagation",
                "unchanged",
                "sh",
                host.toString(),
                folder.toString(),
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Sshd sshd = new Sshd(process, folder, port);
    sshd.awaitListening();
    return sshd;
  }

  private static String settings(Path folder, int port) {
    return """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s/host
        AuthorizedKeysFile %s/authorized_keys
        StrictModes no
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PermitRootLogin yes
        PidFile none
        """
        .formatted(port, folder, folder);
  }

  private void awaitListening() throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IOException("sshd does not listen: " + Files.readString(folder.resolve("log")));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException(String.join(" ", command));
    }
  }

  /** Whether there is a user ops. */
  boolean hasOps() {
    return Files.exists(folder.resolve("simulated"));
  }

  int port() {
    return port;
  }

  Path clientKey() {
    return folder.resolve("client");
  }

  Path strangerKey() {
    return folder.resolve("stranger");
  }

  String hostKey() throws IOException {
    return key("host.pub");
  }

  String otherKey() throws IOException {
    return key("other.pub");
  }

  private String key(String file) throws IOException {
    String[] words = Files.readString(folder.resolve(file)).split(" ", -1);
    return words[0] + " " + words[1];
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
