package dev.belay.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * The filter {@code password_hash}: what {@code /etc/shadow} keeps of a password. The same as
 * {@code crypt(3)} gives, without a salt a new one each time.
 */
public final class PasswordHash {
  private static final Pattern NO_SALT = Pattern.compile("[^./0-9A-Za-z]");
  private static final String SALT =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Not written into the hash: what there are without a word. */
  private static final long USUAL_ROUNDS = 5000;

  private static final long FEWEST_ROUNDS = 1000;

  /** A second or two; one template must not take hours. */
  private static final long MOST_ROUNDS = 1_000_000;

  /** A way to hash: how it is marked, and the longest salt. */
  private record Way(String mark, int salt) {}

  private static final ImmutableMap<String, Way> WAYS =
      ImmutableMap.of(
          "sha512", new Way("$6$", 16),
          "sha256", new Way("$5$", 16),
          "md5", new Way("$1$", 8));

  private PasswordHash() {}

  static Object of(Call call) {
    Way way = way(call.text(0, "hashtype", "sha512"));
    return hash(call.text(), way.mark + rounds(call, way) + salt(call, way));
  }

  /**
   * The hash of a password with a salt.
   *
   * @throws IllegalArgumentException where there is no such type
   */
  public static String of(String password, String type, String salt) {
    return hash(password, way(type).mark + salt);
  }

  /** A new salt for a type. */
  public static String salt(String type) {
    return fresh(way(type).salt);
  }

  private static Way way(String type) {
    Way way = WAYS.get(type.replaceFirst("_crypt$", ""));
    if (way == null) {
      throw new IllegalArgumentException(
          "password_hash does not support '" + type + "' algorithm; it has sha512, sha256 and md5");
    }
    return way;
  }

  private static String hash(String password, String salted) {
    byte[] bytes = password.getBytes(UTF_8);
    return switch (salted.substring(0, 3)) {
      case "$6$" -> Sha2Crypt.sha512Crypt(bytes, salted);
      case "$5$" -> Sha2Crypt.sha256Crypt(bytes, salted);
      default -> Md5Crypt.md5Crypt(bytes, salted);
    };
  }

  private static String salt(Call call, Way way) {
    int size = Math.toIntExact(Math.min(Integer.MAX_VALUE, call.number(2, "salt_size", way.salt)));
    String given = call.text(1, "salt", "");
    String salt = given.isEmpty() ? fresh(Math.min(size, way.salt)) : given;
    if (NO_SALT.matcher(salt).find()) {
      throw new IllegalArgumentException("invalid characters in salt");
    } else if (salt.length() > size) {
      throw new IllegalArgumentException("invalid salt size");
    }
    return salt;
  }

  private static String fresh(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("invalid salt size");
    }
    StringBuilder salt = new StringBuilder();
    RANDOM.ints(size, 0, SALT.length()).forEach(at -> salt.append(SALT.charAt(at)));
    return salt.toString();
  }

  private static String rounds(Call call, Way way) {
    Optional<Object> given = call.find(3, "rounds").filter(value -> Python.truth(value));
    long rounds = call.number(3, "rounds", USUAL_ROUNDS);
    if (given.isEmpty() || rounds == USUAL_ROUNDS) {
      return "";
    } else if (way.mark.equals("$1$")) {
      throw new IllegalArgumentException("md5 has no 'rounds'");
    } else if (rounds < FEWEST_ROUNDS || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException(
          "'rounds' is from " + FEWEST_ROUNDS + " to " + MOST_ROUNDS + ", not " + rounds);
    }
    return "rounds=" + rounds + "$";
  }
}
