package dev.belay.modules;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL, with what it says of a user kept apart: neither messages nor results nor command lines may
 * show a password.
 *
 * @param text without user and password
 * @param login as {@code user:password}, where the URL has one
 */
record WebAddress(String text, Optional<String> login) {
  private static final Pattern FORM =
      Pattern.compile(
          "(https?)://(?:([^/?#@]*)@)?([^/?#@\\s]+(?:[/?#]\\S*)?)", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a URL.
   *
   * @param name of the parameter, for the message
   * @throws IllegalArgumentException where it is none that is fetched from
   */
  static WebAddress of(String name, String url) {
    Matcher parts = FORM.matcher(url);
    if (!parts.matches() || url.chars().anyMatch(c -> c < ' ' || "'\"\\".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "'" + name + "' must begin with http:// or https:// and hold no spaces or quotes");
    }
    return new WebAddress(
        parts.group(1).toLowerCase(Locale.ROOT) + "://" + parts.group(3),
        Optional.ofNullable(parts.group(2))
            .map(login -> login.contains(":") ? login : login + ":")
            .map(login -> decoded(login)));
  }

  /** With each {@code %41} made the byte that it stands for. */
  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int to = 0;
    for (int from = 0; from < bytes.length; from++) {
      boolean escape =
          bytes[from] == '%'
              && from + 2 < bytes.length
              && Character.digit(bytes[from + 1], 16) >= 0
              && Character.digit(bytes[from + 2], 16) >= 0;
      bytes[to++] =
          escape
              ? (byte)
                  (Character.digit(bytes[from + 1], 16) * 16 + Character.digit(bytes[from + 2], 16))
              : bytes[from];
      from += escape ? 2 : 0;
    }
    return new String(bytes, 0, to, StandardCharsets.UTF_8);
  }

  boolean isSecure() {
    return text.startsWith("https:");
  }

  /** Whether it has a part that often holds a key. */
  boolean hasQuery() {
    return text.indexOf('?') >= 0;
  }

  /** The last part of the path; empty where the path ends with a slash. */
  String name() {
    String path = text.replaceFirst("[?#].*", "");
    int host = path.indexOf("://") + 3;
    return path.indexOf('/', host) < 0 ? "" : Paths.name(path);
  }

  /** Without the query too, for reports: it may hold a key. */
  @Override
  public String toString() {
    return text.replaceFirst("[?].*", "?…");
  }
}
