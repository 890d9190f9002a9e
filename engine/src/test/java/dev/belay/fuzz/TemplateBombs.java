package dev.belay.fuzz;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;

/** Template files that ask for much. */
final class TemplateBombs {
  private static final ImmutableList<String> FILES =
      ImmutableList.of(
          "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}"
              + "{% endfor %}{% endfor %}{% endfor %}",
          "{% for a in range(1000000) %}{% for b in range(1000) %}x{% endfor %}{% endfor %}",
          "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
          "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
          "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
          "{% set ns = namespace(x='x') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}"
              + "{% endfor %}",
          "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}"
              + "{% endfor %}",
          "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x] %}"
              + "{% endfor %}{{ ns.x }}",
          "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x] %}"
              + "{% endfor %}{{ ns.x == ns.x + [] }}",
          "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x] %}"
              + "{% endfor %}{{ ns.x | flatten | length }}",
          "{% set ns = namespace(x=[1]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}"
              + "{% endfor %}{{ ns.x }}",
          "{% set x = [] %}{{ x.append(x) }}{{ x }}",
          "{% set x = [1] %}{% for i in x %}{{ x.extend(x) }}{{ x.extend(x) }}{% endfor %}"
              + "{% for i in range(100) %}{{ x.extend(x) }}{% endfor %}",
          "{% set x = {} %}{% for i in range(1000) %}{% for j in range(1000) %}"
              + "{{ x.update({i * 1000 + j: 'x' * 1000 ~ i ~ j}) }}{% endfor %}{% endfor %}",
          "{% include 'self' %}",
          "{% import 'self' as m %}",
          "{% for i in range(1000000) %}{{ 'x' * 100000 }}{% endfor %}",
          "{% filter center(10**9) %}x{% endfilter %}",
          "{% if true %}".repeat(20_000) + "{% endif %}".repeat(20_000),
          "{% for i in [1] %}".repeat(20_000) + "{% endfor %}".repeat(20_000),
          "{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}",
          "{{ " + "[".repeat(20_000) + "]".repeat(20_000) + " }}",
          "{{ " + "{1:".repeat(20_000) + "1" + "}".repeat(20_000) + " }}",
          "{{ 1" + "|int".repeat(20_000) + " }}",
          "{{ 1" + " is defined".repeat(20_000) + " }}",
          "{{ 1" + "+1".repeat(20_000) + " }}",
          "{{ 1" + "**1".repeat(20_000) + " }}",
          "{{ a" + ".b".repeat(20_000) + " }}",
          "{{ a" + "[0]".repeat(20_000) + " }}",
          "{{ a" + "()".repeat(20_000) + " }}",
          "{{ " + "-".repeat(20_000) + "1 }}",
          "{{ " + "1 if 1 else ".repeat(20_000) + "1 }}",
          "{{ " + "a(".repeat(20_000) + ")".repeat(20_000) + " }}",
          "{{ 1" + " or 1".repeat(20_000) + " }}",
          "{{ " + "9".repeat(1_000_000) + " }}",
          "{{ 0x" + "f".repeat(1_000_000) + " }}",
          "{% macro m(" + "a,".repeat(20_000),
          "{{ '" + "\\".repeat(1_000_000));

  private TemplateBombs() {}

  static Stream<Bomb> all() {
    return FILES.stream()
        .map(text -> Bomb.refused(text, () -> BombScope.file(text).write(BombScope.SCOPE, "\n")));
  }
}
