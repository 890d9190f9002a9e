package dev.belay.template;

/** Paths with drives, and separators of both kinds. */
final class WindowsPaths {
  private WindowsPaths() {}

  private static int driveEnd(String path) {
    return path.length() > 1 && path.charAt(1) == ':' ? 2 : 0;
  }

  private static int nameStart(String path) {
    return Math.max(driveEnd(path), Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  static String basename(String path) {
    return path.substring(nameStart(path));
  }

  static String dirname(String path) {
    int start = driveEnd(path);
    String head = path.substring(start, nameStart(path));
    String trimmed = head.replaceFirst("[/\\\\]+$", "");
    return path.substring(0, start) + (trimmed.isEmpty() ? head : trimmed);
  }

  static Tuple splitDrive(String path) {
    int end = driveEnd(path);
    return Tuple.of(path.substring(0, end), path.substring(end));
  }
}
