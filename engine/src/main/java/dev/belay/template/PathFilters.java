package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Filters about paths. Those that look at the file system look at that of the control side, as
 * Ansible's do.
 */
final class PathFilters {
  private PathFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("basename", call -> basename(call.text()))
        .put("dirname", call -> dirname(call.text()))
        .put("splitext", call -> splitExtension(call.text()))
        .put("expanduser", call -> expandUser(call.text(), call))
        .put("expandvars", call -> call.text())
        .put("realpath", call -> real(call.text()))
        .put("relpath", call -> relative(call.text(), call.text(0, "start", ".")))
        .put("path_join", PathFilters::join)
        .put("commonpath", PathFilters::common)
        .put("normpath", call -> normal(call.text()))
        .put("win_basename", call -> basename(call.text().replace('\\', '/')))
        .put("win_dirname", call -> dirname(call.text().replace('\\', '/')).replace('/', '\\'))
        .put("win_splitdrive", PathFilters::splitDrive)
        .put("fileglob", PathFilters::glob)
        .buildOrThrow();
  }

  static String basename(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String dirname(String path) {
    String head = path.substring(0, path.lastIndexOf('/') + 1);
    boolean onlySlashes = head.chars().allMatch(c -> c == '/');
    return onlySlashes ? head : head.replaceFirst("/+$", "");
  }

  private static Object splitExtension(String path) {
    int dot = path.lastIndexOf('.');
    int start = path.lastIndexOf('/') + 1;
    boolean leading = path.substring(start, Math.max(start, dot)).chars().allMatch(c -> c == '.');
    return dot <= start || leading
        ? Tuple.of(path, "")
        : Tuple.of(path.substring(0, dot), path.substring(dot));
  }

  private static String expandUser(String path, Call call) {
    if (!path.equals("~") && !path.startsWith("~/")) {
      return path;
    }
    ImmutableList<Object> home =
        call.in().scope().lookup("env", ImmutableList.of("HOME"), ImmutableMap.of());
    return home.isEmpty()
        ? path
        : PythonText.str(home.get(0)).replaceFirst("/+$", "") + path.substring(1);
  }

  static String normal(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    String normal = Path.of(path).normalize().toString();
    return normal.isEmpty() ? "." : normal;
  }

  private static String real(String path) {
    Path absolute = Path.of(path).toAbsolutePath().normalize();
    for (Path at = absolute; at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return resolved(at, absolute);
      }
    }
    return absolute.toString();
  }

  private static String resolved(Path existing, Path whole) {
    try {
      return existing.toRealPath().resolve(existing.relativize(whole)).normalize().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String relative(String path, String start) {
    String relative =
        Path.of(start)
            .toAbsolutePath()
            .normalize()
            .relativize(Path.of(path).toAbsolutePath().normalize())
            .toString();
    return relative.isEmpty() ? "." : relative;
  }

  private static Object join(Call call) {
    List<?> parts = call.value() instanceof List<?> list ? list : List.of(call.value());
    String path = "";
    for (Object part : parts) {
      String text = PythonText.str(part);
      if (!(part instanceof String)) {
        throw new IllegalArgumentException("|path_join expects string or sequence");
      }
      path =
          text.startsWith("/") || path.isEmpty()
              ? text
              : path.endsWith("/") ? path + text : path + "/" + text;
    }
    return path;
  }

  private static Object common(Call call) {
    List<Path> paths =
        call.list().stream().map(each -> Path.of(PythonText.str(each)).normalize()).toList();
    Path common = paths.get(0);
    for (Path path : paths) {
      while (common != null && !path.startsWith(common)) {
        common = common.getParent();
      }
    }
    return common == null ? "" : common.toString();
  }

  private static Object splitDrive(Call call) {
    String path = call.text();
    return path.length() > 1 && path.charAt(1) == ':'
        ? Tuple.of(path.substring(0, 2), path.substring(2))
        : Tuple.of("", path);
  }

  private static Object glob(Call call) {
    return call.in().scope().lookup("fileglob", ImmutableList.of(call.text()), ImmutableMap.of());
  }
}
