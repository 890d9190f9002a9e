package dev.belay.cli;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An {@code ansible.cfg}: sections with {@code key = value}, where lines that are indented go on
 * the value before.
 *
 * @param path where it was found; relative paths in it start at its folder
 */
record ConfigFile(Path path, List<Entry> entries) {

  /** One setting in it. */
  record Entry(String section, String key, String value, Position at) {}

  /** The file that counts: the first that there is, as Ansible looks for it. */
  static Optional<Path> find(World world) {
    Optional<String> named = world.variable("ANSIBLE_CONFIG");
    if (named.isPresent()) {
      Path path = Path.of(world.home(named.get()));
      return Optional.of(Files.isDirectory(path) ? path.resolve("ansible.cfg") : path)
          .filter(Files::isReadable);
    }
    Path here = Path.of("").toAbsolutePath();
    Path own = here.resolve("ansible.cfg");
    if (Files.isReadable(own) && isWritableByAll(here)) {
      world.warn(
          here
              + " can be written to by anybody, so its ansible.cfg is not read; name it by ANSIBLE_CONFIG if you trust it");
    } else if (Files.isReadable(own)) {
      return Optional.of(own);
    }
    return Stream.of(Path.of(world.home("~/.ansible.cfg")), Path.of("/etc/ansible/ansible.cfg"))
        .filter(Files::isReadable)
        .findFirst();
  }

  private static boolean isWritableByAll(Path folder) {
    try {
      return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Reads one.
   *
   * @throws ProblemsException where it is not of that form
   */
  static ConfigFile read(Path path) {
    try {
      return new ConfigFile(path, new Reader(path.toString()).read(Files.readAllLines(path)));
    } catch (IOException e) {
      throw new ProblemsException(
          Position.of(path.toString()),
          "this file of settings cannot be read: " + e.getMessage(),
          "");
    }
  }

  /** Goes through its lines. */
  private static final class Reader {
    private final String file;
    private final List<Entry> entries = new ArrayList<>();
    private String section = "";

    Reader(String file) {
      this.file = file;
    }

    List<Entry> read(List<String> lines) {
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).replaceFirst("(^|\\s);.*", "");
        boolean empty = line.isBlank() || line.strip().startsWith("#");
        if (!empty && Character.isWhitespace(line.charAt(0)) && !entries.isEmpty()) {
          goOn(line.strip());
        } else if (!empty) {
          line(line.strip(), new Position(file, i + 1, 1));
        }
      }
      return List.copyOf(entries);
    }

    private void goOn(String more) {
      Entry last = entries.remove(entries.size() - 1);
      entries.add(new Entry(last.section, last.key, (last.value + "\n" + more).strip(), last.at));
    }

    private void line(String line, Position at) {
      int separator = firstOf(line);
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1);
      } else if (separator < 1 || section.isEmpty()) {
        throw new ProblemsException(
            at, "a line of ansible.cfg is 'key = value', inside of a '[section]'", "mend it");
      } else {
        String key = line.substring(0, separator).strip().toLowerCase(java.util.Locale.ROOT);
        entries.add(new Entry(section, key, line.substring(separator + 1).strip(), at));
      }
    }

    private static int firstOf(String line) {
      int equals = line.indexOf('=');
      int colon = line.indexOf(':');
      return equals < 0 || colon >= 0 && colon < equals ? colon : equals;
    }
  }
}
