package dev.belay.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import dev.belay.module.BadArgumentsException;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads files of the control side that may be encrypted: what they hold is what is inside. What was
 * inside is a secret, line by line.
 *
 * @param vault what opens them; empty where they are taken as they are
 */
record SealedFiles(Optional<Vault> vault) {

  /** The bytes that a file holds. */
  ByteSource bytes(Path file) throws IOException {
    if (vault.isEmpty() || !Vault.isSealed(file)) {
      return MoreFiles.asByteSource(file);
    }
    try {
      byte[] inside = vault.get().open(Files.readAllBytes(file));
      vault.get().secrets().keep(new String(inside, UTF_8));
      return ByteSource.wrap(inside);
    } catch (IllegalArgumentException e) {
      throw new BadArgumentsException(ImmutableList.of(file + ": " + e.getMessage()));
    }
  }
}
