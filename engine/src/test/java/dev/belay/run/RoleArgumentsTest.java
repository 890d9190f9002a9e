package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.belay.inventory.InventoryReader;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that say what their variables must be. */
final class RoleArgumentsTest {
  private static final String SPEC =
      """
      argument_specs:
        main:
          short_description: The role {{ r }}.
          options:
            n: {type: int, required: true, description: 'As {{ this }}.'}
            m: {type: int, default: 7}
        other:
          options: {o: {required: true}}
        none:
          short_description: Nothing said.
      """;

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private ImmutableSet<String> tags = ImmutableSet.of();

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void role() throws IOException {
    file("roles/r/meta/argument_specs.yml", SPEC);
    file("roles/r/tasks/main.yml", "- {name: does, deed: {what: it}}\n");
    file("roles/r/tasks/other.yml", "- {name: other, deed: {what: it}}\n");
    file("roles/r/tasks/none.yml", "- {name: none, deed: {what: it}}\n");
    file("roles/r/tasks/unsaid.yml", "- {name: unsaid, deed: {what: it}}\n");
  }

  private void play(String rest) throws IOException {
    file("site.yml", "- hosts: all\n  gather_facts: false\n" + rest.indent(2));
  }

  private List<String> run() throws InterruptedException {
    Problems problems = new Problems();
    ModuleCatalog modules = new ModuleCatalog(ImmutableList.of(Knob.SPEC, Knob.DEED, Knob.SETS));
    Playbook playbook = new PlaybookReader(modules, problems).read(folder.resolve("site.yml"));
    problems.throwIfAny();
    told.clear();
    outcomes.clear();
    new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of("h1,")),
            modules,
            RunOptions.defaults(folder).with(RunOptions.Mode.APPLY, ImmutableMap.of()).tagged(tags),
            settings -> new TranscriptHost(),
            new RunListener() {
              @Override
              public void taskDone(String host, TaskHeader task, Outcome outcome) {
                told.add(task.name().replaceFirst("^r : ", "") + ": " + outcome.status().word());
                outcomes.add(outcome);
              }
            })
        .run();
    return told;
  }

  private static final String MAIN =
      "Validating arguments against arg spec 'main' - The role {{ r }}.: ";

  @Test
  void a_role_is_done_where_its_variables_fit() throws Exception {
    role();
    play("vars: {five: 5}\nroles: [{role: r, n: '{{ five }}'}]\n");
    assertEquals(List.of(MAIN + "ok", "does: changed"), run());
    assertEquals("The arg spec validation passed", outcomes.get(0).result().get("msg"));
  }

  @Test
  void a_role_is_not_begun_where_they_do_not() throws Exception {
    role();
    play("roles: [{role: r, m: x, wrong: 1}]\n");
    assertEquals(List.of(MAIN + "failed"), run());
    Outcome outcome = outcomes.get(0);
    assertEquals(
        List.of(
            "missing required arguments: n",
            "argument 'm' is of type <class 'str'> and we were unable to convert to int: <class 'str'> cannot be converted to an int",
            "wrong. Supported parameters include: m, n."),
        outcome.result().get("argument_errors"));
    assertEquals(
        ImmutableMap.of(
            "type",
            "role",
            "name",
            "r",
            "argument_spec_name",
            "main",
            "path",
            folder.resolve("roles/r").toString()),
        outcome.result().get("validate_args_context"));
    assertTrue(outcome.result().get("argument_spec_data").toString().contains("As {{ this }}."));
    assertTrue(outcome.message().startsWith("Validation of arguments failed:\nmissing required"));
  }

  @Test
  void variables_count_wherever_they_come_from_also_a_fact_of_an_earlier_task() throws Exception {
    role();
    play(
        """
        tasks:
          - set_fact: {n: 3}
          - import_role: {name: r}
          - include_role: {name: r}
            vars: {m: text}
            ignore_errors: true
        """);
    assertEquals(
        List.of(MAIN + "ok", "does: changed", "r: ok", MAIN + "failed"), withoutFacts(run()));
  }

  private static List<String> withoutFacts(List<String> told) {
    return told.stream()
        .filter(line -> !line.startsWith("set_fact"))
        .map(line -> line.replaceFirst("^include_role", "r"))
        .toList();
  }

  @Test
  void each_beginning_has_its_own_and_one_may_do_without() throws Exception {
    role();
    play(
        """
        tasks:
          - import_role: {name: r, tasks_from: other}
            vars: {o: 1}
          - import_role: {name: r, tasks_from: none.yml}
          - import_role: {name: r, tasks_from: unsaid}
          - import_role: {name: r, rolespec_validate: false}
          - include_role: {name: r, rolespec_validate: no}
        """);
    assertEquals(
        List.of(
            "Validating arguments against arg spec 'other': ok",
            "other: changed",
            "Validating arguments against arg spec 'none' - Nothing said.: ok",
            "none: changed",
            "unsaid: changed",
            "does: changed",
            "r: ok",
            "does: changed"),
        withoutFacts(run()));
  }

  @Test
  void it_is_looked_at_whatever_the_tags() throws Exception {
    role();
    tags = ImmutableSet.of("one");
    play(
        "tasks:\n  - {import_role: {name: r}, vars: {n: 1}, tags: two}\n  - {name: x, deed: {what: it}, tags: one}\n");
    assertEquals(List.of(MAIN + "ok", "x: changed"), run());
  }

  @Test
  void a_file_of_its_own_wins_over_the_roles_main_one() throws Exception {
    file("roles/r/meta/main.yml", "argument_specs: {main: {options: {x: {required: true}}}}\n");
    file("roles/r/tasks/main.yml", "");
    play("roles: [r]\n");
    assertEquals(List.of("Validating arguments against arg spec 'main': failed"), run());
    file("roles/r/meta/argument_specs.yaml", "");
    assertEquals(List.of(), run());
    file("roles/r/meta/argument_specs.yaml", "argument_specs:\n");
    assertEquals(List.of(), run());
  }

  @Test
  void a_specification_that_is_none_is_told_before_anything_runs() throws Exception {
    file("roles/r/meta/argument_specs.yml", "argument_specs: {main: {options: {x: [1]}}}\n");
    file("roles/r/tasks/main.yml", "");
    play("roles: [r]\ntasks:\n  - import_role: {name: r, rolespec_validate: maybe}\n");
    String problems = assertThrows(ProblemsException.class, this::run).problems().toString();
    assertTrue(problems.contains("argument_specs.yml:1:38"), problems);
    assertTrue(problems.contains("'rolespec_validate' must be true or false"), problems);
  }

  @Test
  void a_task_may_look_at_variables_by_itself() throws Exception {
    play(
        """
        vars: {a: x}
        tasks:
          - validate_argument_spec:
              argument_spec: {a: {type: int}, b: {required: true}}
              provided_arguments: {b: 1}
              validate_args_context: {of: mine}
        """);
    run();
    assertEquals(
        ImmutableMap.of("of", "mine"), outcomes.get(0).result().get("validate_args_context"));
    assertEquals(1, ((List<?>) outcomes.get(0).result().get("argument_errors")).size());
  }
}
