package dev.belay.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Input that is small and asks for much: each is refused with a sentence, and none fills the memory
 * or takes for ever. They run in a process of their own with a small memory and small stacks, so
 * that one that slips through fails the test, and not the machine.
 */
final class BombsTest {
  /** Megabytes for the program and one bomb at a time. */
  private static final String MEMORY = "-Xmx400m";

  /** Far beyond what one of them takes, for machines that do much else. */
  private static final long LIMIT_SECONDS = 600;

  @TempDir Path folder;

  @Test
  void none_fills_the_memory_or_runs_for_ever() throws Exception {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY,
                "-Xss512k",
                "-cp",
                System.getProperty("java.class.path"),
                BombsTest.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(said);
    assertTrue(ended, () -> "did not end:\n" + text);
    assertEquals(0, process.exitValue(), () -> text);
    assertTrue(text.endsWith("bombs refused\n"), () -> text);
  }

  // What runs in the process of its own.

  private static final Map<String, Object> VARIABLES =
      ImmutableMap.<String, Object>builder()
          .put("a", value("{{ b }}"))
          .put("b", value("{{ a }}"))
          .put("c", value("{{ lookup('vars', 'c') }}"))
          .put("l0", value("{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}{{ l1 }}"))
          .put("l1", value("{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}{{ l2 }}"))
          .put("l2", value("{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}{{ l3 }}"))
          .put("l3", value("{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}{{ l4 }}"))
          .put("l4", value("{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}{{ l5 }}"))
          .put("l5", value("{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}{{ l6 }}"))
          .put("l6", value("{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}{{ l7 }}"))
          .put("l7", value("{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}{{ n }}"))
          .put("n", 7L)
          .buildOrThrow();

  private static final Scope SCOPE =
      new Scope() {
        @Override
        public Optional<Object> find(String name) {
          return Optional.ofNullable(VARIABLES.get(name));
        }

        @Override
        public ImmutableList<Object> lookup(
            String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
          return terms;
        }

        @Override
        public ImmutableList<Object> yaml(String text) {
          return ImmutableList.of(read(text));
        }

        @Override
        public Optional<Template> template(String name, TemplateSyntax syntax) {
          return Optional.of(file("{% include 'self' %}{{ lookup('template', 'self') }}"));
        }
      };

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

  private static ImmutableList<String> documents() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    StringBuilder merges = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i < 400; i++) {
      merges.append("a%d: &a%d\n  <<: *a%d\n  k%d: *a%d\n".formatted(i, i, i - 1, i, i - 1));
    }
    StringBuilder stairs = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      stairs.append(" ".repeat(i)).append("a:\n");
    }
    return ImmutableList.of(
        laughs.toString(),
        merges.toString(),
        stairs.toString(),
        "a: &a [*a]",
        "&a {a: *a}",
        "[".repeat(20_000),
        "[\n".repeat(20_000),
        "{a: ".repeat(20_000) + "}".repeat(20_000),
        "- ".repeat(20_000) + "a",
        "? ".repeat(20_000) + "a",
        "a: " + "9".repeat(100_000) + "\nb: [",
        "a: " + "1:".repeat(100_000) + "1\nb: [",
        "a: " + "x".repeat(17_000_000),
        "a: " + "9".repeat(4_000_000) + "\nb: [",
        "[" + "a,".repeat(1_000_001) + "]",
        "[" + "[],".repeat(500_001) + "]",
        "!!javax.script.ScriptEngineManager [a]",
        "a: !!python/object:os.system [x]",
        "\t- a",
        "a: \u0000");
  }

  private static Object value(String text) {
    return Template.of(text, SourceMap.fixed(Position.of("bomb")));
  }

  private static Template file(String text) {
    return Template.file(
        text, SourceMap.plain(text, new Position("bomb", 1, 1)), TemplateSyntax.USUAL);
  }

  private static Object read(String text) {
    Problems problems = new Problems();
    Object value =
        Yaml.read("bomb", text, problems)
            .map(node -> NodeValues.of(node, problems))
            .orElse("nothing");
    problems.throwIfAny();
    return value;
  }

  /** Sets each of them off. */
  public static void main(String[] arguments) {
    List<String> wrong = new ArrayList<>();
    for (String text : EXPRESSIONS) {
      refused(
          text,
          () -> Expression.of(text, SourceMap.fixed(Position.of("bomb"))).evaluate(SCOPE),
          wrong);
    }
    FILES.forEach(text -> refused(text, () -> file(text).write(SCOPE, "\n"), wrong));
    documents().forEach(text -> refused(text, () -> read(text), wrong));
    wrong.forEach(System.out::println);
    System.out.println(wrong.isEmpty() ? "bombs refused" : wrong.size() + " slipped through");
    if (!wrong.isEmpty()) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static void refused(String text, Supplier<Object> bomb, List<String> wrong) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    long start = System.nanoTime();
    String end = "gave a value";
    try {
      bomb.get();
    } catch (EvaluationException | ProblemsException e) {
      end = "";
    } catch (RuntimeException | Error e) {
      end = e.toString();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    if (!end.isEmpty()) {
      wrong.add(shown + ": " + end);
    }
    if (Boolean.getBoolean("belay.bombs.times") && millis > 100) {
      System.out.println(millis + " ms: " + shown);
    }
  }
}
