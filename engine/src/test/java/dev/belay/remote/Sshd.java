package dev.belay.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** An OpenSSH server of the tests' own: its keys, its port, its settings, gone when closed. */
final class Sshd implements AutoCloseable {
  private static final String PROGRAM = "/usr/sbin/sshd";

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
        folder.resolve("authorized_keys"), PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(Path.of("/run/sshd"));
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path settings = Files.writeString(folder.resolve("sshd_config"), settings(folder, port));
    Process process =
        new ProcessBuilder(PROGRAM, "-D", "-e", "-f", settings.toString())
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
