package dev.belay.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.module.TemplateSyntax;
import dev.belay.problem.Position;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.problem.SourceMap;
import dev.belay.run.ControlSide;
import dev.belay.run.Lookups;
import dev.belay.run.RunOptions;
import dev.belay.template.EvaluationException;
import dev.belay.template.Expression;
import dev.belay.template.Json;
import dev.belay.template.PythonText;
import dev.belay.template.Scope;
import dev.belay.template.Template;
import dev.belay.template.UnknownValueException;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code belay eval}: shows the value of an expression. */
@Command(
    name = "eval",
    description = "Shows the value of an expression, as JSON.",
    mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
  private final World world;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPR",
      description = "What would stand between {{ and }}.")
  Optional<String> expression = Optional.empty();

  @Option(
      names = "--jsonl",
      description =
          "Read lines {\"expr\", \"ctx\", \"kind\"} and write lines {\"value\"} or {\"error\"}; kind is"
              + " cond, expr, text (a value of a playbook) or file (a template file).")
  boolean lines;

  @Mixin RunFlags flags = new RunFlags();

  EvalCommand(World world) {
    this.world = world;
  }

  @Override
  public Integer call() throws IOException {
    if (lines) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        world.out().println(Json.write(answer(line)));
      }
      return ExitCode.FINE.code();
    } else if (expression.isEmpty()) {
      throw new ProblemsException(Position.of("belay eval"), "which expression?", "");
    }
    Map<String, Object> context =
        new OptionsMaker(world, Config.read(world), flags)
            .options(RunOptions.Mode.CHECK, ControlSide.Purpose.SHOW)
            .extraVariables();
    try {
      world.out().println(Json.write(value("{{ " + expression.get() + " }}", "text", context)));
      return ExitCode.FINE.code();
    } catch (EvaluationException e) {
      throw new ProblemsException(e.at(), String.valueOf(e.getMessage()), "");
    }
  }

  private Map<String, Object> answer(String line) {
    try {
      Map<?, ?> given = (Map<?, ?>) Json.read(line);
      String kind = given.containsKey("kind") ? given.get("kind").toString() : "expr";
      return ImmutableMap.of(
          "value", value(given.get("expr").toString(), kind, (Map<?, ?>) given.get("ctx")));
    } catch (EvaluationException
        | ProblemsException
        | UnknownValueException
        | IllegalArgumentException e) {
      return ImmutableMap.of("error", String.valueOf(e.getMessage()));
    }
  }

  private Object value(String text, String kind, Map<?, ?> context) {
    Scope scope = scope(context);
    if (kind.equals("cond")) {
      return Expression.condition(text, SourceMap.plain(text, new Position("expression", 1, 1)))
          .evaluate(scope);
    }
    Position start = new Position(kind, 1, 1);
    if (kind.equals("file")) {
      return Template.file(text, SourceMap.plain(text, start), TemplateSyntax.USUAL)
          .write(scope, "\n");
    } else if (kind.equals("text")) {
      return Template.resolve(Template.of(text, SourceMap.plain(text, start)), scope);
    }
    return Template.ofExpression(text, SourceMap.plain(text, start)).render(scope);
  }

  private Scope scope(Map<?, ?> context) {
    Lookups lookups =
        Lookups.of(ImmutableMap.copyOf(world.environment()), Path.of("").toAbsolutePath());
    return new Scope() {
      @Override
      public Optional<Object> find(String name) {
        return Optional.ofNullable(context.get(name));
      }

      @Override
      public ImmutableList<Object> lookup(
          String plugin, ImmutableList<Object> terms, ImmutableMap<String, Object> options) {
        return lookups.find(plugin, terms, options, this);
      }

      @Override
      public Optional<Template> template(String name, TemplateSyntax syntax) {
        return lookups.template(name, syntax);
      }

      @Override
      public ImmutableSet<String> names() {
        return context.keySet().stream()
            .map(PythonText::str)
            .collect(ImmutableSet.toImmutableSet());
      }

      @Override
      public ImmutableList<Object> yaml(String text) {
        Problems problems = new Problems();
        ImmutableList<Object> documents =
            Yaml.documents("yaml", text, problems).stream()
                .map(NodeValues::plain)
                .collect(ImmutableList.toImmutableList());
        problems.throwIfAny();
        return documents;
      }
    };
  }
}
