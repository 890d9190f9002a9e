package dev.belay.template;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filters about paths. Those that look at the file system look at that of the control side, as
 * Ansible's do.
 */
final class PathFilters {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{([^}]*)\\})");

  private PathFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("basename", call -> basename(call.string()))
        .put("dirname", call -> dirname(call.string()))
        .put("splitext", call -> splitExtension(call.string()))
        .put("expanduser", call -> expandUser(call.string(), call))
        .put("expandvars", PathFilters::expandVariables)
        .put("realpath", call -> real(call.string()))
        .put("relpath", call -> relative(call.string(), call.text(0, "start", ".")))
        .put("path_join", PathFilters::join)
        .put("commonpath", PathFilters::common)
        .put("normpath", call -> normal(call.string()))
        .put("win_basename", call -> WindowsPaths.basename(call.string()))
        .put("win_dirname", call -> WindowsPaths.dirname(call.string()))
        .put("win_splitdrive", call -> WindowsPaths.splitDrive(call.string()))
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

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("this is no path: " + e.getReason(), e);
    }
  }

  /** Names with a {@code $} that the environment lacks stay as they are. */
  private static Object expandVariables(Call call) {
    Matcher name = VARIABLE.matcher(call.string());
    StringBuilder text = new StringBuilder();
    while (name.find()) {
      String word = name.group(1) == null ? name.group(2) : name.group(1);
      ImmutableList<Object> found =
          call.in()
              .scope()
              .lookup("env", ImmutableList.of(word), ImmutableMap.of("default", name.group()));
      name.appendReplacement(
          text, Matcher.quoteReplacement(found.isEmpty() ? "" : PythonText.str(found.get(0))));
    }
    return name.appendTail(text).toString();
  }

  static String normal(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    String normal = path(path).normalize().toString();
    return normal.isEmpty() ? "." : normal;
  }

  private static String real(String path) {
    Path absolute = path(path).toAbsolutePath().normalize();
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
      throw new IllegalArgumentException(existing + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String relative(String path, String start) {
    String relative =
        path(start)
            .toAbsolutePath()
            .normalize()
            .relativize(path(path).toAbsolutePath().normalize())
            .toString();
    return relative.isEmpty() ? "." : relative;
  }

  private static Object join(Call call) {
    List<?> parts = call.value() instanceof List<?> list ? list : List.of(call.value());
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("|path_join needs at least one part");
    }
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
        call.list().stream().map(each -> path(PythonText.str(each)).normalize()).toList();
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("commonpath() arg is an empty sequence");
    }
    Path common = paths.get(0);
    for (Path path : paths) {
      while (common != null && !path.startsWith(common)) {
        common = common.getParent();
      }
    }
    return common == null ? "" : common.toString();
  }

  private static Object glob(Call call) {
    return call.in().scope().lookup("fileglob", ImmutableList.of(call.text()), ImmutableMap.of());
  }
}
