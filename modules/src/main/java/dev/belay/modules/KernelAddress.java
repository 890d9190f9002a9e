package dev.belay.modules;

import com.google.common.base.Strings;
import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.util.Locale;

/**
 * An address in the digits of {@code /proc/net/tcp} and {@code tcp6}, on little-endian machines.
 */
final class KernelAddress {
  private static final int WORD = 8;

  private KernelAddress() {}

  /**
   * The digits; those of an IPv4 address are eight.
   *
   * @throws IllegalArgumentException where it is no address
   */
  static String of(String address, String parameter) {
    if (!InetAddresses.isInetAddress(address)) {
      throw new IllegalArgumentException(
          "'" + parameter + "' takes addresses, and '" + address + "' is none");
    }
    boolean isLong = address.contains(":") && !address.contains(".");
    BigInteger number = InetAddresses.toBigInteger(InetAddresses.forString(address));
    String hex =
        Strings.padStart(number.toString(16), isLong ? 32 : 8, '0').toUpperCase(Locale.ROOT);
    StringBuilder digits = new StringBuilder();
    for (int word = 0; word < hex.length(); word += WORD) {
      for (int at = word + WORD - 2; at >= word; at -= 2) {
        digits.append(hex, at, at + 2);
      }
    }
    return digits.toString();
  }
}
