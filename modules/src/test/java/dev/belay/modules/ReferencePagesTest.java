package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.module.ModuleSpec;
import dev.belay.module.ReferencePage;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of every module's documentation. */
final class ReferencePagesTest {
  private static final Path PAGES = Path.of("../docs/modules");

  @TempDir Path folder;

  static Iterable<ModuleSpec> modules() {
    return new ModuleCatalog(BuiltinModules.all()).modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void the_page_is_what_the_module_says_of_itself(ModuleSpec module) throws IOException {
    Path page = PAGES.resolve(module.name() + ".md");
    if (Boolean.getBoolean("belay.update")) {
      Files.writeString(page, ReferencePage.of(module));
    }
    assertTrue(Files.exists(page), "missing: run with -Dbelay.update=true");
    assertEquals(ReferencePage.of(module), Files.readString(page));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void every_parameter_is_explained_and_there_is_an_example(ModuleSpec module) {
    module
        .parameters()
        .forEach(p -> assertFalse(p.doc().isBlank(), module.name() + "." + p.name()));
    assertFalse(module.examples().isEmpty(), module.name());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void every_example_is_a_task_that_can_be_read(ModuleSpec module) throws IOException {
    for (String example : module.examples()) {
      Path file =
          Files.writeString(
              folder.resolve("example.yml"), "- hosts: all\n  tasks:\n" + example.indent(4));
      Problems problems = new Problems();
      new PlaybookReader(new ModuleCatalog(BuiltinModules.all()), problems).read(file);
      problems.throwIfAny();
    }
  }
}
