package dev.belay.vault;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens what {@code ansible-vault} has encrypted, with the passwords that the user gave. What it
 * opens is a secret: it goes to {@link #secrets}, so that no output shows it.
 *
 * <p>It only reads. Encrypting, and changing passwords, is {@code ansible-vault}'s.
 */
public final class Vault {
  /** In bytes: what tells an encrypted file from others. */
  private static final int HEAD = 32;

  private final ImmutableList<VaultPassword> passwords;
  private final Secrets secrets;
  private final Map<String, byte[]> opened = new ConcurrentHashMap<>();
  private final Set<String> values = ConcurrentHashMap.newKeySet();

  /** One with these passwords, in the order in which they are tried. */
  public Vault(List<VaultPassword> passwords, Secrets secrets) {
    this.passwords = ImmutableList.copyOf(passwords);
    this.secrets = secrets;
  }

  /** One that opens nothing: no password was given. */
  public static Vault locked() {
    return new Vault(ImmutableList.of(), new Secrets());
  }

  /** Where it tells what must not be shown. */
  public Secrets secrets() {
    return secrets;
  }

  /** Whether a file that begins so is encrypted as a whole. */
  public static boolean isSealed(byte[] content) {
    int length = Math.min(content.length, HEAD);
    return VaultText.begins(new String(content, 0, length, UTF_8));
  }

  /** The same of a file that is there. */
  public static boolean isSealed(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return isSealed(in.readNBytes(HEAD));
    }
  }

  /**
   * What a file says: what is inside where it is encrypted, else its content itself.
   *
   * @throws IllegalArgumentException where it cannot be opened, with what to do
   */
  public byte[] clear(byte[] content) {
    return isSealed(content) ? open(content) : content;
  }

  /**
   * What is inside of an encrypted file.
   *
   * @throws IllegalArgumentException where it cannot be opened, with what to do
   */
  public byte[] open(byte[] content) {
    return open(new String(content, UTF_8));
  }

  /**
   * The text inside of an encrypted value, opened once, when it is first asked for.
   *
   * @return one that throws IllegalArgumentException where it cannot be opened
   */
  public Supplier<String> value(String text) {
    return Suppliers.memoize(
        () -> {
          String opened = text(open(text));
          secrets.keep(opened);
          values.add(opened);
          return opened;
        });
  }

  /** Whether a text was in an encrypted value that has been opened. */
  public boolean hasGiven(String text) {
    return values.contains(text);
  }

  private static String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("what is inside of this vault text is not in UTF-8");
    }
  }

  private byte[] open(String text) {
    return opened.computeIfAbsent(text.strip(), this::fresh).clone();
  }

  private byte[] fresh(String text) {
    VaultText parsed = VaultText.parse(text);
    if (passwords.isEmpty()) {
      throw new IllegalArgumentException(
          "Attempting to decrypt, and no vault password was given; use --vault-id, --vault-password-file or --ask-vault-pass");
    }
    return candidates(parsed.label())
        .map(password -> VaultCipher.open(parsed, password.secret()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(refused(parsed.label())));
  }

  /** The one of that label first; the others too, for labels are only hints. */
  private Stream<VaultPassword> candidates(String label) {
    return Stream.concat(
        passwords.stream().filter(password -> password.label().equals(label)),
        passwords.stream().filter(password -> !password.label().equals(label)));
  }

  private String refused(String label) {
    String tried =
        passwords.stream().map(VaultPassword::label).collect(toImmutableList()).stream()
            .distinct()
            .collect(Collectors.joining(", "));
    return "Decryption failed: none of the vault passwords opens this, or it was changed; its vault id is '"
        + label
        + "', those given are "
        + tried;
  }
}
