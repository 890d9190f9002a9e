package dev.belay.fuzz;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.SourceMap;
import dev.belay.template.Expression;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.value.None;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Templates and expressions, spoilt at random: whatever comes of them, it is a problem with a place
 * or an error of evaluation, and never an exception of ours. {@link Spoiler} says how to do more.
 */
final class FuzzTest {
  private static final ImmutableList<String> EXPRESSIONS =
      ImmutableList.of(
          "{{ l | map('string') | join(', ') | upper }} {{ '%05.1f|%-8s' % (n, s) }}",
          "{{ '{:>{w}} {0!r}'.format(s, w=9) }}{{ s[1:4][::-1] }}{{ d.a.b[0] | default('x', true) }}",
          "{% for k, v in d | dictsort %}{{ loop.index }}{{ k }}={{ v }}{% else %}none{% endfor %}",
          "{% macro m(a, b=2) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, *[2, 3], **{}) }}",
          "{% set ns = namespace(x=0) %}{% for i in l if i > 1 recursive %}{% set ns.x = i %}"
              + "{% endfor %}{{ ns.x }}",
          "{{ s | regex_replace('(?P<x>[a-z]+)', '\\\\g<x>\\\\1') }}{{ s is match('^.*$') }}",
          "{{ d | combine({'a': [1]}, recursive=true, list_merge='append') | to_nice_yaml }}",
          "{{ [3, 1, 2] | sort | first ** 2 // 3 % -2 }}{{ 1 < n <= 7 and not s in l or none }}",
          "{{ '2021-03-04 05:06:07' | to_datetime }}{{ '%Y-%j %p' | strftime(0) }}",
          "{{ l | zip(l) | map('first') | list }}{{ d | dict2items | items2dict }}",
          "{{ 'a=1 b' | urlsplit }}{{ '1.2rc1' is version('1.3', '<', version_type='pep440') }}",
          "{{ '[1, {\"a\": null}]' | from_json }}{{ 'a: [1, 2]' | from_yaml }}{{ 1 | human_readable }}",
          "{{ l | batch(2, 'x') | list }}{{ 'some words' | wordwrap(3) | truncate(4) | indent(2) }}",
          "{{ s.center(9, '*').split(none, 1).index('a') }}{{ d.pop('a') }}{{ [].append(1) }}");

  private static final Scope SCOPE =
      new Scope() {
        private final ImmutableMap<String, Object> variables =
            ImmutableMap.of(
                "l",
                ImmutableList.of(3L, 1L, 2L),
                "n",
                7L,
                "s",
                "hello World",
                "d",
                ImmutableMap.of("a", ImmutableMap.of("b", ImmutableList.of(1.5))),
                "none",
                None.NONE);

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
        public ImmutableList<Object> yaml(String text) {
          Problems problems = new Problems();
          Object value = Yaml.read("y", text, problems).map(NodeValues::plain).orElse((Object) "");
          problems.throwIfAny();
          return ImmutableList.of(value);
        }
      };

  private static void evaluate(String text) {
    SourceMap source = SourceMap.plain(text, new Position("fuzz", 1, 1));
    Template.resolve(Template.of(text, source), SCOPE);
    Template.file(text, source, TemplateSyntax.USUAL).write(SCOPE, "\n");
  }

  @Test
  void a_spoilt_template_is_a_problem_and_no_exception() {
    Spoiler spoiler = new Spoiler();
    for (int i = 0; i < Spoiler.ROUNDS; i++) {
      String text = spoiler.spoilt(EXPRESSIONS);
      spoiler.read(text, () -> evaluate(text));
      String bare = text.replaceAll("\\{\\{|\\}\\}", "");
      spoiler.read(
          bare, () -> Expression.of(bare, SourceMap.fixed(Position.of("fuzz"))).evaluate(SCOPE));
    }
    spoiler.nothingWentWrong();
  }
}
