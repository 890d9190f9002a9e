package dev.belay.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.problem.Position;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.value.None;
import dev.belay.value.Unknown;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionTest {
  private static final SourceMap AT = SourceMap.plain("", new Position("site.yml", 3, 9));

  private static Scope scope(ImmutableMap<String, Object> variables) {
    return new Scope() {
      @Override
      public Optional<Object> find(String name) {
        return Optional.ofNullable(variables.get(name));
      }

      @Override
      public ImmutableList<Object> lookup(
          String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
        return terms;
      }
    };
  }

  private static final ImmutableMap<String, Object> VARIABLES =
      ImmutableMap.of(
          "n",
          7L,
          "name",
          "npu-01",
          "list",
          ImmutableList.of(3L, 1L, 2L),
          "map",
          ImmutableMap.of("a", 1L, "b", ImmutableMap.of("c", "deep")),
          "none",
          None.NONE,
          "secret",
          new Unknown("'build' was not run"));

  private static Object value(String text) {
    return Expression.of(text, AT).evaluate(scope(VARIABLES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3 ; 7",
        "-7 // 2 ; -4",
        "-7 % 3 ; 2",
        "7 / 2 ; 3.5",
        "2 ** 70 ; 1180591620717411303424",
        "1 < n <= 7 ; True",
        "not n == 7 ; False",
        "'a' ~ 1 ; a1",
        "name[-2:] ; 01",
        "name[::-1] ; 10-upn",
        "list.0 ; 3",
        "list | sort | first ; 1",
        "map.b.c ; deep",
        "map['b']['c'] ; deep",
        "missing | default('x') ; x",
        "missing.deeper.still is defined ; False",
        "'yes' if n > 5 else 'no' ; yes",
        "[[{'a': 1}], []] | map('map', attribute='a') | map('join') | join('.') ; 1.",
        "list | map('string') | join(',') ; 3,1,2",
        "[1, [2, [3]]] | flatten ; [1, 2, 3]",
        "{'a': 1} | combine({'b': 2}) ; {'a': 1, 'b': 2}",
        "'1.10' is version('1.9', '>') ; True",
        "name is match('npu-\\d+') ; True",
        "'%03d' % n ; 007",
        "name.upper().split('-') ; ['NPU', '01']",
        "none is none ; True",
        "(1, 2) ; (1, 2)",
        "range(3) | list ; [0, 1, 2]",
        "0.1 + 0.2 ; 0.30000000000000004",
        "1e16 ; 1e+16",
        "true and 'x' or 'y' ; x",
        "'1993-03-26 01:23:45' | to_datetime < '1994-03-26 01:23:45' | to_datetime ; True",
        "none | combine ; {}",
        "['a', 'A'] | unique ; ['a']",
        "'https://a/b' is url ; True",
        "'a b' is url ; False",
        "1\u00a0+ 1 ; 2",
      })
  void an_expression_means_what_it_means_in_python(String expression, String meaning) {
    assertEquals(meaning, PythonText.str(value(expression)));
  }

  @Test
  void an_undefined_variable_is_an_error_at_its_place_when_it_is_used() {
    EvaluationException e = assertThrows(UndefinedException.class, () -> value("1 + missing"));
    assertEquals("'missing' is undefined", e.getMessage());
    assertEquals("site.yml:3:13", e.at().toString());
  }

  @Test
  void addresses_of_ipv6_alone_are_wrapped_for_urls() {
    assertEquals("10.0.0.1", value("'10.0.0.1' | ansible.utils.ipwrap"));
    assertEquals("[fd00::1]", value("'fd00:0::1' | ansible.utils.ipwrap"));
    assertEquals("[fd00::]/64", value("'fd00::/64' | ansible.utils.ipwrap"));
    assertEquals("host", value("'host' | ansible.utils.ipwrap"));
    assertEquals(ImmutableList.of("a", "[::1]"), value("['a', '::1'] | ansible.utils.ipwrap"));
  }

  @Test
  void pairs_make_a_dictionary() {
    assertEquals(
        ImmutableMap.of("a", "1"), value("['a=1'] | map('split', '=') | community.general.dict"));
  }

  @Test
  void an_unknown_filter_is_told_with_the_nearest_name_before_anything_runs() {
    ProblemsException e =
        assertThrows(ProblemsException.class, () -> Expression.of("a | defualt(1)", AT));
    assertEquals(
        "site.yml:3:13: there is no filter 'defualt'; did you mean 'default'?", e.getMessage());
  }

  @Test
  void what_hangs_on_an_action_that_was_not_done_is_unknown_and_not_guessed() {
    assertThrows(UnknownValueException.class, () -> value("secret == 1"));
  }

  @Test
  void a_text_of_a_host_is_never_templated() {
    Scope host = scope(ImmutableMap.of("said", "{{ lookup('pipe', 'touch canary') }}"));
    Template template = (Template) Template.of("{{ said }}", AT);
    assertEquals("{{ lookup('pipe', 'touch canary') }}", template.render(host));
  }

  @Test
  void what_is_spread_over_arguments_must_be_a_list() {
    Template macro =
        Template.file(
            "{% macro m() %}{{ varargs }}{% endmacro %}{{ m(*not [1]) }}",
            AT, dev.belay.module.TemplateSyntax.USUAL);
    EvaluationException e =
        assertThrows(EvaluationException.class, () -> macro.write(scope(ImmutableMap.of()), "\n"));
    assertTrue(e.getMessage().contains("not iterable"), e.getMessage());
  }

  @Test
  void a_variable_that_is_defined_by_itself_is_an_error_and_no_endless_loop() {
    Scope circle = scope(ImmutableMap.of("a", Template.of("{{ a }}", AT)));
    EvaluationException e =
        assertThrows(EvaluationException.class, () -> Expression.of("a", AT).evaluate(circle));
    assertTrue(e.getMessage().contains("defined by itself"), e.getMessage());
  }

  @Test
  void a_regular_expression_cannot_run_away() {
    EvaluationException e =
        assertThrows(
            EvaluationException.class,
            () -> value("('a' * 60 ~ '!') is search('^((a|aa)+)\\\\1x')"));
    assertTrue(e.getMessage().contains("takes too long"), e.getMessage());
  }

  @Test
  void a_template_that_is_one_expression_keeps_the_type() {
    assertEquals(7L, ((Template) Template.of("{{ n }}", AT)).render(scope(VARIABLES)));
    assertEquals("n is 7", ((Template) Template.of("n is {{ n }}", AT)).render(scope(VARIABLES)));
  }

  @Test
  void what_a_filter_writes_as_json_stays_text() {
    assertEquals(
        "{\"a\": 1}",
        ((Template) Template.of("{{ {'a': 1} | to_json }}", AT)).render(scope(VARIABLES)));
  }

  @Test
  void statements_loop_choose_and_keep_white_space_in_order() {
    String text =
        "{% for i in list %}{{ loop.index }}:{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}";
    assertEquals("1:3, 2:1, 3:2", ((Template) Template.of(text, AT)).render(scope(VARIABLES)));
  }

  @Test
  void brackets_nest_only_as_deep_as_the_stack_holds() {
    String deep = "(".repeat(5000) + "1" + ")".repeat(5000);
    assertThrows(ProblemsException.class, () -> Expression.of(deep, AT));
  }

  @Test
  void the_time_is_written_as_its_format_says() {
    for (String call :
        ImmutableList.of("now(fmt='%Y')", "now(false, '%Y')", "now(utc=true, fmt='%Y')")) {
      assertTrue(value(call).toString().matches("[0-9]{4}"), call);
    }
  }

  @Test
  void a_version_is_compared_in_one_way() {
    assertThrows(
        EvaluationException.class,
        () -> value("'1.0' is version('1.0', strict=false, version_type='loose')"));
  }

  @Test
  void an_empty_version_is_refused_by_its_side() {
    EvaluationException right =
        assertThrows(EvaluationException.class, () -> value("'1.0' is version('', '>')"));
    assertTrue(right.getMessage().contains("to compare against cannot be empty"));
    EvaluationException left =
        assertThrows(EvaluationException.class, () -> value("'' is version('', '>')"));
    assertTrue(left.getMessage().contains("Input version value cannot be empty"));
  }
}
