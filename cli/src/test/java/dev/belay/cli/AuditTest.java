package dev.belay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.module.Change;
import dev.belay.module.Remark;
import dev.belay.run.Outcome;
import dev.belay.run.Recap;
import dev.belay.run.Status;
import dev.belay.run.TaskHeader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an audit makes of outcomes. */
final class AuditTest {
  private static final TaskHeader TASK = Events.task(1, "Swap little");
  private static final Change LIVE = Events.change("vm.swappiness (live)", "60", "1");
  private static final Change STORED = Events.change("vm.swappiness (file)", "(absent)", "1");
  private static final Remark SHADOWED = Remark.shadowed("/etc/sysctl.d/99-x.conf sets it to 60");

  private final Audit audit = new Audit();

  private static Audit.Group only(Audit audit) {
    assertEquals(1, audit.groups().size(), audit.groups().toString());
    return audit.groups().get(0);
  }

  private List<String> kinds() {
    return audit.groups().stream().map(g -> g.finding().kind().word()).toList();
  }

  private void end(Recap recap) {
    recap.hosts().keySet().forEach(audit::hostDone);
    audit.runDone(recap);
  }

  private void one(Outcome outcome) {
    audit.playStarted(Events.play("Tune", "h1"));
    audit.taskDone("h1", TASK, outcome);
    end(Events.recap(Events.tally(0, 0, 0), "h1"));
  }

  private String printed(Recap recap) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuditReport(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new ConsoleStyle(false, false, 0),
            AuditReport.Naming.CUT,
            audit)
        .runDone(recap);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void hosts_of_which_the_same_is_true_are_one_group() {
    String[] hosts = {"npu01", "npu02", "npu03"};
    audit.playStarted(Events.play("Tune", hosts));
    for (String host : List.of("npu03", "npu01")) {
      audit.taskDone(host, TASK, Events.drift(LIVE));
    }
    audit.taskDone("npu02", TASK, Events.drift(Events.change(LIVE.what(), "30", "1")));
    end(Events.recap(Events.tally(1, 0, 0), hosts));
    assertEquals(2, audit.groups().size());
    assertEquals(ImmutableList.of("npu01", "npu03"), audit.groups().get(0).hosts());
    assertEquals(ImmutableList.of("npu02"), audit.groups().get(1).hosts());
  }

  @Test
  void a_difference_with_another_remark_is_another_finding() {
    audit.playStarted(Events.play("Tune", "h1", "h2"));
    ImmutableList<Change> changes = ImmutableList.of(LIVE);
    audit.taskDone(
        "h1",
        TASK,
        Events.full(Status.WOULD_CHANGE, ImmutableMap.of(), changes, ImmutableList.of(SHADOWED)));
    audit.taskDone("h2", TASK, Events.drift(LIVE));
    end(Events.recap(Events.tally(1, 0, 0), "h1", "h2"));
    assertEquals(2, audit.groups().size());
  }

  @Test
  void the_order_in_which_hosts_come_changes_nothing() {
    String expected = "";
    for (int seed = 0; seed < 20; seed++) {
      Audit shuffled = new Audit();
      List<String> hosts = new ArrayList<>();
      for (int i = 1; i <= 12; i++) {
        hosts.add("h" + i);
      }
      shuffled.playStarted(Events.play("Tune", hosts.toArray(new String[0])));
      Collections.shuffle(hosts, new Random(seed));
      for (String host : hosts) {
        String named = "Task of " + host;
        shuffled.taskDone(host, Events.task(1, named), Events.drift(LIVE, STORED));
        shuffled.taskDone(host, Events.task(2, named), Events.outcome(Status.UNSUPPORTED, host));
        shuffled.hostDone(host);
      }
      Recap recap = Events.recap(Events.tally(1, 0, 0), "h1");
      shuffled.runDone(recap);
      String groups = shuffled.groups().toString();
      assertTrue(expected.isEmpty() || expected.equals(groups), groups);
      expected = groups;
    }
    assertTrue(expected.contains("name=Task of h1,"), expected);
  }

  @Test
  void the_worst_comes_first_and_then_what_stands_first() {
    audit.playStarted(Events.play("Tune", "h1"));
    int number = 1;
    audit.taskDone("h1", Events.task(number++, "a"), Events.remarked(Status.OK, Remark.note("n")));
    for (Status status :
        List.of(Status.UNSUPPORTED, Status.UNKNOWN, Status.UNVERIFIABLE, Status.WOULD_CHANGE)) {
      audit.taskDone("h1", Events.task(number++, "b"), Events.outcome(status, "why"));
    }
    audit.taskDone("h1", Events.task(number++, "c"), Events.drift(LIVE));
    for (Remark remark :
        List.of(Remark.risk("r"), Remark.restartNeeded("s"), Remark.shadowed("t"))) {
      audit.taskDone("h1", Events.task(number++, "d"), Events.remarked(Status.OK, remark));
    }
    audit.taskDone(
        "h1", Events.task(number++, "e"), Events.ignored(Events.outcome(Status.FAILED, "x")));
    audit.taskDone("h1", Events.task(number++, "f"), Events.outcome(Status.UNREACHABLE, "lost"));
    audit.taskDone("h1", Events.task(number, "g"), Events.outcome(Status.FAILED, "x"));
    end(Events.recap(Events.tally(2, 1, 1), "h1"));
    assertEquals(
        List.of(
            "failed",
            "unreachable",
            "drift",
            "drift",
            "shadowed",
            "restart-needed",
            "risk",
            "handled",
            "unverifiable",
            "unknown",
            "unsupported",
            "note"),
        kinds());
  }

  @Test
  void what_counts_as_drift_ends_with_3_and_nothing_else_does() {
    for (Remark.Kind kind : Remark.Kind.values()) {
      Audit fresh = new Audit();
      fresh.playStarted(Events.play("Tune", "h1"));
      fresh.taskDone("h1", TASK, Events.remarked(Status.OK, new Remark(kind, "x")));
      fresh.hostDone("h1");
      boolean counts = kind == Remark.Kind.SHADOWED || kind == Remark.Kind.RESTART_NEEDED;
      assertEquals(
          counts ? ExitCode.DRIFT : ExitCode.FINE,
          fresh.exit(Events.recap(Events.tally(0, 0, 0), "h1")),
          kind.name());
    }
    for (Status status : List.of(Status.UNSUPPORTED, Status.UNVERIFIABLE, Status.UNKNOWN)) {
      Audit fresh = new Audit();
      fresh.playStarted(Events.play("Tune", "h1"));
      fresh.taskDone("h1", TASK, Events.outcome(status, "x"));
      fresh.hostDone("h1");
      assertEquals(ExitCode.FINE, fresh.exit(Events.recap(Events.tally(0, 0, 0), "h1")));
    }
    one(Events.drift(LIVE));
    assertEquals(ExitCode.DRIFT, audit.exit(Events.recap(Events.tally(1, 0, 0), "h1")));
    assertEquals(ExitCode.UNREACHABLE, audit.exit(Events.recap(Events.tally(1, 1, 0), "h1")));
    assertEquals(ExitCode.FAILED, audit.exit(Events.recap(Events.tally(1, 1, 1), "h1")));
  }

  @Test
  void a_remark_that_is_worse_than_its_status_is_not_lost_in_it() {
    one(Events.remarked(Status.UNSUPPORTED, SHADOWED, Remark.note("also")));
    assertEquals(List.of("shadowed", "unsupported"), kinds());
    assertEquals(ImmutableList.of(Remark.note("also")), audit.groups().get(1).finding().remarks());
  }

  @Test
  void what_is_hidden_shows_its_status_and_nothing_of_its_values() {
    Outcome secret =
        Events.full(
            Status.WOULD_CHANGE,
            ImmutableMap.of("live", "hunter2"),
            ImmutableList.of(Events.change("hunter2", "hunter2", "hunter2")),
            ImmutableList.of(Remark.shadowed("hunter2")));
    one(Events.hidden(Events.loop(Status.WOULD_CHANGE, new Outcome.Item("hunter2", secret))));
    String all = printed(Events.recap(Events.tally(1, 0, 0), "h1"));
    assertFalse((all + audit.groups()).contains("hunter2"), all);
    assertEquals(FindingKind.DRIFT, only(audit).finding().kind());
  }

  @Test
  void a_failure_that_is_rescued_is_handled_and_the_next_one_is_not() {
    audit.playStarted(Events.play("Tune", "h1"));
    audit.taskDone("h1", TASK, Events.outcome(Status.FAILED, "first"));
    audit.rescued("h1");
    audit.taskDone("h1", Events.task(2, "b"), Events.outcome(Status.FAILED, "second"));
    end(Events.recap(Events.tally(0, 0, 1), "h1"));
    assertEquals(List.of("failed", "handled"), kinds());
    assertEquals("first", audit.groups().get(1).finding().text());
  }

  @Test
  void a_host_that_a_mistake_ended_outside_of_any_task_is_found() {
    audit.playStarted(Events.play("Tune", "h1"));
    end(Events.recap(Events.tally(0, 0, 1), "h1"));
    assertEquals(FindingKind.FAILED, only(audit).finding().kind());
    assertTrue(printed(Events.recap(Events.tally(0, 0, 1), "h1")).contains("failed=1"));
  }

  @Test
  void a_check_that_changes_something_after_all_says_so() {
    one(Events.full(Status.CHANGED, ImmutableMap.of(), ImmutableList.of(LIVE), ImmutableList.of()));
    assertEquals(FindingKind.DRIFT, only(audit).finding().kind());
    assertTrue(only(audit).finding().text().contains("check_mode: false"));
  }

  @Test
  void live_stored_and_next_boot_values_are_shown_apart_where_all_hosts_have_the_same() {
    ImmutableMap<String, Object> values =
        ImmutableMap.of("live", "1", "persisted", "", "next_boot", 60L, "other", "x");
    audit.playStarted(Events.play("Tune", "h1", "h2"));
    for (String host : List.of("h1", "h2")) {
      audit.taskDone(
          host,
          TASK,
          Events.full(Status.OK, values, ImmutableList.of(), ImmutableList.of(SHADOWED)));
    }
    audit.taskDone(
        "h1",
        Events.task(2, "b"),
        Events.full(Status.OK, values, ImmutableList.of(), ImmutableList.of(SHADOWED)));
    audit.taskDone("h2", Events.task(2, "b"), Events.remarked(Status.OK, SHADOWED));
    end(Events.recap(Events.tally(0, 0, 0), "h1", "h2"));
    assertEquals(
        """

        AUDIT **************************************************************************

        SHADOWED: 2 findings on 2 hosts
          Swap little  (site.yml:11:7)
            source: guide, 5.1
            why: because
            2 hosts: h[1:2]
              /etc/sysctl.d/99-x.conf sets it to 60
              (live 1, persisted none, next boot 60)
          b  (site.yml:12:7)
            source: guide, 5.2
            why: because
            2 hosts: h[1:2]
              /etc/sysctl.d/99-x.conf sets it to 60

        HOSTS **************************************************************************
        h1                         : shadowed=2
        h2                         : shadowed=2
        """,
        printed(Events.recap(Events.tally(0, 0, 0), "h1", "h2"))
            .replaceFirst("(?s)\n\nPLAY.*", "\n"));
  }

  @Test
  void no_text_of_a_host_or_playbook_can_steer_the_terminal_or_forge_a_line() {
    String evil = "\u001b[2J\u202e\r\nPLAY RECAP \u009b";
    audit.playStarted(Events.play(evil, evil));
    TaskHeader task = Events.task(1, evil);
    Outcome outcome =
        Events.full(
            Status.WOULD_CHANGE,
            ImmutableMap.of("live", evil),
            ImmutableList.of(Events.change(evil, evil, "x")),
            ImmutableList.of(Remark.risk(evil)));
    audit.taskDone(evil, task, outcome);
    audit.taskDone(
        evil,
        task,
        Events.loop(Status.FAILED, new Outcome.Item(evil, Events.outcome(Status.FAILED, evil))));
    audit.warning(evil);
    Recap recap = Events.recap(Events.tally(1, 0, 1), evil);
    end(recap);
    String all = printed(recap);
    assertEquals(1, all.lines().filter(line -> line.startsWith("PLAY RECAP ***")).count());
    assertTrue(all.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127), all);
  }
}
