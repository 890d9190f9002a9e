package dev.belay.fuzz;

import com.google.common.collect.ImmutableList;
import dev.belay.problem.Position;
import dev.belay.problem.SourceMap;
import dev.belay.template.Expression;
import java.util.stream.Stream;

/** Expressions that ask for much. */
final class ExpressionBombs {
  private static final ImmutableList<String> EXPRESSIONS =
      ImmutableList.of(
          "'x' * 10**9",
          "[0] * 10**9",
          "range(10**12) | list",
          "range(10**30) | list",
          "2 ** (10**9)",
          "10 ** (10 ** 10)",
          "'%1000000000d' % 1",
          "'%.1000000000f' % 1",
          "'%*d' % (10**9, 1)",
          "'{:1000000000}'.format(1)",
          "'{:>{w}}'.format(1, w=10**9)",
          "'a'.rjust(10**9)",
          "'a'.ljust(10**9)",
          "'a'.center(10**9)",
          "'a'.zfill(10**9)",
          "'a' | center(10**9)",
          "'a' | indent(10**9, true)",
          "'\\t'.expandtabs(10**9)",
          "('a' * 10**6).replace('a', 'b' * 1000)",
          "('a' * 10**6) | replace('', 'b' * 1000)",
          "('a' * 10**6) | regex_replace('', 'b' * 1000)",
          "(['a'] * 10**6) | join('b' * 1000)",
          "('b' * 1000).join(['a'] * 10**6)",
          "'a' | comment(prefix_count=10**9)",
          "{'a': [1]} | to_nice_json(indent=10**9)",
          "[1] | batch(10**9, 0) | list",
          "[1] | slice(10**9) | list",
          "range(1000) | product(range(1000), range(1000)) | list",
          "[1, 2] | product(repeat=10**9) | list",
          "range(100) | permutations | list",
          "range(100000) | combinations(50000) | list",
          "range(60) | combinations(30) | list",
          "('a' * 60 ~ '!') is match('((a|aa)+)\\\\1x')",
          "('a' * 60 ~ '!') | regex_search('^((a|aa)+)\\\\1x')",
          "('ab' * 100000) is match('(a|b)*c')",
          "'x' is match('(' * 20000 ~ ')' * 20000)",
          "('[' * 100000 ~ ']' * 100000) | from_json",
          "('{\"a\":' * 100000 ~ '1' ~ '}' * 100000) | from_json",
          "('[' * 100000 ~ ']' * 100000) | from_yaml",
          "('- ' * 100000) | from_yaml",
          "('9' * 100000) | from_json",
          "[['x' * 10**7] * 10**6] | string",
          "[['x' * 10**7] * 10**6] | to_json",
          "[['x' * 10**7] * 10**6] | to_yaml",
          "[['x' * 10**7] * 10**6] | join",
          "range(1000000) | map('string') | map('center', 10000000) | list",
          "range(1000000) | map('regex_search', '(a+)+$') | map('default', 'a' * 1000000) | list",
          "[range(1000000) | list] * 10**6 | sum(start=[])",
          "range(100000) | map('list') | list",
          "('1' * 5000) | int + 9 ** 100000",
          "a",
          "c",
          "l0",
          "lookup('template', 'self')",
          "lookup('vars', 'c', 'c')",
          "'{{ a }}' * 10**9",
          "['a'] | zip_longest(range(10**12)) | list",
          "'1' | human_to_bytes * 10**9 * ' '",
          "'a' | wordwrap(0)",
          "10**400 * 1.0",
          "'x' | truncate(-10**9)");

  private ExpressionBombs() {}

  static Stream<Bomb> all() {
    return EXPRESSIONS.stream()
        .map(
            text ->
                Bomb.refused(
                    text,
                    () ->
                        Expression.of(text, SourceMap.fixed(Position.of("bomb")))
                            .evaluate(BombScope.SCOPE)));
  }
}
