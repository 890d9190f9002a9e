package dev.belay.cli;

import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that only its owner may read, and that is there as a whole or not at all: it is written
 * beside its place and moved there. What is there and is no file, a device or a pipe, is written to
 * and stays what it is.
 *
 * <p>Made before any host is contacted, so that a place where nothing can be written is known then.
 */
final class WholeFile implements AutoCloseable {
  static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final Path beside;

  private WholeFile(Path path, Path beside) {
    this.path = path;
    this.beside = beside;
  }

  static WholeFile at(Path path) {
    try {
      Path real = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      if (Files.exists(path) && (!Files.isRegularFile(path) || isOfTheSystem(path))) {
        return new WholeFile(path, path);
      }
      Path beside =
          Files.createTempFile(
              real.getParent(),
              ".belay-",
              ".tmp",
              PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      beside.toFile().deleteOnExit();
      return new WholeFile(real, beside);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** {@code /dev/stdout} may be a file, which is not ours to replace. */
  private static boolean isOfTheSystem(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith("/dev") || absolute.startsWith("/proc");
  }

  void write(String text) {
    try {
      Files.writeString(beside, text, StandardCharsets.UTF_8);
      if (!beside.equals(path)) {
        Files.move(
            beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Nothing is left where nothing was written. */
  @Override
  public void close() {
    try {
      if (!beside.equals(path)) {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw unwritable(beside, e);
    }
  }

  private static ProblemsException unwritable(Path path, IOException e) {
    return new ProblemsException(
        Position.of(path.toString()),
        "this file cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage(),
        "");
  }
}
