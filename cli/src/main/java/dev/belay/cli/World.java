package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import dev.belay.remote.SshEnvironment;
import dev.belay.vault.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is around the program: its environment and its outputs.
 *
 * @param environment the variables of the process
 * @param secrets what no output may show
 */
record World(Map<String, String> environment, PrintStream out, PrintStream err, Secrets secrets) {

  World(Map<String, String> environment, PrintStream out, PrintStream err) {
    this(environment, out, err, new Secrets());
  }

  /** Something that the user should know before a run begins. */
  void warn(String text) {
    err.println("[WARNING]: " + Visible.line(secrets.masked(text)));
  }

  /** A path as the user wrote it, where {@code ~} stands for the home folder. */
  String home(String path) {
    String home = variable("HOME").orElse(System.getProperty("user.home"));
    return path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  SshEnvironment ssh() {
    Path home = Path.of(variable("HOME").orElse(System.getProperty("user.home")));
    ImmutableList<Path> known =
        variable("BELAY_KNOWN_HOSTS")
            .map(file -> ImmutableList.of(Path.of(file)))
            .orElse(
                ImmutableList.of(
                    home.resolve(".ssh/known_hosts"), Path.of("/etc/ssh/ssh_known_hosts")));
    return new SshEnvironment(
        System.getProperty("user.name"),
        home,
        variable("SSH_AUTH_SOCK").map(Path::of).filter(Files::exists),
        known);
  }

  /** Whether somebody looks at standard error as it is written. */
  boolean hasTerminal() {
    try {
      Path error = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
      boolean terminal = error.startsWith("/dev/pts") || error.toString().startsWith("/dev/tty");
      return terminal && variable("TERM").filter(t -> !t.equals("dumb")).isPresent();
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether colours are wanted. */
  boolean colours() {
    boolean terminal =
        System.console() != null && variable("TERM").filter(t -> !t.equals("dumb")).isPresent();
    boolean forced =
        variable("ANSIBLE_FORCE_COLOR")
            .filter(word -> word.matches("(?i)1|true|yes|on|t|y"))
            .isPresent();
    return forced || terminal && variable("NO_COLOR").isEmpty();
  }
}
