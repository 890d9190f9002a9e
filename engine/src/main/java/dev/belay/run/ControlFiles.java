package dev.belay.run;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteSource;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.Content;
import dev.belay.module.ControlFile;
import dev.belay.module.ControlPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the files of the control side that tasks name: in the folder for their kind, {@code files}
 * or {@code templates}, of the role that the task is in, or beside the playbook.
 */
final class ControlFiles {
  private static final String FILES = "files";

  private final Path playbookFolder;
  private final SealedFiles reading;
  private final String managed;

  ControlFiles(Path playbookFolder, SealedFiles reading, String managed) {
    this.managed = managed;
    this.reading = reading;
    this.playbookFolder = playbookFolder;
  }

  /**
   * The file of that name; the role that the task is in is looked at first.
   *
   * @throws BadArgumentsException where there is none
   */
  Content find(String name, ImmutableList<Path> roles) {
    return folders(FILES, roles).stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(file -> new Content(file.toString(), bytes(file)))
        .orElseThrow(() -> missing(name, folders(FILES, roles)));
  }

  /** The same files as they are, encrypted ones too. */
  ControlFiles asTheyAre() {
    return new ControlFiles(playbookFolder, new SealedFiles(Optional.empty()), managed);
  }

  /** What a file holds. */
  ByteSource bytes(Path file) {
    try {
      return reading.bytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What templates have as {@code ansible_managed}. */
  String managed() {
    return managed;
  }

  /** A file, with its mode. */
  ControlFile.Found.File file(Path path) throws IOException {
    return ControlFolder.file(path, reading);
  }

  /**
   * What is there under that name, a file or a folder.
   *
   * @throws BadArgumentsException where there is nothing
   */
  ControlFile.Found find(String name, ImmutableList<Path> roles, ControlFile.Links links) {
    Path path = path(name, FILES, roles);
    try {
      return Files.isDirectory(path)
          ? new ControlFile.Found.Folder(
              path.toString(), ControlFolder.entries(path, links, reading))
          : ControlFolder.file(path, reading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The template of that name.
   *
   * @throws BadArgumentsException where there is none
   */
  Path template(String name, ImmutableList<Path> roles) {
    return path(name, "templates", roles);
  }

  /** A template that another one, which is in {@code folder}, names. */
  Optional<Path> included(String name, ImmutableList<Path> roles, Path folder) {
    return ImmutableList.<Path>builder()
        .addAll(folders("templates", roles))
        .add(folder.resolve("templates"), folder)
        .build()
        .stream()
        .map(each -> each.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** A place that a host's files are brought to; a relative name begins at the playbook. */
  ControlPlace place(String name, String host) {
    return new PlaceHere(name, host, playbookFolder.toAbsolutePath());
  }

  private Path path(String name, String kind, ImmutableList<Path> roles) {
    return folders(kind, roles).stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> missing(name, folders(kind, roles)));
  }

  private static BadArgumentsException missing(String name, ImmutableList<Path> folders) {
    return new BadArgumentsException(
        ImmutableList.of("there is no file '" + name + "' here; looked in " + folders));
  }

  private ImmutableList<Path> folders(String kind, ImmutableList<Path> roles) {
    ImmutableList.Builder<Path> folders = ImmutableList.builder();
    roles.forEach(role -> folders.add(role.resolve(kind), role));
    return folders.add(playbookFolder.resolve(kind), playbookFolder).build().stream()
        .map(Path::toAbsolutePath)
        .collect(toImmutableList());
  }
}
