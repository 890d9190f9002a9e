package dev.belay.modules;

import com.google.common.base.Splitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a host cannot do without: a link, a deletion or another file here ends package managers and
 * logins. Paths are compared as the kernel takes them, so that no spelling gets around it.
 */
final class SystemPaths {
  private static final Pattern FILES =
      Pattern.compile(
          "/(usr/)?bin/(python3?|python3\\.[0-9]+|sh|bash|dash|busybox|env|sudo)"
              + "|/(usr/)?lib(32|64|x32)?/(.*/)?(ld-linux[^/]*|ld-musl[^/]*|ld-[0-9.]+\\.so|libc\\.so[^/]*|libc-[0-9.]+\\.so)");

  private static final Pattern FOLDERS =
      Pattern.compile(
          "/|/(bin|boot|dev|etc|home|lib|lib32|lib64|libx32|opt|proc|root|run|sbin|srv|sys|usr|var)"
              + "|/usr/(bin|sbin|lib|lib32|lib64|libx32|libexec|share|local)|/var/lib");

  private static final Pattern NEVER_WHOLE =
      Pattern.compile(
          "/|/(usr/)?(bin|sbin|lib|lib32|lib64|libx32)|/(boot|dev|etc|proc|run|sys|usr|var)");

  private SystemPaths() {}

  /** Of a relative path nothing can be said before the host has told where it is. */
  private static boolean fits(Pattern pattern, String path) {
    return path.startsWith("/") && pattern.matcher(plain(path)).matches();
  }

  /** The path without {@code .}, {@code ..} and doubled slashes; links are not looked at. */
  static String plain(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : Splitter.on('/').omitEmptyStrings().split(path)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /** Whether another file there would do harm. */
  static boolean isFile(String path) {
    return fits(FILES, path);
  }

  /** Whether a link there, or nothing, would do harm. */
  static boolean isAny(String path) {
    return isFile(path) || fits(FOLDERS, path);
  }

  /** Whether it is a folder whose contents must not all get the same owner or mode. */
  static boolean isNeverWhole(String path) {
    return fits(NEVER_WHOLE, path);
  }

  /** Why a path is left alone, where it is one of these. */
  static Optional<String> why(boolean dangerous, String path, String deed) {
    return dangerous
        ? Optional.of(
            "the host stands on '"
                + path
                + "': "
                + deed
                + " there is refused without force_system_path")
        : Optional.empty();
  }
}
