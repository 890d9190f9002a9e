package dev.belay.modules;

/** Paths on a host. */
final class Paths {
  private Paths() {}

  /**
   * A path as a task writes it. One that is not absolute counts from the folder in which the host's
   * shell starts, and gets {@code ./} in front: so it has a folder, and none begins with a dash. As
   * of an absolute one, the slashes at its end go.
   *
   * @throws IllegalArgumentException where it is a home of somebody
   */
  static String onHost(String path) {
    if (path.isEmpty() || path.startsWith("/") || path.startsWith("~")) {
      return absolute(path);
    }
    return "./" + path.replaceAll("/+$", "");
  }

  /**
   * The same with one slash at its end, where it has one: then what a link there leads to is meant.
   */
  static String onHostSlashed(String path) {
    String plain = onHost(path);
    return path.endsWith("/") && !plain.endsWith("/") ? plain + "/" : plain;
  }

  /** What a task wrote, of what {@link #onHost} made of it. */
  static String shown(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }

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
