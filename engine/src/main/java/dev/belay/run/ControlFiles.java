package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.Content;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the files of the control side that tasks name: beside the playbook, in its {@code files}
 * folder first.
 */
final class ControlFiles {
  private final Path playbookFolder;

  ControlFiles(Path playbookFolder) {
    this.playbookFolder = playbookFolder;
  }

  /**
   * The file of that name; the role that the task is in is looked at first.
   *
   * @throws BadArgumentsException where there is none
   */
  Content find(String name, ImmutableList<Path> roles) {
    ImmutableList<Path> folders = folders(roles);
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return new Content(file.toString(), MoreFiles.asByteSource(file));
      }
    }
    throw new BadArgumentsException(
        ImmutableList.of("there is no file '" + name + "' here; looked in " + folders));
  }

  private ImmutableList<Path> folders(ImmutableList<Path> roles) {
    ImmutableList.Builder<Path> folders = ImmutableList.builder();
    roles.forEach(role -> folders.add(role.resolve("files"), role));
    return folders.add(playbookFolder.resolve("files"), playbookFolder).build();
  }
}
