package dev.belay.modules;

import dev.belay.module.Args;
import dev.belay.module.Content;
import dev.belay.module.Parameter;
import dev.belay.module.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files of the control side that are encrypted with Ansible's vault. */
final class Encrypted {
  private static final String HEADER = "$ANSIBLE_VAULT;";

  static final Parameter DECRYPT =
      Parameter.optional(
              "decrypt",
              Type.FLAG,
              "A file that is encrypted with the vault is refused; false takes its bytes as they are.")
          .defaultsTo(true);

  private Encrypted() {}

  /**
   * The content, where nothing has to be decrypted.
   *
   * @throws IllegalArgumentException where it is encrypted and is to be decrypted
   */
  static Content refused(Args args, Content content) {
    if (args.flag("decrypt") && isEncrypted(content)) {
      throw new IllegalArgumentException(
          content.name()
              + " is encrypted with the vault, and cannot be decrypted here; 'decrypt: false' takes it as it is");
    }
    return content;
  }

  private static boolean isEncrypted(Content content) {
    try {
      byte[] start = content.bytes().slice(0, HEADER.length()).read();
      return new String(start, StandardCharsets.US_ASCII).equals(HEADER);
    } catch (IOException e) {
      throw new UncheckedIOException(content.name(), e);
    }
  }
}
