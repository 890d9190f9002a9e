package dev.belay.modules;

import java.util.Locale;
import java.util.Optional;

/**
 * What a file's bytes must come to.
 *
 * @param program that makes the digits: {@code sha256sum}
 * @param digits in hexadecimal, where they are known
 * @param list where they are to be had, where they are not
 */
record Checksum(String program, Optional<String> digits, Optional<WebAddress> list) {

  /**
   * Reads {@code algorithm:digits} or {@code algorithm:URL}.
   *
   * @throws IllegalArgumentException where it is neither
   */
  static Checksum of(String text) {
    int colon = text.indexOf(':');
    String algorithm = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1).strip();
    int length =
        switch (algorithm) {
          case "md5" -> 32;
          case "sha1" -> 40;
          case "sha224" -> 56;
          case "sha256" -> 64;
          case "sha384" -> 96;
          case "sha512" -> 128;
          default -> 0;
        };
    if (length > 0 && rest.matches("(?i)https?://.*")) {
      WebAddress list = WebAddress.of("checksum", rest);
      return new Checksum(algorithm + "sum", Optional.empty(), Optional.of(list));
    } else if (length == 0 || !rest.matches("[0-9A-Fa-f]{" + length + "}")) {
      throw new IllegalArgumentException(
          "'checksum' must be algorithm:digits, as sha256:9f86…, or algorithm:URL, not '"
              + text
              + "'");
    }
    return new Checksum(
        algorithm + "sum", Optional.of(rest.toLowerCase(Locale.ROOT)), Optional.empty());
  }
}
