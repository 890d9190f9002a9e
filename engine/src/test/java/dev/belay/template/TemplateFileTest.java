package dev.belay.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.value.None;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Template files: what becomes of spaces, line ends and marks. The answers are Jinja2's. */
final class TemplateFileTest {
  private static final TemplateSyntax STRIPPED =
      new TemplateSyntax("{%", "%}", "{{", "}}", "{#", "#}", true, true, "\n");

  private static final Scope SCOPE =
      new Scope() {
        private final ImmutableMap<String, Object> variables =
            ImmutableMap.of("v", "val", "none", None.NONE);

        @Override
        public Optional<Object> find(String name) {
          return Optional.ofNullable(variables.get(name));
        }

        @Override
        public ImmutableList<Object> lookup(
            String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
          return terms;
        }

        @Override
        public Optional<Template> template(String name) {
          return name.equals("self") ? Optional.of(file("{% include 'self' %}")) : Optional.empty();
        }
      };

  private static Template file(String text) {
    return file(text, TemplateSyntax.USUAL);
  }

  private static Template file(String text, TemplateSyntax syntax) {
    SourceMap source = SourceMap.plain(Template.lines(text), new Position("t.j2", 1, 1));
    return Template.file(text, source, syntax);
  }

  private static String written(String text) {
    return file(text).write(SCOPE, "\n");
  }

  @Test
  void a_line_end_goes_with_a_statement_and_a_comment_and_stays_behind_an_expression() {
    assertEquals("yes\n", written("{% if v %}\nyes\n{% endif %}\n"));
    assertEquals("val\n", written("{# c #}\n{{ v }}\n"));
    assertEquals("\nyes", written("{% if v +%}\nyes{% endif %}"));
  }

  @Test
  void the_last_line_end_of_the_file_is_never_lost() {
    assertEquals("\n", written("{% if not v %}x{% endif %}\n"));
    assertEquals("a\n\n", written("a\n\n"));
    assertEquals("a", written("a"));
  }

  @Test
  void spaces_before_a_statement_go_where_the_syntax_says_so() {
    String text = "  {% if v %}\n    in\n  {% endif %}\n  {# c #}  x\n  {{ v }}\n";
    assertEquals("    in\n  x\n  val\n", file(text, STRIPPED).write(SCOPE, "\n"));
    assertEquals("      in\n      x\n  val\n", written(text));
    assertEquals("  a", file("  {%+ if v %}a{% endif %}", STRIPPED).write(SCOPE, "\n"));
  }

  @Test
  void a_minus_takes_all_spaces() {
    assertEquals("aval", written("a \n {{- v -}} \n "));
    assertEquals("ab", written("a {%- if v -%} b {%- endif %}"));
  }

  @Test
  void raw_text_keeps_its_first_line_end() {
    assertEquals("\n{{ x }}\nend", written("{% raw %}\n{{ x }}\n{% endraw %}\nend"));
    assertEquals("{{ x }}end", written("{% raw -%}\n{{ x }}\n{%- endraw -%}\nend"));
  }

  @Test
  void line_ends_of_all_kinds_become_one() {
    assertEquals("a\nb\n", written("a\r\nb\r\n"));
    TemplateSyntax windows =
        new TemplateSyntax("{%", "%}", "{{", "}}", "{#", "#}", true, false, "\r\n");
    assertEquals("a\r\nval\r\n", file("a\n{{ v }}\n", windows).write(SCOPE, "\r\n"));
  }

  @Test
  void marks_may_be_others_and_one_may_begin_another() {
    TemplateSyntax other =
        new TemplateSyntax("<%", "%>", "<<", ">>", "<%#", "#%>", true, false, "\n");
    assertEquals(
        "{{ x }} val y",
        file("{{ x }} << v >> <%# c #%><% if v %>y<% endif %>", other).write(SCOPE, "\n"));
  }

  @Test
  void an_end_inside_of_quotes_or_brackets_is_none() {
    assertEquals("}}", written("{{ '}}' }}"));
    assertEquals("1", written("{{ {'a': {'b': 1}}['a']['b'] }}"));
  }

  @Test
  void nothing_is_printed_for_none_and_for_a_choice_without_an_else() {
    assertEquals("[]", written("[{{ none }}]"));
    assertEquals("[]", written("[{{ 'x' if false }}]"));
    assertThrows(UndefinedException.class, () -> written("{{ nothing if true }}"));
  }

  @Test
  void a_template_that_includes_itself_ends() {
    EvaluationException circle =
        assertThrows(EvaluationException.class, () -> written("{% include 'self' %}"));
    assertTrue(circle.getMessage().contains("includes itself"));
    assertThrows(EvaluationException.class, () -> written("{% include 'nowhere' %}"));
    assertEquals("", written("{% include ['nowhere', 'x'] ignore missing %}"));
  }

  @Test
  void what_is_not_supported_is_refused_at_its_place() {
    ProblemsException refused =
        assertThrows(ProblemsException.class, () -> file("a\n {% extends 'b' %}"));
    assertEquals("t.j2:2:2", refused.problems().get(0).at().toString());
  }
}
