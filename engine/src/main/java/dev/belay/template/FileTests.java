package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Tests about files of the control side. */
final class FileTests {
  private FileTests() {}

  static ImmutableMap<String, Operation> all() {
    Operation directory = call -> !call.text().isEmpty() && Files.isDirectory(path(call));
    Operation file = call -> Files.isRegularFile(path(call));
    Operation link = call -> Files.isSymbolicLink(path(call));
    Operation mount = call -> isMount(path(call));
    Operation same = call -> isSame(path(call), path(call.about(call.need(0, "other"))));
    return ImmutableMap.<String, Operation>builder()
        .put("directory", directory)
        .put("is_dir", directory)
        .put("file", file)
        .put("is_file", file)
        .put("link", link)
        .put("is_link", link)
        .put("exists", call -> !call.text().isEmpty() && Files.exists(path(call)))
        .put("link_exists", call -> Files.exists(path(call), LinkOption.NOFOLLOW_LINKS))
        .put("abs", call -> call.text().startsWith("/"))
        .put("is_abs", call -> call.text().startsWith("/"))
        .put("mount", mount)
        .put("is_mount", mount)
        .put("same_file", same)
        .put("is_same_file", same)
        .buildOrThrow();
  }

  private static Path path(Call call) {
    try {
      return Path.of(call.string());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("this is no path: " + e.getReason(), e);
    }
  }

  private static boolean isMount(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    try {
      return Files.isDirectory(path)
          && (parent == null || !Files.getFileStore(path).equals(Files.getFileStore(parent)));
    } catch (IOException e) {
      throw new IllegalArgumentException(path + " cannot be looked at: " + e.getMessage(), e);
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      throw new IllegalArgumentException("no such file: " + e.getMessage(), e);
    }
  }
}
