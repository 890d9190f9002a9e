package dev.belay.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import com.google.common.io.BaseEncoding;
import java.util.List;
import java.util.Locale;

/**
 * What {@code ansible-vault} writes, taken apart: format 1.1, or 1.2 with a label.
 *
 * @param label which password it was made with; {@code default} where it does not say
 * @param mac over {@code sealed}, to be checked before anything is decrypted
 */
record VaultText(String label, byte[] salt, byte[] mac, byte[] sealed) {
  private static final String MARK = "$ANSIBLE_VAULT;";
  private static final int MAC_LENGTH = 32;

  /** Whether a text begins as all of them do. */
  static boolean begins(String text) {
    return text.startsWith(MARK);
  }

  /**
   * Takes a text apart.
   *
   * @throws IllegalArgumentException where it is none of them, or not whole
   */
  static VaultText parse(String text) {
    List<String> lines = Splitter.on('\n').trimResults().omitEmptyStrings().splitToList(text);
    if (lines.isEmpty() || !begins(lines.get(0))) {
      throw wrong("it does not begin with " + MARK);
    }
    List<String> head = Splitter.on(';').trimResults().splitToList(lines.get(0));
    String version = head.get(1);
    if (!version.equals("1.1") && !version.equals("1.2")) {
      throw wrong("its format '" + version + "' is neither 1.1 nor 1.2");
    } else if (head.size() < 3 || !head.get(2).equals("AES256")) {
      throw wrong("its cipher is not AES256");
    }
    String label = version.equals("1.2") && head.size() > 3 ? head.get(3) : "default";
    return body(label, String.join("", lines.subList(1, lines.size())));
  }

  /** Each part is in hexadecimal digits, and all of them are so once more. */
  private static VaultText body(String label, String digits) {
    List<String> parts = Splitter.on('\n').splitToList(new String(bytes(digits), UTF_8));
    if (parts.size() != 3) {
      throw wrong("it is cut off, or not whole");
    }
    VaultText read =
        new VaultText(label, bytes(parts.get(0)), bytes(parts.get(1)), bytes(parts.get(2)));
    if (read.mac.length != MAC_LENGTH || read.salt.length == 0 || read.sealed.length == 0) {
      throw wrong("it is cut off, or not whole");
    }
    return read;
  }

  private static byte[] bytes(String digits) {
    try {
      return BaseEncoding.base16().lowerCase().decode(digits.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong("it holds something else than hexadecimal digits");
    }
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("this vault text cannot be read: " + why);
  }
}
