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
        "{'a': 1} | combine([{'b': 2}]) ; {'a': 1, 'b': 2}",
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

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'{{ name }}' == 'npu-01'; true",
        "\"{{ \"a\" | upper }}\" == \"A\"; true",
        "{{ n }} == 7; true",
        "{{ list }}[0] == 3; true",
        "{{ 'n' }} == 7; true",
        "{{ 'map.b' }}.c == 'deep'; true",
        "ma{{ 'p' }}.a == 1; true",
        "{{ 'absent' }} is defined; false",
        "n {{ '>' }} 6 and '{{ n }}' == '7'; true",
        "{{ 'False' }}; false",
        "{{ '' }}; ``",
        "{{ none }} is none; true",
        "{{ n == 7 }}{# always #}; true"
      })
  void a_condition_may_have_templates_inside(String text, String value) {
    assertEquals(value, String.valueOf(condition(text, VARIABLES)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'{{ x }}' == 'a'; ' or true or '",
        "'{{ x }}' == 'a'; \\",
        "\"{{ x }}\" == 'a'; \" or \"",
        "'{{ x }}' == 'a'; {{ lookup('pipe', 'id') }}"
      })
  void what_a_template_gives_in_quotes_never_ends_them(String text, String hostile) {
    assertEquals(false, condition(text, ImmutableMap.of("x", hostile)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{{ x }} == 1; lookup('pipe', 'id')",
        "{{ x }}; lookup('pipe', 'id')",
        "{{ x }}; true or 1",
        "{{ x }} is defined; a|list",
        "{{ x }} is defined; a[b()]",
        "{{ x }}; '{{ 1 }}",
        "{{ x }} == 1; (1)(2)"
      })
  void what_a_variable_holds_is_no_expression(String text, String hostile) {
    EvaluationException e =
        assertThrows(
            EvaluationException.class, () -> condition(text, ImmutableMap.of("x", hostile)));
    assertTrue(String.valueOf(e.getMessage()).contains("is not evaluated"), e.getMessage());
  }

  private static Object condition(String text, ImmutableMap<String, Object> variables) {
    return Expression.condition(text, AT).evaluate(scope(variables));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'secret' | password_hash('sha512', 'abcdefgh'); $6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/cZ/1GM/O6IND4WQhG.",
        "'secret' | password_hash('sha256', 'abcdefgh', rounds=1234); $5$rounds=1234$abcdefgh$kTVqJqhTxJja37YYybK4z25xcKovYD6AZG90TrZhsA8",
        "'secret' | password_hash('md5', 'abcdefgh'); $1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1",
        "('x' | password_hash | length, 'x' | password_hash == 'x' | password_hash); (106, False)",
        "'%r' | format(absent); AnsibleUndefined('absent' is undefined)"
      })
  void passwords_are_hashed_as_by_crypt(String text, String value) {
    assertEquals(value, PythonText.str(value(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'x' | password_hash('quick'); does not support 'quick'",
        "'x' | password_hash('sha512', 'a$b'); invalid characters in salt",
        "'x' | password_hash('sha512', 'abcdefghijklmnopq'); invalid salt size",
        "'x' | password_hash(salt_size=0); invalid salt size",
        "'x' | password_hash(rounds=999999999); 'rounds' is from 1000 to 1000000"
      })
  void a_password_that_cannot_be_hashed_so_is_told(String text, String why) {
    EvaluationException e = assertThrows(EvaluationException.class, () -> value(text));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void text_that_is_json_becomes_what_it_says() {
    Object template = Template.of("{{ '' }}{\"a\": null, \"b\": [true, false]}", AT);
    assertEquals(
        "{'a': None, 'b': [True, False]}",
        PythonText.str(Template.resolve(template, scope(VARIABLES))));
  }

  @Test
  void a_text_that_a_lookup_is_given_may_be_a_template() {
    assertEquals("npu-01:7", value("lookup('x', '{{ name }}:{{ n }}')"));
    assertEquals(
        "{{ n }}",
        Expression.of("lookup('x', held)", AT)
            .evaluate(scope(ImmutableMap.of("held", "{{ n }}", "n", 7L))));
  }

  @Test
  void an_encrypted_value_is_known_as_one_without_its_password() {
    Template sealed =
        Template.late(
            "(encrypted)",
            () -> {
              throw new IllegalArgumentException("no password");
            },
            new Position("site.yml", 1, 1));
    Scope scope = scope(ImmutableMap.of("sealed", sealed, "plain", "x"));
    assertEquals(true, Expression.of("sealed is vault_encrypted", AT).evaluate(scope));
    assertEquals(false, Expression.of("plain is vault_encrypted", AT).evaluate(scope));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{{ '1.20' }}; '1.20'",
        "{{ '0' }}; '0'",
        "{{ n }}{{ n }}; '77'",
        "{{ n }}; 7",
        "{{ 'True' }}; True",
        "{{ '[1, \"a\"]' }}; [1, 'a']",
        "{{ none }}; ''",
        "{{ 'a' | regex_search('b') }}; ''"
      })
  void a_text_stays_one_unless_it_looks_like_data(String template, String value) {
    Object rendered = Template.resolve(Template.of(template, AT), scope(VARIABLES));
    assertEquals(value, PythonText.repr(rendered));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'key' | extract(absent) | default('a'); a",
        "('key' | extract(absent)).sub | default('a'); a"
      })
  void what_is_extracted_of_nothing_is_undefined(String text, String value) {
    assertEquals(value, value(text));
  }

  @Test
  void dictionaries_have_no_case() {
    EvaluationException e =
        assertThrows(
            EvaluationException.class, () -> value("[{'a': 1}] | unique(case_sensitive=False)"));
    assertTrue(String.valueOf(e.getMessage()).contains("cannot fall back"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'x' | hash('none'); unsupported hash type none",
        "[{}, [{}]] | combine({}) ; failed to combine variables",
        "{} | combine({}, deep=1); 'recursive' and 'list_merge' are the only valid",
        "1 | dict2items; dict2items requires a dictionary, got <class 'int'> instead.",
        "1 | items2dict; items2dict requires a list, got <class 'int'> instead.",
        "[1] | items2dict; items2dict requires a list of dictionaries, got [1]",
        "[{'key': 1}] | items2dict; to contain the keys 'key' and 'value'",
        "1 | subelements('a'); obj must be a list of dicts or a nested dict",
        "[{}] | subelements(1); subelements must be a list or a string",
        "[{}] | subelements('a'); could not find 'a' key in iterated item {}",
        "[{'a': 1}] | subelements('a.b'); the key b should point to a dictionary, got '1'",
        "[{'a': 1}] | subelements('a'); the key 'a' should point to a list, got 1",
        "absent | mandatory; Mandatory variable 'absent'  not defined.",
        "map.x | mandatory; Mandatory variable 'x'  not defined.",
        "none | random; random can only be used on sequences and integers",
        "[1] | random(start=1); start and step can only be used with integer values",
        "'x' | regex_escape('posix_extended'); Regex type (posix_extended) not yet implemented",
        "'x' | regex_escape('odd'); Invalid regex type (odd)",
        "'%Y' | strftime('foo'); Invalid value for epoch value (foo)"
      })
  void filters_refuse_in_the_words_that_playbooks_know(String text, String why) {
    EvaluationException e = assertThrows(EvaluationException.class, () -> value(text));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "22 | shuffle; 22",
        "('a' | b64encode('utf-16-le')) | b64decode('utf_16_le'); a",
        "('boo!' | comment(decoration='')) == 'boo!\\n'; true",
        "('a' | comment(style='cblock', postfix_count=2)) == '/*\\n *\\n * a\\n *\\n *\\n */'; true"
      })
  void filters_give_what_ansible_gives(String text, String value) {
    assertEquals(value, String.valueOf(value(text)));
  }
}
