package dev.belay.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts of an inventory, each of which another process takes care of.
 *
 * <p>Which part a host belongs to hangs on its name and on the number of parts, and on nothing
 * else: it stays where it is when others come and go. Where the number grows by one, only the hosts
 * of the new part move. Processes of different versions must agree, so the numbers are a contract:
 * Guava's consistent hash of the first eight bytes, as a little-endian number, of the name's
 * SHA-256.
 *
 * @param index which part, from 1
 * @param count how many parts there are
 */
public record Shard(int index, int count) {
  /** More processes than this are a slip of the keyboard. */
  public static final int COUNT_LIMIT = 100_000;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})/([0-9]{1,9})");

  public Shard {
    if (count < 1 || count > COUNT_LIMIT || index < 1 || index > count) {
      throw new IllegalArgumentException(
          "'"
              + index
              + "/"
              + count
              + "' is no shard; there may be 1 to "
              + COUNT_LIMIT
              + " of them, and the first one of four is 1/4");
    }
  }

  /**
   * Reads {@code 2/8}.
   *
   * @throws IllegalArgumentException for anything else; the text says what to write
   */
  public static Shard parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no shard; write which one and how many there are, as 1/4");
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether the host is in this part. */
  public boolean has(String host) {
    return of(host, count) == index;
  }

  /** Whether there are other parts. */
  public boolean isPart() {
    return count > 1;
  }

  private static int of(String host, int count) {
    return Hashing.consistentHash(Hashing.sha256().hashString(host, UTF_8), count) + 1;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
