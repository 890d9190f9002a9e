package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of a file of known hosts.
 *
 * @param marker {@code @cert-authority} or {@code @revoked}; empty where there is none
 * @param hosts names and patterns, or one hashed name
 */
record KnownHost(String marker, String hosts, String type, String key) {
  private static final String HASHED = "|1|";

  /** Empty for a line that has no key. */
  static Optional<KnownHost> of(String line) {
    List<String> words =
        new ArrayList<>(Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().splitToList(line));
    if (words.isEmpty() || words.get(0).startsWith("#")) {
      return Optional.empty();
    }
    String marker = words.get(0).startsWith("@") ? words.remove(0) : "";
    return words.size() < 3
        ? Optional.empty()
        : Optional.of(new KnownHost(marker, words.get(0), words.get(1), words.get(2)));
  }

  boolean isHashed() {
    return hosts.startsWith(HASHED);
  }

  /** Whether it is about that host, which is in small letters. */
  boolean isOf(String host) {
    return isHashed() ? isHashOf(host) : fits(host);
  }

  private boolean isHashOf(String host) {
    List<String> parts = Splitter.on('|').splitToList(hosts);
    try {
      return parts.size() == 4
          && hash(Base64.getDecoder().decode(parts.get(2)), host).equals(parts.get(3));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  // HMAC-SHA1 is what OpenSSH reads.
  private static String hash(byte[] salt, String host) {
    byte[] hash =
        Hashing.hmacSha1(salt.length == 0 ? new byte[1] : salt).hashString(host, UTF_8).asBytes();
    return Base64.getEncoder().encodeToString(hash);
  }

  /** As OpenSSH reads a list of patterns: one that begins with '!' decides against it. */
  private boolean fits(String host) {
    boolean fits = false;
    for (String pattern : Splitter.on(',').split(hosts.toLowerCase(java.util.Locale.ROOT))) {
      boolean not = pattern.startsWith("!");
      if (glob(not ? pattern.substring(1) : pattern).matcher(host).matches()) {
        if (not) {
          return false;
        }
        fits = true;
      }
    }
    return fits;
  }

  private static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*+" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString().replace(".*+", ".*"));
  }

  /**
   * The line with the host's name hashed. The salt is made of the key and the name: it is written
   * beside the hash anyway, and so the same task makes the same line.
   */
  static String hashed(String line, String host) {
    byte[] salt =
        java.util.Arrays.copyOf(
            Hashing.sha256().hashString(host + "\n" + line, UTF_8).asBytes(), 20);
    String name = HASHED + Base64.getEncoder().encodeToString(salt) + "|" + hash(salt, host);
    List<String> words =
        new ArrayList<>(Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().splitToList(line));
    int at = !words.isEmpty() && words.get(0).startsWith("@") ? 1 : 0;
    if (at < words.size()) {
      words.set(at, name);
    }
    return String.join(" ", words);
  }

  /** Whether both say the same; how a hashed name was salted does not matter. */
  boolean isSame(KnownHost other) {
    boolean sameHosts = hosts.equals(other.hosts) || isHashed() && other.isHashed();
    return marker.equals(other.marker)
        && sameHosts
        && type.equals(other.type)
        && key.equals(other.key);
  }
}
