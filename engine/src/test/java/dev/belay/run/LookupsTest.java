package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.PythonText;
import dev.belay.template.UnknownValueException;
import dev.belay.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lookups find, as expressions ask for it. */
final class LookupsTest {
  @TempDir Path folder;

  private Object value(String expression) {
    return value(expression, ImmutableList.of());
  }

  private Object value(String expression, ImmutableList<Path> roles) {
    Variables nobody =
        new Variables(
            ImmutableMap.of(),
            ImmutableMap.of(),
            PlayLayers.of(ImmutableMap.of()),
            ImmutableMap.of(),
            new Variables.Memory());
    Lookups lookups =
        new ControlLookups(
                ImmutableMap.of("HOME", "/root"), folder, Vault.locked(), Passwords.Making.FILES)
            .from(roles);
    HostScope scope =
        new HostScope(
            nobody,
            ImmutableMap.of(),
            ImmutableMap.of(),
            ImmutableMap.of(),
            ImmutableMap.of(),
            Pending.nothing(),
            lookups,
            PlayHosts.none(),
            0);
    return Expression.of(expression, at -> Position.of("test")).evaluate(scope);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "query('items', 1, [2, [3]]) | [1, 2, [3]]",
        "query('flattened', [1, [2, [3]]]) | [1, 2, 3]",
        "query('indexed_items', ['a', 'b']) | [[0, 'a'], [1, 'b']]",
        "query('together', [1, 2], ['a']) | [[1, 'a'], [2, None]]",
        "query('nested', [1, 2], ['a', 'b']) | [[1, 'a'], [1, 'b'], [2, 'a'], [2, 'b']]",
        "query('cartesian', 'a', [1, 2]) | [['a', 1], ['a', 2]]",
        "query('dict', {'a': 1}) | [{'key': 'a', 'value': 1}]",
        "query('sequence', 'start=4 end=16 stride=4') | ['4', '8', '12', '16']",
        "query('sequence', 'count=3 format=h%02d') | ['h01', 'h02', 'h03']",
        "query('sequence', '5-8') | ['5', '6', '7', '8']",
        "query('sequence', '2-10/2:host%02x') | ['host02', 'host04', 'host06', 'host08', 'host0a']",
        "query('sequence', 'start=3 end=1 stride=-1') | ['3', '2', '1']",
        "query('subelements', [{'n': 'a', 'k': [1, 2]}], 'k') | [[{'n': 'a'}, 1], [{'n': 'a'}, 2]]",
        "query('subelements', [{'n': 'a'}], 'k', {'skip_missing': True}) | []",
        "query('env', 'HOME') | ['/root']",
        "lookup('env', 'NONE') | ''",
        "lookup('pipe', 'echo a; echo b') | 'a\\nb'",
        "query('lines', 'echo a; echo b') | ['a', 'b']",
        "query('first_found', ['nowhere'], skip=True) | []",
      })
  void a_lookup_gives(String expression, String wanted) {
    assertEquals(wanted, PythonText.repr(value(expression)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "query('sequence', 'end=3 stride=-1') | negative",
        "query('sequence', 'start=1') | count or end",
        "query('sequence', 'end=99999999999') | refused",
        "query('subelements', [{'n': 'a'}], 'k') | could not find",
        "lookup('first_found', ['nowhere']) | No file was found",
        "lookup('pipe', 'exit 3') | returned 3",
        "lookup('file', 'nowhere') | no file",
        "lookup('no_such') | no lookup",
      })
  void a_lookup_refuses(String expression, String why) {
    EvaluationException e = assertThrows(EvaluationException.class, () -> value(expression));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void files_of_the_role_come_before_those_beside_the_playbook() throws Exception {
    Path role = Files.createDirectories(folder.resolve("roles/r"));
    Files.createDirectories(role.resolve("files"));
    Files.writeString(role.resolve("files/a"), "of the role\n");
    Files.writeString(folder.resolve("a"), "beside\n");
    assertEquals("beside", value("lookup('file', 'a')"));
    assertEquals("of the role", value("lookup('file', 'a')", ImmutableList.of(role)));
    assertEquals(
        role.resolve("files/a").toString(),
        value(
            "lookup('first_found', {'files': ['x', 'a']})".replace("x", "nowhere"),
            ImmutableList.of(role)));
  }

  @Test
  void a_password_is_made_once_and_kept_where_only_its_owner_reads_it() throws Exception {
    Object made = value("lookup('password', 'keys/db length=8 chars=digits')");
    assertTrue(PythonText.str(made).matches("\\d{8}"), PythonText.str(made));
    assertEquals(made, value("lookup('password', 'keys/db')"));
    Path file = folder.resolve("keys/db");
    assertEquals(made + "\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
  }

  @Test
  void a_password_of_dev_null_is_another_each_time() {
    assertEquals(
        "(20, False)",
        PythonText.str(
            value(
                "(lookup('password', '/dev/null') | length,"
                    + " lookup('password', '/dev/null') == lookup('password', '/dev/null'))")));
  }

  @Test
  void a_hashed_password_keeps_its_salt() throws Exception {
    Object hash = value("lookup('password', 'p', encrypt='sha512_crypt')");
    assertTrue(PythonText.str(hash).startsWith("$6$"), PythonText.str(hash));
    assertEquals(hash, value("lookup('password', 'p', encrypt='sha512_crypt')"));
    assertEquals(20, PythonText.str(value("lookup('password', 'p')")).length());
    assertTrue(Files.readString(folder.resolve("p")).contains(" salt="));
  }

  @Test
  void a_check_makes_no_password() {
    Lookups check =
        new ControlLookups(ImmutableMap.of(), folder, Vault.locked(), Passwords.Making.NOTHING);
    HostScope scope =
        HostScope.of(
            new Variables(
                ImmutableMap.of(),
                ImmutableMap.of(),
                PlayLayers.of(ImmutableMap.of()),
                ImmutableMap.of(),
                new Variables.Memory()));
    assertThrows(
        UnknownValueException.class,
        () -> check.find("password", ImmutableList.of("new"), ImmutableMap.of(), scope));
    assertFalse(Files.exists(folder.resolve("new")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lookup('password', '/dev/null seed=1') | has no 'seed' here",
        "lookup('password', '/dev/null size=1') | Unrecognized parameter(s)",
        "lookup('password', '/dev/null length=0') | from 1 to 10000",
        "lookup('vars', 42) | Invalid setting identifier, \"42\" is not a string",
        "lookup('varnames', '*') | nothing to repeat",
        "lookup('varnames', true) | Invalid setting identifier"
      })
  void what_a_lookup_cannot_use_is_told(String expression, String why) {
    EvaluationException e = assertThrows(EvaluationException.class, () -> value(expression));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void nothing_found_is_an_empty_text_where_errors_are_ignored() {
    assertEquals("", value("lookup('file', 'absent', errors='ignore')"));
    assertEquals(ImmutableList.of(), value("query('file', 'absent', errors='ignore')"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "query('subelements', 9, 'a') | expects a dictionary, got '9'",
        "query('subelements', [{}], 1) | second a string",
        "query('subelements', [1], 'a') | expects a dictionary, got '1'",
        "query('subelements', [{}], 'a') | could not find 'a' key in iterated item '{}'",
        "query('subelements', [{'a': 1}], 'a') | the key a should point to a list, got '1'",
        "query('subelements', [{'a': 1}], 'a.b') | the key a should point to a dictionary",
        "query('subelements', [], 'a', 7) | the optional third item must be a dict",
        "query('sequence', 'A-4/2') | can't parse start=A as integer",
        "query('sequence', '1-B/2') | can't parse end=B as integer",
        "query('sequence', 'start=0 junk=3') | unrecognized arguments to with_sequence: ['junk']"
      })
  void lookups_refuse_in_the_words_that_playbooks_know(String expression, String why) {
    EvaluationException e = assertThrows(EvaluationException.class, () -> value(expression));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void a_file_of_settings_may_be_in_another_encoding() throws Exception {
    Files.writeString(
        folder.resolve("old.ini"), "[a]\nname=\u00e9t\u00e9\n", StandardCharsets.ISO_8859_1);
    assertEquals(
        "\u00e9t\u00e9", value("lookup('ini', 'name section=a file=old.ini encoding=iso8859-1')"));
    EvaluationException e =
        assertThrows(
            EvaluationException.class,
            () -> value("lookup('ini', 'name', section='b', file='old.ini', encoding='latin1')"));
    assertEquals("No section 'b' in old.ini", e.getMessage());
  }
}
