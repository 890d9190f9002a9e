package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.Attributes;
import dev.belay.module.Change;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Plan;
import dev.belay.module.Resource;
import dev.belay.module.Step;
import dev.belay.problem.Problems;
import dev.belay.shell.Output;
import dev.belay.yaml.Node;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What modules plan, given what was seen: one file a case, under the module's name. A case has
 * {@code why}, {@code args}, {@code answers} (a text, or status, out and err, for each question)
 * and {@code plan}, the whole plan as text.
 */
final class PlansTest {
  private static final Path CASES = Path.of("src/test/resources/plans");

  static Stream<Path> cases() throws IOException {
    return Files.walk(CASES).filter(file -> file.toString().endsWith(".yml")).sorted();
  }

  @Test
  void there_are_cases() throws IOException {
    assertTrue(cases().count() >= 20, "cases were not found");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_module_plans(Path file) throws IOException {
    Problems problems = new Problems();
    Node node = Yaml.read(file, problems).orElseThrow();
    Map<?, ?> read = (Map<?, ?>) NodeValues.of(node, problems);
    problems.throwIfAny();
    String module = file.getParent().getFileName().toString();
    if (Boolean.getBoolean("belay.update")) {
      update(file, planned(module, read));
    }
    assertEquals(
        read.get("plan").toString().strip(), planned(module, read), read.get("why").toString());
  }

  /** Writes the plan, which is the last entry of the file, anew. */
  private static void update(Path file, String plan) throws IOException {
    String text = Files.readString(file);
    int at = text.indexOf("\nplan:") + 1;
    Files.writeString(
        file, text.substring(0, at) + "plan: |\n" + plan.indent(2).replaceAll("(?m)^ +$", ""));
  }

  private static String planned(String module, Map<?, ?> read) {
    ModuleSpec spec =
        BuiltinModules.all().stream()
            .filter(m -> m.name().equals(module))
            .findFirst()
            .orElseThrow();
    ImmutableMap.Builder<String, Object> args = ImmutableMap.builder();
    ((Map<?, ?>) read.get("args"))
        .forEach((name, value) -> args.put(name.toString(), value(spec, name.toString(), value)));
    try {
      return text(
          plan(
              spec.resource().apply(Args.of(spec, args.buildOrThrow())),
              (List<?>) read.get("answers")));
    } catch (IllegalArgumentException e) {
      return "refused: " + e.getMessage();
    }
  }

  /** A name of a file of the control side leads to that name as its text. */
  private static Object value(ModuleSpec spec, String name, Object value) {
    return TextHere.given(spec, name, value);
  }

  private static <S> Plan plan(Resource<S> resource, List<?> answers) {
    List<Output> outputs = new ArrayList<>();
    answers.forEach(answer -> outputs.add(output(answer)));
    return resource.plan(resource.probe().read(outputs));
  }

  private static Output output(Object answer) {
    if (answer instanceof Map<?, ?> map) {
      long status = map.get("status") instanceof Long given ? given : 0;
      return new Output((int) status, text(map.get("out")), text(map.get("err")));
    }
    return Output.ok(answer.toString());
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String text(Plan plan) {
    List<String> lines = new ArrayList<>();
    if (plan instanceof Plan.Mend mend) {
      mend.changes().forEach(change -> lines.addAll(lines(change)));
    } else if (plan instanceof Plan.Act act) {
      lines.add("act");
      lines.addAll(lines(act.change()));
    } else if (plan instanceof Plan.Skipped skipped) {
      lines.add("skipped: " + skipped.why());
    } else if (plan instanceof Plan.Unsupported unsupported) {
      lines.add("unsupported: " + unsupported.why());
    } else if (plan instanceof Plan.Unverifiable unverifiable) {
      lines.add("unverifiable: " + unverifiable.why());
    } else if (plan instanceof Plan.Lacking lacking) {
      lines.add("lacking: " + lacking.why());
    } else if (plan instanceof Plan.Impossible impossible) {
      lines.add("impossible: " + impossible.why());
    } else {
      lines.add("satisfied");
    }
    plan.remarks().forEach(remark -> lines.add("[" + remark.kind() + "] " + remark.text()));
    return String.join("\n", lines);
  }

  private static ImmutableList<String> lines(Change change) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(change.what() + ": " + change.before() + " -> " + change.after());
    change.steps().forEach(step -> lines.add("  " + line(step)));
    return lines.build();
  }

  private static String line(Step step) {
    if (step instanceof Step.Run run) {
      return run.script().toString();
    }
    if (step instanceof Step.Carry carry) {
      return "with " + carry.name() + ": " + carry.script();
    } else if (step instanceof Step.ByEngine engine) {
      return engine.toString();
    }
    Step.Put put = (Step.Put) step;
    Attributes wanted = put.attributes();
    String given =
        Stream.of(wanted.mode(), wanted.owner(), wanted.group())
            .flatMap(Optional::stream)
            .map(word -> " " + word)
            .collect(Collectors.joining());
    return "put "
        + put.path()
        + given
        + (put.source() instanceof Step.Source.There there ? " from " + there.path() : "")
        + (put.precautions().backup().isPresent() ? ", backup" : "")
        + (put.precautions().validation().isEmpty()
            ? ""
            : ", validate " + put.precautions().validation());
  }
}
