package dev.belay.module;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * A path of the control side as a task names it. Nothing is looked for before the module asks: with
 * other arguments the same word may mean a path on the host.
 */
public interface ControlFile {

  /** As the user wrote it. */
  String name();

  /**
   * What is there: looked for in the role's folder {@code files} and the playbook's.
   *
   * @param links what becomes of symbolic links inside of a folder
   * @throws BadArgumentsException where there is nothing
   */
  Found find(Links links);

  /** What becomes of a symbolic link inside of a folder. */
  enum Links {
    /** What it leads to is taken, unless that is a folder that the link itself is in. */
    FOLLOWED,
    /** It is taken as a link. */
    KEPT
  }

  /**
   * The text that it renders to on this host, as a template: looked for in folders {@code
   * templates}.
   *
   * @param dest where the text will be, which the template may ask for
   * @throws BadArgumentsException where there is no such file
   */
  String render(TemplateSyntax syntax, String dest);

  /** Another path, looked for in the same places. */
  ControlFile called(String other);

  /** The file that {@link #render} reads, for its name and mode. */
  Found.File template();

  /** What is at a path of the control side. */
  sealed interface Found {
    String path();

    /**
     * A file.
     *
     * @param mode its permissions here, in octal digits
     */
    record File(String path, Content content, String mode) implements Found {}

    /** A folder, with all that is inside. */
    record Folder(String path, ImmutableList<Entry> entries) implements Found {}
  }

  /**
   * One thing inside of a folder.
   *
   * @param path relative to the folder
   * @param file empty for a folder or a link
   * @param link what a symbolic link leads to; empty for what is none
   */
  record Entry(String path, Optional<Found.File> file, Optional<String> link) {

    public boolean isFolder() {
      return file.isEmpty() && link.isEmpty();
    }
  }
}
