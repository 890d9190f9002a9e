package dev.belay.modules;

/** Paths on a host. */
final class Paths {
  private Paths() {}

  /**
   * The path itself, where it is absolute, without slashes at its end: with them a link would be
   * taken for the folder that it leads to.
   *
   * @throws IllegalArgumentException where it is not
   */
  static String absolute(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "'" + path + "' must be an absolute path: begin it with '/'");
    }
    boolean onlyRoot = path.chars().allMatch(c -> c == '/');
    return onlyRoot ? "/" : path.replaceAll("/+$", "");
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A path inside of a folder. */
  static String inside(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }
}
