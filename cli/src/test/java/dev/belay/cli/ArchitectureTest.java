package dev.belay.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.belay.cli.planted.engine.PlantedPrinter;
import dev.belay.cli.planted.modules.PlantedActor;
import org.junit.jupiter.api.Test;

/** Who may know of whom. Each rule is shown to fail on a violation that is planted for it. */
final class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.belay");
  private static final JavaClasses PLANTED =
      new ClassFileImporter().importClasses(PlantedPrinter.class, PlantedActor.class);

  private static final ArchRule MODULES_NEVER_ACT =
      noClasses()
          .that()
          .resideInAPackage("..modules..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio.file..",
              "java.net..",
              "dev.belay.remote..",
              "dev.belay.run..");

  private static final ArchRule ENGINE_PRINTS_NOTHING =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.belay.run..", "dev.belay.remote..", "dev.belay.template..", "..planted.engine..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  private static void holds(ArchRule rule) {
    rule.check(OURS);
  }

  private static void catches(ArchRule rule) {
    assertThrows(AssertionError.class, () -> rule.check(PLANTED));
  }

  @Test
  void the_classes_are_seen_at_all() {
    assertTrue(OURS.size() > 150, "only " + OURS.size() + " classes");
    assertTrue(OURS.contain("dev.belay.run.HostRun") && OURS.contain("dev.belay.modules.Sysctl"));
  }

  @Test
  void modules_have_nothing_to_act_with() {
    holds(MODULES_NEVER_ACT);
    catches(MODULES_NEVER_ACT);
  }

  @Test
  void the_engine_prints_nothing() {
    holds(ENGINE_PRINTS_NOTHING);
    catches(ENGINE_PRINTS_NOTHING);
  }

  @Test
  void only_classes_named_jsch_know_of_jsch() {
    ArchRule rule =
        noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Jsch")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.jcraft..");
    holds(rule);
    catches(rule);
  }

  @Test
  void only_the_yaml_package_knows_of_the_yaml_parser() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.belay.yaml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..");
    holds(rule);
    catches(rule);
  }

  @Test
  void the_module_contract_knows_of_nothing_above_it() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.belay.module")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.belay.run..",
                "dev.belay.remote..",
                "dev.belay.playbook..",
                "dev.belay.inventory..",
                "dev.belay.yaml..",
                "dev.belay.template.."));
  }

  @Test
  void what_is_below_does_not_know_what_is_above() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.belay.problem", "dev.belay.shell", "dev.belay.value", "dev.belay.vault")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.belay.module", "dev.belay.template", "dev.belay.run", "dev.belay.remote"));
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.belay.remote")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.belay.run", "dev.belay.playbook", "dev.belay.template"));
    holds(
        noClasses()
            .that()
            .resideInAPackage("dev.belay.run")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.belay.modules", "dev.belay.cli"));
  }
}
