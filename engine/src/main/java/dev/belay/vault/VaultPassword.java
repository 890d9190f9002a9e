package dev.belay.vault;

/**
 * A password that opens vault texts: bytes, never printed.
 *
 * @param label the vault id that it is for
 */
public record VaultPassword(String label, byte[] secret) {
  @Override
  public String toString() {
    return label + ": (secret)";
  }
}
