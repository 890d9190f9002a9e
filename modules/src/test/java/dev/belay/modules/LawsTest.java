package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import dev.belay.module.Args;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.ModuleSpec;
import dev.belay.module.Parameter;
import dev.belay.module.Question;
import dev.belay.module.Resource;
import dev.belay.module.Type;
import dev.belay.playbook.Block;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.PlaybookReader;
import dev.belay.playbook.Task;
import dev.belay.problem.Problems;
import dev.belay.shell.Sh;
import dev.belay.template.Expression;
import dev.belay.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Laws that hold for every module without anyone writing them: they are tried on the examples of
 * its own page.
 */
final class LawsTest {
  private static final List<String> HOSTILE =
      List.of(
          "'; touch canary; '",
          "$(touch canary)",
          "`touch canary`",
          "a\nb",
          "-rf",
          "a b",
          "\"q\"",
          "*",
          "中文",
          "x".repeat(131_072));

  /** Everything but /proc and /sys, whose writability is itself something to look at. */
  private static final String READ_ONLY =
      "mount --make-rprivate / && cut -d' ' -f2 /proc/self/mounts | grep -vE '^/(proc|sys)' | sort -r | while read -r m; do mount -o remount,bind,ro \"$m\" 2>/dev/null; done; ";

  @TempDir Path folder;

  static Stream<ModuleSpec> modules() {
    return BuiltinModules.all().stream();
  }

  /** The resources of a module's examples, as far as they need no variables. */
  private List<Resource<?>> resources(ModuleSpec module) throws IOException {
    List<Resource<?>> resources = new ArrayList<>();
    for (String example : module.examples()) {
      Path file =
          Files.writeString(
              folder.resolve("example.yml"), "- hosts: all\n  tasks:\n" + example.indent(4));
      Problems problems = new Problems();
      var play =
          new PlaybookReader(new ModuleCatalog(BuiltinModules.all()), problems)
              .read(file)
              .plays()
              .get(0);
      problems.throwIfAny();
      assertFalse(play.sections().get(1).get(0) instanceof Block);
      plain(((Task) play.sections().get(1).get(0)).arguments().values())
          .ifPresent(
              args ->
                  resources.add(module.resource().apply(Args.of(module, withFiles(module, args)))));
    }
    return resources;
  }

  /** Names of files of the control side lead to a text of the test's own. */
  private static Map<String, Object> withFiles(ModuleSpec module, Map<String, Object> args) {
    Map<String, Object> found = new LinkedHashMap<>(args);
    found.replaceAll((name, value) -> TextHere.given(module, name, value));
    return found;
  }

  private static Optional<Map<String, Object>> plain(Map<String, Object> values) {
    boolean waits =
        values.values().stream()
            .anyMatch(
                v ->
                    v instanceof Template
                        || v instanceof List<?> l
                            && l.stream().anyMatch(Expression.class::isInstance));
    return waits ? Optional.empty() : Optional.of(values);
  }

  private static List<Sh> questions(Resource<?> resource) {
    return resource.probe().questions().stream().map(Question::sh).toList();
  }

  private String run(String script, String... wrap) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(wrap));
    command.addAll(List.of("sh", "-c", script));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return out + "status " + process.waitFor();
  }

  private void sameAnswers(Sh question) throws IOException, InterruptedException {
    String open = run(question.text());
    String closed = run(READ_ONLY + question.text(), "unshare", "-m");
    assertEquals(settled(open), settled(closed), question.text());
  }

  /** Ages and clocks go on between two answers. */
  private static String settled(String answer) {
    return answer
        .replaceAll("(?m)^(uptime|date|utc|loadavg|mount|mem)\\t.*$", "$1")
        .replaceAll("(?m)^A\\|.*$", "A");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_probe_changes_nothing_it_answers_the_same_where_nothing_can_be_written(ModuleSpec module)
      throws Exception {
    assumeNothingCanBeWrittenInside();
    for (Resource<?> resource : resources(module)) {
      for (Sh question : questions(resource)) {
        sameAnswers(question);
      }
    }
  }

  @Test
  void the_law_catches_a_probe_that_writes() throws Exception {
    assumeNothingCanBeWrittenInside();
    String writes = "touch canary && echo written";
    assertNotEquals(run(writes), run(READ_ONLY + writes, "unshare", "-m"));
  }

  /**
   * Needs root, and a file system whose mounts may be changed: a plain chroot and most containers
   * have none.
   */
  private void assumeNothingCanBeWrittenInside() throws IOException, InterruptedException {
    String sealed =
        run(READ_ONLY + "if touch sealed; then echo open; else echo sealed; fi", "unshare", "-m");
    boolean holds = sealed.contains("sealed\nstatus 0");
    if (!holds) {
      System.err.println(
          "SKIPPED: the law that probes change nothing needs root and a mount namespace of its own");
    }
    assumeTrue(holds, "no read-only namespace can be made");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void hostile_texts_reach_the_host_as_data_or_are_refused(ModuleSpec module) throws Exception {
    for (Parameter parameter : module.parameters()) {
      if (parameter.type() == Type.TEXT
          || parameter.type() == Type.PATH
          || parameter.type() == Type.SCALAR) {
        for (String hostile : HOSTILE) {
          tryOut(
              module, parameter, parameter.type() == Type.PATH ? folder + "/" + hostile : hostile);
        }
      }
    }
    assertTrue(Files.notExists(folder.resolve("canary")), "a value was run as code");
  }

  /**
   * Only questions are run; a value that were code would be so there too, for all text goes the
   * same way.
   */
  private void tryOut(ModuleSpec module, Parameter parameter, String hostile)
      throws IOException, InterruptedException {
    if (module.name().equals("shell") || parameter.name().equals("cmd")) {
      return;
    }
    Map<String, Object> args = new LinkedHashMap<>();
    module.parameters().stream()
        .filter(p -> p.required() && p.type() != Type.CONDITIONS)
        .forEach(p -> args.put(p.name(), "/nowhere"));
    args.replaceAll((name, value) -> TextHere.given(module, name, value));
    args.put(parameter.name(), hostile);
    try {
      Resource<?> resource = module.resource().apply(Args.of(module, ImmutableMap.copyOf(args)));
      for (Sh question : questions(resource)) {
        run(question.text().length() < 100_000 ? question.text() : ":");
      }
    } catch (BadArgumentsException | IllegalArgumentException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }
}
