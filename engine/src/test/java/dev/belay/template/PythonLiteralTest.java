package dev.belay.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.belay.value.None;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Texts that Python's {@code ast.literal_eval} takes, and those that it does not. */
final class PythonLiteralTest {
  private static void is(Object value, String... texts) {
    for (String text : texts) {
      assertEquals(Optional.of(value), PythonLiteral.read(text), text);
    }
  }

  private static void isNone(String... texts) {
    for (String text : texts) {
      assertEquals(Optional.empty(), PythonLiteral.read(text), text);
    }
  }

  @Test
  void numbers_are_pythons() {
    is(5L, "5", "+5", "(5)", " 5", "5 # five", "0b101", "0x5", "0o5");
    is(1000L, "1_000");
    is(0L, "0", "00", "-0");
    is(1.5, "1.5", "+1.5", "15e-1", "15E-1");
    is(0.5, ".5", "5e-1");
    isNone("0644", "1__0", "1e", "5abc", "--5", "- -5", "1+2", "1-2", "10.0.0.1", "1j", "...");
  }

  @Test
  void words_are_only_those_of_python() {
    is(true, "True");
    is(false, "False");
    is(None.NONE, "None");
    isNone("true", "yes", "none", "null", "Truex", "-True", "T", "not True", "");
  }

  @Test
  void texts_have_pythons_quotes_and_escapes() {
    is("a", "'a'", "\"a\"", "u'a'", "'''a'''", "b'a'", "r'a'", "'\\x61'", "'\\141'");
    is("ab", "'a' 'b'", "'a' \"b\"");
    is("\\q\n\u00e9", "'\\q\\n\\u00e9'");
    is("\\d", "r'\\d'");
    isNone("'a", "it's", "'it''s", "f'a'", "'a' b'b'", "'\\x6'", "a\"b\"");
  }

  @Test
  void lists_tuples_and_mappings_nest() {
    is(List.of(1L, List.of("a"), Map.of("k", None.NONE)), "[1, ['a'], {'k': None},]");
    is(List.of(1L, 2L), "1,2", "(1,2)", "(1, 2,)");
    is(Map.of(), "{}");
    isNone("[1, 2", "[a]", "{1}{2}", "{[]: 1}", "{{ x }}", "{{ 1 }}", "[,]", "1,,2", "[1 2]");
  }

  @Test
  void what_would_break_a_reader_is_text() {
    isNone("[".repeat(100_000), "9".repeat(5000), "\0");
  }
}
