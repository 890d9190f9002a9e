package dev.belay.cli;

import dev.belay.module.Step.ByEngine.Echo;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who sits in front of a run, if anybody does. */
interface Operator {

  /** What is typed up to the end of the line; empty where nobody can type. */
  Optional<String> line(Echo echo);

  /** Nobody. */
  static Operator nobody() {
    return echo -> Optional.empty();
  }

  /** Whoever is at the terminal of standard input. */
  static Operator atTerminal() {
    return echo -> isTerminal() ? Optional.of(typed(echo)) : Optional.empty();
  }

  private static boolean isTerminal() {
    try {
      String input = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static String typed(Echo echo) {
    Console console = System.console();
    if (console != null && echo == Echo.HIDDEN) {
      char[] hidden = console.readPassword();
      return hidden == null ? "" : new String(hidden);
    }
    StringBuilder line = new StringBuilder();
    try {
      java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
      for (int b = System.in.read(); b >= 0 && b != '\n'; b = System.in.read()) {
        bytes.write(b);
      }
      line.append(bytes.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The terminal is gone: nothing more is typed.
    }
    return line.toString();
  }
}
