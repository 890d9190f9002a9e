package dev.belay.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.TemplateSyntax;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.value.None;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files and expressions of the project, spoilt at random: whatever comes of them, it is a problem
 * with a place or an error of evaluation, and never an exception of ours. The seed is fixed; {@code
 * -Dbelay.fuzz.rounds=…} makes more of it, and {@code -Dbelay.fuzz.seed=…} other ones.
 */
final class FuzzTest {
  private static final int ROUNDS = Integer.getInteger("belay.fuzz.rounds", 1500);
  private static final long SEED = Long.getLong("belay.fuzz.seed", 20_260);

  private static final ImmutableList<String> PIECES =
      ImmutableList.of(
          "{{",
          "}}",
          "{%",
          "%}",
          "{#",
          "#}",
          "'",
          "\"",
          "\\",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "|",
          ":",
          "- ",
          "\n",
          "\n  ",
          "\t",
          " ",
          "&a ",
          "*a",
          "<<: ",
          "!unsafe ",
          "!x ",
          "? ",
          "%",
          "~",
          "**",
          "//",
          "-",
          "0",
          "1e9",
          "0x",
          "None",
          "not ",
          " in ",
          " is ",
          " if ",
          " else ",
          "[::-1]",
          ".0",
          "@",
          "\u0000",
          "\u00e9",
          "\ud83d\ude00",
          "\ud800",
          "{% raw %}",
          "{% endraw %}",
          "{% if x %}",
          "{% endif %}",
          "{% for a, b in d.items() %}",
          "{% endfor %}",
          "{% set x = ",
          "|list",
          "|join(',')",
          "|map('int')",
          "|default(1)",
          "%s",
          "{0!r:>9}",
          ".format(",
          "lookup(",
          "range(",
          "hosts: ",
          "tasks:",
          "when: ",
          "loop: ");

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

  private final Random random = new Random(SEED);

  private static List<String> files() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String folder :
        List.of(
            "playbooks", "cli/src/test/resources/commands", "modules/src/test/resources/plans")) {
      try (Stream<Path> paths = Files.walk(Path.of("..").resolve(folder))) {
        for (Path path : paths.filter(p -> p.toString().endsWith(".yml")).sorted().toList()) {
          texts.add(Files.readString(path));
        }
      }
    }
    return texts;
  }

  private String spoilt(String text) {
    StringBuilder spoilt = new StringBuilder(text);
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(spoilt.length() + 1);
      int end = Math.min(spoilt.length(), at + random.nextInt(9));
      switch (random.nextInt(5)) {
        case 0 -> spoilt.delete(at, end);
        case 1 -> spoilt.insert(at, spoilt.substring(at, end));
        case 2 -> spoilt.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        default -> spoilt.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return spoilt.toString();
  }

  private static void fine(String text, Runnable reading, List<String> wrong) {
    try {
      reading.run();
    } catch (ProblemsException | EvaluationException e) {
      // As it should be.
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      wrong.add(e + " at " + (trace.length > 0 ? trace[0] : "") + " of:\n" + text);
    }
  }

  private static void evaluate(String text) {
    SourceMap source = SourceMap.plain(text, new Position("fuzz", 1, 1));
    Template.resolve(Template.of(text, source), SCOPE);
    Template.file(text, source, TemplateSyntax.USUAL).write(SCOPE, "\n");
  }

  @Test
  void a_spoilt_template_is_a_problem_and_no_exception() {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String text = spoilt(EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size())));
      fine(text, () -> evaluate(text), wrong);
      String bare = text.replaceAll("\\{\\{|\\}\\}", "");
      fine(
          bare,
          () -> Expression.of(bare, SourceMap.fixed(Position.of("fuzz"))).evaluate(SCOPE),
          wrong);
    }
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " went wrong, such as " + wrong.get(0));
  }

  @Test
  void a_spoilt_playbook_is_a_problem_and_no_exception() throws IOException {
    List<String> texts = files();
    assertTrue(texts.size() > 100, "few files: " + texts.size());
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String text = spoilt(texts.get(random.nextInt(texts.size())));
      fine(text, () -> read(text), wrong);
    }
    assertTrue(wrong.isEmpty(), () -> wrong.size() + " went wrong, such as " + wrong.get(0));
  }

  private static void read(String text) {
    Problems problems = new Problems();
    Yaml.read("fuzz", text, problems)
        .ifPresent(
            node -> {
              NodeValues.of(node, problems);
              new PlaybookReader(new ModuleCatalog(ImmutableList.of()), problems)
                  .read(Path.of("fuzz.yml"), node);
            });
  }
}
