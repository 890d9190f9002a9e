package dev.belay.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Regular expressions that Java and Python read in different ways; the answers are Python's. */
final class PythonRegexTest {

  private static boolean finds(String pattern, String text) {
    return PythonRegex.compile(pattern, 0).matcher(text).find();
  }

  private static String replaced(String pattern, int flags, String replacement, String text) {
    Matcher matcher = PythonRegex.compile(pattern, flags).matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(
          result, Matcher.quoteReplacement(PythonRegex.expand(replacement, matcher)));
    }
    return matcher.appendTail(result).toString();
  }

  @Test
  void braces_that_repeat_nothing_are_text() {
    assertTrue(finds("{mark}", "a {mark}"));
    assertTrue(finds("x{", "x{y}"));
    assertTrue(finds("^a{,2}$", "aa"));
    assertFalse(finds("^a{2}$", "a{2}"));
  }

  @Test
  void inside_of_brackets_only_python_s_signs_have_a_meaning() {
    assertTrue(finds("[[]s", "[s]"));
    assertTrue(finds("[a&&b]", "&"));
    assertTrue(finds("[]x]", "]"));
    assertTrue(finds("[x^]", "^"));
  }

  @Test
  void a_line_begins_behind_the_last_line_end_too() {
    assertEquals("#a\n#b\n#", replaced("^", Pattern.MULTILINE, "#", "a\nb\n"));
  }

  @Test
  void a_carriage_return_ends_no_line() {
    assertFalse(finds("foo$", "foo\r\n"));
    assertTrue(finds("foo.$", "foo\r\n"));
    assertTrue(finds("foo$", "foo\n"));
    assertFalse(finds("foo\\Z", "foo\n"));
  }

  @Test
  void groups_have_python_s_names() {
    assertEquals(
        "<b>-a_1",
        replaced(
            "(?P<a_1>a)(?P<b>b)", 0, "<\\g<b>>-\\g<a_1>_\\g<0>".replace("_\\g<0>", "_1"), "ab"));
    assertTrue(finds("(?P<q>['\"])x(?P=q)", "'x'"));
  }

  @Test
  void what_replaces_may_have_escapes_and_no_group_that_there_is_not() {
    assertEquals("a\n\\.", replaced("x", 0, "a\\n\\.", "x"));
    assertThrows(IllegalArgumentException.class, () -> replaced("x", 0, "\\1", "x"));
    assertThrows(IllegalArgumentException.class, () -> replaced("x", 0, "\\q", "x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> PythonRegex.check("\\2", PythonRegex.compile("(x)", 0)));
  }

  @Test
  void classes_of_text_are_those_of_unicode_and_of_bytes_those_of_ascii() {
    assertTrue(finds("^\\w+$", "中文"));
    assertFalse(PythonRegex.ofBytes("^\\w+$").matcher("\u00e4").find());
  }
}
