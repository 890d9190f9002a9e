package dev.belay.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.problem.ProblemsException;
import dev.belay.vault.Secrets;
import dev.belay.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that ask somebody: for variables, and whether to do a task. */
final class AskingTest {
  @TempDir Path folder;

  private final List<String> asked = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private final Secrets secrets = new Secrets();
  private ControlSide.Purpose purpose = ControlSide.Purpose.RUN;
  private ImmutableMap<String, Object> extra = ImmutableMap.of();
  private final List<String> done = new ArrayList<>();

  private synchronized Optional<String> answer(String prompt, Asker.Echo echo) {
    asked.add(echo == Asker.Echo.HIDDEN ? prompt + "(hidden)" : prompt);
    return Optional.ofNullable(answers.poll());
  }

  private List<String> run(String play) throws IOException, InterruptedException {
    Path site =
        Files.writeString(
            folder.resolve("site.yml"), "- hosts: all\n  gather_facts: false\n" + play.indent(2));
    Problems problems = new Problems();
    ModuleCatalog modules = new ModuleCatalog(ImmutableList.of(Knob.DEED));
    Playbook playbook = new PlaybookReader(modules, problems).read(site);
    problems.throwIfAny();
    new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of("h1,h2")),
            modules,
            options(),
            settings -> new TranscriptHost(),
            new RunListener() {
              @Override
              public void taskDone(String host, TaskHeader task, Outcome outcome) {
                done.add(host + " " + outcome.changes().get(0).after());
              }
            })
        .run();
    return done.stream().sorted().toList();
  }

  private RunOptions options() {
    ControlSide bare = ControlSide.bare();
    ControlSide control =
        new ControlSide(
            new Vault(List.of(), secrets),
            this::answer,
            purpose,
            bare.rolesPath(),
            bare.becomeMethod(),
            bare.sshArguments(),
            bare.port(),
            bare.gathering(),
            bare.modulePath(),
            bare.strategy(),
            bare.forcesHandlers(),
            bare.told(),
            bare.managed(),
            bare.inventories(),
            bare.shard(),
            bare.root());
    return RunOptions.defaults(folder).with(RunOptions.Mode.APPLY, extra).with(control);
  }

  private void type(String... words) {
    answers.addAll(List.of(words));
  }

  @Test
  void what_is_typed_wins_over_the_plays_own_and_is_asked_for_once() throws Exception {
    type("typed");
    List<String> done =
        run(
            """
            vars: {word: own}
            vars_prompt: [{name: word, prompt: Which word, default: none, private: false}]
            tasks: [{deed: {what: "{{ word }}"}}]
            """);
    assertEquals(List.of("h1 typed", "h2 typed"), done);
    assertEquals(List.of("Which word [none]: "), asked);
  }

  @Test
  void nothing_typed_is_the_default() throws Exception {
    type("");
    assertEquals(
        List.of("h1 7", "h2 7"),
        run("vars_prompt: [{name: n, default: 7}]\ntasks: [{deed: {what: '{{ n }}'}}]"));
  }

  @Test
  void a_private_answer_is_hidden_and_a_secret() throws Exception {
    type("swordfish");
    run("vars_prompt: [{name: password}]\ntasks: [{deed: {what: '{{ password }}'}}]");
    assertEquals(List.of("password: (hidden)"), asked);
    assertEquals("********", secrets.masked("swordfish"));
  }

  @Test
  void an_answer_is_asked_for_again_until_both_are_the_same() throws Exception {
    type("one", "other", "same", "same");
    assertEquals(
        List.of("h1 same", "h2 same"),
        run(
            "vars_prompt: [{name: a, private: false, confirm: true}]\ntasks: [{deed: {what: '{{ a }}'}}]"));
    assertEquals(List.of("a: ", "confirm a: ", "a: ", "confirm a: "), asked);
  }

  @Test
  void an_answer_may_be_a_template_unless_it_is_said_to_be_unsafe() throws Exception {
    type("{{ 1 + 1 }}", "{{ 1 + 1 }}");
    assertEquals(
        List.of("h1 2 {{ 1 + 1 }}", "h2 2 {{ 1 + 1 }}"),
        run(
            "vars_prompt: [{name: a}, {name: b, unsafe: true}]\ntasks: [{deed: {what: '{{ a }} {{ b }}'}}]"));
  }

  @Test
  void what_the_command_line_gives_is_not_asked_for() throws Exception {
    extra = ImmutableMap.of("a", "given");
    assertEquals(
        List.of("h1 given", "h2 given"),
        run("vars_prompt: [{name: a}]\ntasks: [{deed: {what: '{{ a }}'}}]"));
    assertEquals(List.of(), asked);
  }

  @Test
  void where_nobody_answers_and_there_is_no_default_nothing_runs() {
    assertThrows(
        ProblemsException.class,
        () -> run("vars_prompt: [{name: a}]\ntasks: [{deed: {what: '{{ a }}'}}]"));
  }

  @Test
  void a_run_in_steps_asks_once_for_all_hosts_and_leaves_out_what_is_not_wanted() throws Exception {
    purpose = ControlSide.Purpose.STEP;
    type("y", "n", "", "c");
    List<String> done =
        run(
            """
            tasks:
            - {name: a, deed: {what: a}}
            - {name: b, deed: {what: b}}
            - {name: c, deed: {what: c}}
            - {name: d, deed: {what: d}}
            - {name: e, deed: {what: e}}
            """);
    assertEquals(List.of("h1 a", "h1 d", "h1 e", "h2 a", "h2 d", "h2 e"), done);
    assertEquals(4, asked.size());
    assertEquals("Perform task: TASK: a (N)o/(y)es/(c)ontinue: ", asked.get(0));
  }
}
