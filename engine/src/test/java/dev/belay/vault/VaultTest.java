package dev.belay.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

/** Texts that {@code ansible-vault} made, and what becomes of them here. */
final class VaultTest {
  /** Without a label; "hccn-token " and a letter of three bytes, by the password swordfish. */
  static final String PLAIN =
      """
      $ANSIBLE_VAULT;1.1;AES256
      63326638623165346561363361646139353331316331396230643464663031363965656366376661
      6137343739636561346563623266313137333638383361640a656532393563646465633636326364
      61643432393638303465383937393732326564383533613665333265376530373833633361343333
      3832306634643834610a386532343237313136333830376464326264363462643537323337633963
      3030
      """;

  /** With the label prod; "prod-token", by the same password. */
  static final String LABELLED =
      """
      $ANSIBLE_VAULT;1.2;AES256;prod
      33633732653233663565663463323436323264386436333838633239346536323263373331343063
      6464666335633561376234346630323637653936616364380a633961363631363032373166633731
      37383637633137303565666435353963353765653130336236636331393561353162343735356462
      3039313535373561350a656630626631323336623436373437666530633963326261643962643633
      3333
      """;

  /** "latin inside", by a password that is not UTF-8. */
  private static final String LATIN =
      """
      $ANSIBLE_VAULT;1.1;AES256
      39323066373636373931373961343333386430643938393265383431656532613537653131376464
      6366613537653966643237633462323462303862346162340a623962326363663964316434373635
      39303131613865343135663637303763623266313633663936353633346232303130653037343262
      6635386436393431650a363264366136393164393732386136373433663237613834343730306631
      3136
      """;

  private static VaultPassword password(String label, String word) {
    return new VaultPassword(label, word.getBytes(UTF_8));
  }

  private static Vault vault(VaultPassword... passwords) {
    return new Vault(ImmutableList.copyOf(passwords), new Secrets());
  }

  private static String opened(Vault vault, String text) {
    return new String(vault.open(text.getBytes(UTF_8)), UTF_8);
  }

  private static String refusal(Vault vault, String text) {
    return assertThrows(IllegalArgumentException.class, () -> opened(vault, text)).getMessage();
  }

  @Test
  void what_was_encrypted_comes_out_byte_for_byte() {
    assertEquals("hccn-token 密", opened(vault(password("default", "swordfish")), PLAIN));
    assertEquals("prod-token", opened(vault(password("prod", "swordfish")), LABELLED));
  }

  @Test
  void a_password_is_bytes() {
    Vault vault = vault(new VaultPassword("default", "münchen".getBytes(ISO_8859_1)));
    assertEquals("latin inside", opened(vault, LATIN));
    assertTrue(refusal(vault(password("default", "münchen")), LATIN).contains("none of the vault"));
  }

  @Test
  void labels_are_hints_and_all_passwords_are_tried() {
    Vault vault =
        vault(password("dev", "wrong"), password("prod", "wrong"), password("x", "swordfish"));
    assertEquals("prod-token", opened(vault, LABELLED));
  }

  @Test
  void without_a_password_it_says_how_to_give_one() {
    assertEquals(
        "Attempting to decrypt, and no vault password was given; use --vault-id, --vault-password-file or --ask-vault-pass",
        refusal(Vault.locked(), PLAIN));
  }

  @Test
  void with_other_passwords_it_says_which_were_tried() {
    assertEquals(
        "Decryption failed: none of the vault passwords opens this, or it was changed; its vault id is 'prod', those given are dev, qa",
        refusal(vault(password("dev", "a"), password("qa", "b")), LABELLED));
  }

  @Test
  void a_text_that_was_changed_is_not_opened() {
    Vault vault = vault(password("default", "swordfish"));
    String changed = PLAIN.replace("3832306634643834610a", "3832306634643835610a");
    assertTrue(refusal(vault, changed).contains("it was changed"), changed);
    assertTrue(refusal(vault, PLAIN.replace("3030\n", "3031\n")).contains("it was changed"));
  }

  @Test
  void a_text_that_is_not_whole_is_told_as_such() {
    Vault vault = vault(password("default", "swordfish"));
    assertTrue(refusal(vault, "$ANSIBLE_VAULT;1.1;AES256\n").contains("cut off"));
    assertTrue(
        refusal(vault, PLAIN.replace("\n3030\n", "").replaceFirst("(?s)\n6164.*", "\n"))
            .contains("cut off"));
    assertTrue(refusal(vault, PLAIN.replace("3030", "30zz")).contains("hexadecimal"));
    assertTrue(refusal(vault, PLAIN.replace("1.1", "1.0")).contains("1.0"));
    assertTrue(refusal(vault, PLAIN.replace("AES256", "ROT13")).contains("AES256"));
    assertTrue(refusal(vault, "$ANSIBLE_VAULT;1.1\n30").contains("AES256"));
  }

  @Test
  void a_value_is_opened_when_it_is_asked_for_and_is_a_secret_from_then_on() {
    Vault vault = vault(password("prod", "swordfish"));
    var value = vault.value(LABELLED);
    assertEquals("prod-token", vault.secrets().masked("prod-token"));
    assertEquals("prod-token", value.get());
    assertEquals("x ******** y", vault.secrets().masked("x prod-token y"));
    assertTrue(vault.hasGiven("prod-token"));
    assertFalse(vault.hasGiven("prod"));
  }

  @Test
  void what_is_given_out_can_be_changed_without_harm() {
    Vault vault = vault(password("prod", "swordfish"));
    vault.open(LABELLED.getBytes(UTF_8))[0] = 'X';
    assertArrayEquals("prod-token".getBytes(UTF_8), vault.open(LABELLED.getBytes(UTF_8)));
  }

  @Test
  void no_password_is_ever_printed() {
    assertEquals("prod: (secret)", password("prod", "swordfish").toString());
  }

  @Test
  void an_encrypted_file_is_known_by_its_beginning() {
    assertTrue(Vault.isSealed(PLAIN.getBytes(UTF_8)));
    assertFalse(Vault.isSealed("x: $ANSIBLE_VAULT;1.1".getBytes(UTF_8)));
    assertFalse(Vault.isSealed(new byte[0]));
  }
}
