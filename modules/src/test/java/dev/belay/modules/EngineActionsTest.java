package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.inventory.InventoryReader;
import dev.belay.playbook.ModuleCatalog;
import dev.belay.playbook.Playbook;
import dev.belay.playbook.PlaybookReader;
import dev.belay.problem.Problems;
import dev.belay.remote.Connection;
import dev.belay.remote.Connections;
import dev.belay.remote.HostSettings;
import dev.belay.remote.SshEnvironment;
import dev.belay.remote.UnreachableException;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.Run;
import dev.belay.run.RunListener;
import dev.belay.run.RunOptions;
import dev.belay.run.Status;
import dev.belay.run.TaskHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the engine does itself, on several hosts: all of them shells of this machine. */
@Timeout(120)
final class EngineActionsTest {
  @TempDir Path folder;

  private final AtomicInteger away = new AtomicInteger();
  private final AtomicInteger connects = new AtomicInteger();
  private final List<String> told = new ArrayList<>();
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
  private Optional<String> typed = Optional.empty();
  private RunOptions.Mode mode = RunOptions.Mode.APPLY;

  private final RunListener listener =
      new RunListener() {
        @Override
        public void taskDone(String host, TaskHeader task, Outcome outcome) {
          told.add(host + " " + task.name() + " " + outcome.status().word());
          outcomes.put(host + " " + task.name(), outcome);
        }

        @Override
        public Optional<String> paused(String host, Pause pause) {
          told.add(host + " pauses: " + pause.prompt().orElse(""));
          return typed;
        }

        @Override
        public void warning(String text) {
          told.add(text);
        }
      };

  /** Each host is a shell of this machine that is not there for the first tries. */
  private Connection open(HostSettings s) throws UnreachableException {
    connects.incrementAndGet();
    if (away.getAndDecrement() > 0) {
      throw new UnreachableException(UnreachableException.Phase.CONNECT, "connection refused");
    }
    SshEnvironment environment =
        new SshEnvironment("root", folder, Optional.empty(), ImmutableList.of());
    return new Connections(environment)
        .open(
            new HostSettings(
                HostSettings.Kind.LOCAL,
                s.name(),
                s.address(),
                s.port(),
                s.user(),
                s.password(),
                s.privateKeys(),
                s.bastions(),
                s.becomePassword(),
                s.knownHosts(),
                s.hostKeys(),
                s.folder(),
                s.connectTimeout()));
  }

  private Recap play(String hosts, String tasks) throws Exception {
    told.clear();
    Path file =
        Files.writeString(
            folder.resolve("site.yml"),
            "- hosts: all\n  gather_facts: false\n  tasks:\n" + tasks.indent(4));
    Problems problems = new Problems();
    ModuleCatalog modules = new ModuleCatalog(BuiltinModules.all());
    Playbook playbook = new PlaybookReader(modules, problems).read(file);
    problems.throwIfAny();
    return new Run(
            ImmutableList.of(playbook),
            InventoryReader.read(List.of(hosts)),
            modules,
            RunOptions.defaults(folder).with(mode, ImmutableMap.of("dir", folder.toString())),
            this::open,
            listener)
        .run();
  }

  @Test
  void a_pause_is_made_once_and_all_hosts_have_what_was_typed() throws Exception {
    typed = Optional.of("yes, go");
    Recap recap =
        play(
            "h1,h2,",
            """
            - {name: stop, pause: {prompt: Go on}, register: answer}
            - {name: use, debug: {msg: "{{ answer.user_input }}"}}
            """);
    assertEquals(
        List.of("h1 pauses: Go on", "h1 stop ok"), told.subList(0, 2), "before all others");
    assertEquals("yes, go", outcomes.get("h2 use").result().get("msg"));
    assertEquals(2, recap.hosts().get("h1").ok());
    assertEquals(1, recap.hosts().get("h2").ok(), "only one host made the pause");
  }

  @Test
  void where_nobody_can_answer_a_pause_warns_and_goes_on() throws Exception {
    play("h1,", "- {name: stop, pause: , register: answer}");
    assertEquals(
        List.of(
            "h1 pauses: ",
            "Not waiting for response to prompt as stdin is not interactive",
            "h1 stop ok"),
        told);
    assertEquals("", outcomes.get("h1 stop").result().get("user_input"));
  }

  @Test
  void a_pause_of_a_time_takes_it_and_a_check_makes_none() throws Exception {
    play("h1,", "- {name: stop, pause: {seconds: 0}}");
    assertEquals(1L, outcomes.get("h1 stop").result().get("delta"), "less than a second is one");
    assertTrue(
        outcomes
            .get("h1 stop")
            .result()
            .get("stdout")
            .toString()
            .matches("Paused for 1\\.\\d+ seconds"));
    mode = RunOptions.Mode.CHECK;
    play("h1,", "- {name: stop, pause: {minutes: 60}}");
    assertEquals(List.of("h1 stop skipped"), told);
  }

  @Test
  void a_pause_has_minutes_or_seconds() throws Exception {
    play("h1,", "- {name: stop, pause: {seconds: 1, minutes: 1}}");
    assertEquals(Status.FAILED, outcomes.get("h1 stop").status());
  }

  @Test
  void a_host_that_is_away_is_waited_for_and_nothing_behind_is_asked_before() throws Exception {
    away.set(3);
    Recap recap =
        play(
            "h1,",
            """
            - {name: wait, wait_for_connection: {sleep: 0, timeout: 60}}
            - {name: look, stat: {path: /etc/passwd}}
            """);
    assertEquals(List.of("h1 wait ok", "h1 look ok"), told);
    assertEquals(4, connects.get());
    assertEquals(0, recap.hosts().get("h1").unreachable());
  }

  @Test
  void a_host_that_stays_away_fails_the_wait_and_is_not_unreachable() throws Exception {
    away.set(1_000_000);
    Recap recap = play("h1,", "- {name: wait, wait_for_connection: {sleep: 1, timeout: 1}}");
    assertEquals(List.of("h1 wait failed"), told);
    assertTrue(outcomes.get("h1 wait").message().contains("connection refused"));
    assertEquals(1, recap.hosts().get("h1").failed());
  }

  private static final String REBOOT =
      "boot_time_command: 'cat {{ dir }}/boot', reboot_command: 'echo second > {{ dir }}/boot'";

  @Test
  void a_restart_is_begun_once_and_over_when_the_host_tells_another_boot() throws Exception {
    Files.writeString(folder.resolve("boot"), "first\n");
    play("h1,", "- {name: restart, reboot: {" + REBOOT + ", reboot_timeout: 60}}");
    assertEquals(List.of("h1 restart changed"), told);
    assertEquals(true, outcomes.get("h1 restart").result().get("rebooted"));
    assertEquals("second\n", Files.readString(folder.resolve("boot")));
    assertEquals(2, connects.get(), "once before, once after");
  }

  @Test
  void a_check_restarts_nothing() throws Exception {
    mode = RunOptions.Mode.CHECK;
    Files.writeString(folder.resolve("boot"), "first\n");
    play("h1,", "- {name: restart, reboot: {" + REBOOT + "}}");
    assertEquals(List.of("h1 restart would change"), told);
    assertEquals("first\n", Files.readString(folder.resolve("boot")));
    assertEquals(0, connects.get());
  }

  @Test
  void a_host_that_does_not_restart_fails_after_its_time() throws Exception {
    Files.writeString(folder.resolve("boot"), "first\n");
    play(
        "h1,",
        "- {name: restart, reboot: {boot_time_command: 'cat {{ dir }}/boot', reboot_command: 'true', reboot_timeout: 1}}");
    Outcome outcome = outcomes.get("h1 restart");
    assertEquals(Status.FAILED, outcome.status());
    assertTrue(outcome.message().contains("has not been restarted"), outcome.message());
    assertEquals(true, outcome.result().get("rebooted"), "it was begun");
  }

  @Test
  void a_restart_that_is_refused_fails_at_once_in_the_hosts_words() throws Exception {
    Files.writeString(folder.resolve("boot"), "first\n");
    play(
        "h1,",
        "- {name: restart, reboot: {boot_time_command: 'cat {{ dir }}/boot', reboot_command: 'echo not now >&2; exit 1'}}");
    Outcome outcome = outcomes.get("h1 restart");
    assertEquals(Status.FAILED, outcome.status());
    assertTrue(outcome.message().contains("not now"), outcome.message());
    assertEquals(false, outcome.result().get("rebooted"));
  }

  @Test
  void the_control_side_is_never_restarted() throws Exception {
    Outcome outcome =
        new LocalHost(folder)
            .apply(
                "- reboot: {boot_time_command: 'echo a', reboot_command: 'touch {{ dir }}/begun'}");
    assertEquals(Status.FAILED, outcome.status());
    assertTrue(outcome.message().contains("would reboot the control node"), outcome.message());
    assertTrue(Files.notExists(folder.resolve("begun")));
  }

  @Test
  void values_of_all_hosts_are_added_in_the_recap() throws Exception {
    Recap recap =
        play(
            "h1,h2,",
            """
            - {name: n, set_stats: {data: {hosts: 1, names: ["{{ inventory_hostname }}"]}}}
            - {name: own, set_stats: {data: {who: "{{ inventory_hostname }}"}, per_host: true}}
            - {name: last, set_stats: {data: {round: "{{ 7 }}"}, aggregate: false}}
            - {name: once, set_stats: {data: {once: 5}}, run_once: true}
            """);
    ImmutableMap<String, Object> run = recap.stats().get(Recap.WHOLE_RUN);
    assertEquals(2L, run.get("hosts"));
    assertEquals(2, ((List<?>) run.get("names")).size());
    assertEquals(7L, run.get("round"));
    assertEquals(5L, run.get("once"));
    assertEquals(ImmutableMap.of("who", "h2"), recap.stats().get("h2"));
  }

  @Test
  void a_value_of_another_type_than_before_is_left_out() throws Exception {
    Recap recap =
        play(
            "h1,",
            "- set_stats: {data: {n: 1}}\n- set_stats: {data: {n: one}}\n- set_stats: {data: {n: 2}}");
    assertEquals(3L, recap.stats().get(Recap.WHOLE_RUN).get("n"));
  }

  @Test
  void what_is_no_mapping_or_no_name_is_no_value_for_the_recap() throws Exception {
    LocalHost host = new LocalHost(folder);
    assertEquals(
        "The 'data' option needs to be a dictionary/hash",
        host.apply("- set_stats: {data: [1, 2]}").message());
    assertTrue(
        host.apply("- set_stats: {data: {.bad: 1}}")
            .message()
            .startsWith("The variable name '.bad' is not valid."));
  }
}
