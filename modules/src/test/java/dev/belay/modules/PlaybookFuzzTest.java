package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.fuzz.Spoiler;
import dev.belay.module.Args;
import dev.belay.module.BadArgumentsException;
import dev.belay.module.ModuleSpec;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.PlaybookReader;
import dev.belay.playbook.Statement;
import dev.belay.playbook.Task;
import dev.belay.problem.Problems;
import dev.belay.template.Expression;
import dev.belay.template.Template;
import dev.belay.yaml.NodeValues;
import dev.belay.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Playbooks and other files of the project, spoilt at random, read with all modules there are:
 * whatever stands in them, it is a problem with a place. {@link Spoiler} says how to do more.
 */
final class PlaybookFuzzTest {
  private static final ModuleCatalog MODULES = new ModuleCatalog(BuiltinModules.all());

  private static List<String> files() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String folder : List.of("playbooks", "cli/src/test/resources/commands")) {
      try (Stream<Path> paths = Files.walk(Path.of("..").resolve(folder))) {
        for (Path path : paths.filter(p -> p.toString().endsWith(".yml")).sorted().toList()) {
          texts.add(Files.readString(path));
        }
      }
    }
    for (ModuleSpec module : BuiltinModules.all()) {
      module.examples().forEach(e -> texts.add("- hosts: all\n  tasks:\n" + e.indent(4)));
    }
    return texts;
  }

  @Test
  void a_spoilt_playbook_is_a_problem_and_no_exception() throws IOException {
    List<String> texts = files();
    assertTrue(texts.size() > 100, "few files: " + texts.size());
    Spoiler spoiler = new Spoiler();
    for (int i = 0; i < Spoiler.ROUNDS; i++) {
      String text = spoiler.spoilt(texts);
      spoiler.read(text, () -> read(text));
    }
    spoiler.nothingWentWrong();
  }

  private static void read(String text) {
    Problems problems = new Problems();
    Yaml.read("fuzz", text, problems)
        .ifPresent(
            node -> {
              NodeValues.of(node, problems);
              var playbook = new PlaybookReader(MODULES, problems).read(Path.of("fuzz.yml"), node);
              problems.throwIfAny();
              playbook.plays().forEach(play -> play.sections().forEach(PlaybookFuzzTest::ask));
            });
  }

  /** Asks the modules for what they would ask a host, as far as their arguments are all there. */
  private static void ask(List<? extends Statement> statements) {
    for (Statement statement : statements) {
      if (statement instanceof Task task && !waits(task.arguments().values().values())) {
        ask(task);
      }
    }
  }

  private static void ask(Task task) {
    try {
      Args args = Args.of(task.module(), task.arguments().values());
      task.module().resource().apply(args).probe();
    } catch (IllegalArgumentException | BadArgumentsException e) {
      // A sentence for the user.
    }
  }

  private static boolean waits(Object value) {
    return value instanceof Template
        || value instanceof Expression
        || value instanceof Map<?, ?> map && waits(map.values())
        || value instanceof Collection<?> all && all.stream().anyMatch(PlaybookFuzzTest::waits);
  }
}
