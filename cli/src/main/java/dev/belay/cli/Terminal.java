package dev.belay.cli;

import dev.belay.run.Asker;
import java.io.Console;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks on the terminal. Where standard output goes elsewhere the terminal itself is opened; where
 * standard input is none nobody is asked, but for passwords, of which a line is read.
 */
final class Terminal implements Asker {
  private static final Path DEVICE = Path.of("/dev/tty");

  private final World world;

  Terminal(World world) {
    this.world = world;
  }

  @Override
  public Optional<String> ask(String prompt, Echo echo) {
    return isTerminal(0) ? typed(prompt, echo) : Optional.empty();
  }

  /** A password that a flag asks for; a program may give it on standard input. */
  Optional<String> password(String prompt) {
    return isTerminal(0) ? typed(prompt, Echo.HIDDEN) : line(System.in);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String path = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return path.startsWith("/dev/pts/") || path.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  private Optional<String> typed(String prompt, Echo echo) {
    Console console = isTerminal(1) ? System.console() : null;
    if (console == null) {
      return onDevice(prompt, echo);
    } else if (echo == Echo.SHOWN) {
      return Optional.ofNullable(console.readLine("%s", prompt));
    }
    return Optional.ofNullable(console.readPassword("%s", prompt)).map(String::new);
  }

  private Optional<String> onDevice(String prompt, Echo echo) {
    try (InputStream in = new FileInputStream(DEVICE.toFile());
        OutputStream out = new FileOutputStream(DEVICE.toFile())) {
      out.write(prompt.getBytes(StandardCharsets.UTF_8));
      if (echo == Echo.SHOWN) {
        return line(in);
      }
      stty("-echo");
      try {
        return line(in);
      } finally {
        stty("echo");
        out.write('\n');
      }
    } catch (IOException e) {
      world.warn("the terminal cannot be asked on: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void stty(String word) throws IOException {
    Process process =
        new ProcessBuilder("stty", "-F", DEVICE.toString(), word)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("its echo cannot be switched");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Byte by byte: what follows is not ours to take. */
  private static Optional<String> line(InputStream in) {
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
    try {
      int c = in.read();
      if (c < 0) {
        return Optional.empty();
      }
      for (; c >= 0 && c != '\n'; c = in.read()) {
        line.write(c);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", ""));
  }
}
