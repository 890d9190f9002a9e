package dev.belay.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens vault texts with the JDK's own cryptography. Keys come of the password by PBKDF2 over
 * HMAC-SHA-256; written out here, for a password is bytes and the JDK's own takes characters.
 */
final class VaultCipher {
  private static final String HMAC = "HmacSHA256";
  private static final int ROUNDS = 10_000;
  private static final int KEY = 32;
  private static final int BLOCK = 16;

  private VaultCipher() {}

  /** What is inside; empty where the password is another one, or the text was changed. */
  static Optional<byte[]> open(VaultText text, byte[] password) {
    try {
      byte[] keys = derived(password, text.salt(), 2 * KEY + BLOCK);
      byte[] mac = hmac(Arrays.copyOfRange(keys, KEY, 2 * KEY)).doFinal(text.sealed());
      if (!MessageDigest.isEqual(mac, text.mac())) {
        return Optional.empty();
      }
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(keys, 0, KEY, "AES"),
          new IvParameterSpec(keys, 2 * KEY, BLOCK));
      return Optional.of(unpadded(cipher.doFinal(text.sealed())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES and HMAC-SHA-256", e);
    }
  }

  private static Mac hmac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac;
  }

  private static byte[] derived(byte[] password, byte[] salt, int length)
      throws GeneralSecurityException {
    Mac mac = hmac(password);
    ByteBuffer derived = ByteBuffer.allocate(length + KEY);
    for (int block = 1; derived.position() < length; block++) {
      mac.update(salt);
      byte[] round = mac.doFinal(ByteBuffer.allocate(4).putInt(block).array());
      byte[] sum = round.clone();
      for (int i = 1; i < ROUNDS; i++) {
        round = mac.doFinal(round);
        for (int j = 0; j < sum.length; j++) {
          sum[j] ^= round[j];
        }
      }
      derived.put(sum);
    }
    return Arrays.copyOf(derived.array(), length);
  }

  /** The last byte says how many there are of it. */
  private static byte[] unpadded(byte[] padded) {
    int padding = padded[padded.length - 1];
    return padding < 1 || padding > BLOCK || padding > padded.length
        ? padded
        : Arrays.copyOf(padded, padded.length - padding);
  }
}
