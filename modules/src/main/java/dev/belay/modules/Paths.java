package dev.belay.modules;

import com.google.common.collect.ImmutableSet;
import java.util.regex.Pattern;

/** Checks of the paths that playbooks give. */
final class Paths {
  /** What a host cannot do without: a link or a deletion here ends package managers and logins. */
  private static final Pattern SYSTEM =
      Pattern.compile(
          "/(usr/)?bin/(python3?|python3\\.[0-9]+|sh|bash|env|sudo)|/(usr/)?lib(32|64|x32)?/(.*/)?(ld-linux.*|libc\\.so.*)"
              + "|/|/(bin|boot|dev|etc|home|lib|lib64|opt|proc|root|run|sbin|srv|sys|usr|var)/?");

  private static final ImmutableSet<String> DANGEROUS_STATES =
      ImmutableSet.of("absent", "link", "hard");

  private Paths() {}

  /**
   * The path itself, where it is absolute.
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

  /** Whether the state would take away what the host stands on. */
  static boolean isDangerous(String path, String state) {
    return DANGEROUS_STATES.contains(state) && SYSTEM.matcher(path).matches();
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
