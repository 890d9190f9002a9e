package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.module.Remark;
import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Units: the real systemctl where systemd does not run, and a stand-in that keeps a unit's state in
 * a file where it does.
 */
final class UnitsOnASimulatedHostTest {
  private static final String UNIT =
      "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n";
  private static final String STAND_IN =
      """
      PATH=/usr/bin:/bin; d=/srv/units; mkdir -p $d
      case "$*" in
        "show * --property=NeedDaemonReload") [ ! -e $d/changed ] || echo NeedDaemonReload=yes; exit 0 ;;
        daemon-reload) rm -f $d/changed; exit 0 ;;
      esac
      verb=$1; for name do :; done
      [ -e "$d/$name" ] || { [ "$verb" != show ] || { echo LoadState=not-found; echo ActiveState=inactive; exit 0; }; echo "No such unit $name" >&2; exit 5; }
      case $verb in
        show) echo "Id=$name"; echo LoadState=loaded; echo "ActiveState=$(cat $d/$name)"; echo Type=simple; echo "FragmentPath=$d/$name.file"
          up=$(cut -d. -f1 /proc/uptime); [ "$(cat $d/$name)" != active ] || echo "ExecMainStartTimestampMonotonic=${up}000000" ;;
        start|restart) [ "$name" != broken ] || { echo failed > $d/$name; exit 0; }; echo active > $d/$name; echo $verb >> $d/$name.log ;;
        stop) echo inactive > $d/$name ;;
        reload) echo $verb >> $d/$name.log ;;
        is-enabled) echo disabled; exit 1 ;;
      esac""";

  @TempDir static Path folder;
  private static SimulatedHost host;
  private static SimulatedHost running;

  @BeforeAll
  static void start() throws Exception {
    host = SimulatedHost.startOrSkip();
    running = SimulatedHost.startOrSkip();
    running.program("/usr/bin/systemctl", STAND_IN);
    running.run(
        "mkdir -p /run/systemd/system /srv/units; cd /srv/units; for u in a b c; do echo inactive > $u; done; echo inactive > broken");
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
    if (running != null) {
      running.close();
    }
  }

  private static LocalHost offline() throws IOException, InterruptedException {
    boolean there = host.has("/usr/bin/systemctl");
    if (!there) {
      System.err.println("SKIPPED: tests of units need systemctl");
    }
    assumeTrue(there);
    return new LocalHost(folder, host);
  }

  private static LocalHost local() {
    return new LocalHost(folder, running);
  }

  @Test
  void a_unit_is_enabled_and_disabled_where_systemd_does_not_run() throws Exception {
    host.write("/etc/systemd/system/one.service", UNIT);
    Outcome enabled = offline().converges("- systemd: {name: one, enabled: true}");
    assertEquals(true, enabled.value("enabled").orElseThrow());
    assertTrue(host.has("/etc/systemd/system/multi-user.target.wants/one.service"));
    offline().converges("- service: {name: one.service, enabled: false, state: stopped}");
    assertFalse(host.has("/etc/systemd/system/multi-user.target.wants/one.service"));
  }

  @Test
  void a_unit_is_masked_and_unmasked_where_systemd_does_not_run() throws Exception {
    host.write("/usr/lib/systemd/system/two.service", UNIT);
    offline().converges("- systemd: {name: two, masked: true}");
    Outcome refused = offline().apply("- systemd: {name: two, enabled: true}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("masked"), refused.message());
    offline().converges("- systemd: {name: two, masked: false, enabled: true}");
    assertTrue(host.has("/etc/systemd/system/multi-user.target.wants/two.service"));
  }

  @Test
  void a_static_unit_is_left_alone() throws Exception {
    host.write("/usr/lib/systemd/system/three.service", UNIT.replaceAll("(?s)\\[Install.*", ""));
    assertEquals(Status.OK, offline().apply("- systemd: {name: three, enabled: true}").status());
    assertEquals(Status.OK, offline().apply("- systemd: {name: three, enabled: false}").status());
  }

  @Test
  void what_is_not_there_fails_and_what_cannot_run_is_unsupported() throws Exception {
    Outcome unknown = offline().check("- service: {name: nobodys, enabled: true}");
    assertEquals("Could not find the requested service nobodys: host", unknown.message());
    host.write("/etc/systemd/system/four.service", UNIT);
    assertEquals(
        Status.UNSUPPORTED, offline().apply("- service: {name: four, state: started}").status());
  }

  @Test
  void a_unit_is_started_and_stopped() throws Exception {
    Outcome started = local().converges("- service: {name: a, state: started}");
    assertEquals("started", started.value("state").orElseThrow());
    assertEquals("active", ((Map<?, ?>) started.value("status").orElseThrow()).get("ActiveState"));
    local().converges("- systemd: {name: a, state: stopped}");
  }

  @Test
  void a_restart_is_done_each_time_and_never_by_a_check() throws Exception {
    assertEquals(
        Status.WOULD_CHANGE, local().check("- systemd: {name: b, state: restarted}").status());
    assertFalse(running.has("/srv/units/b.log"));
    Outcome started = local().apply("- systemd: {name: b, state: restarted}");
    assertEquals("started", started.value("state").orElseThrow());
    local().apply("- systemd: {name: b, state: restarted}");
    local().apply("- systemd: {name: b, state: reloaded}");
    assertEquals("start\nrestart\nreload\n", running.read("/srv/units/b.log"));
  }

  @Test
  void a_unit_that_fails_as_soon_as_it_is_started_is_no_success() throws Exception {
    Outcome failed = local().apply("- systemd: {name: broken, state: started}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("did not converge"), failed.message());
  }

  @Test
  void systemd_reloads_where_a_file_changed_and_only_then() throws Exception {
    assertEquals(Status.OK, local().apply("- systemd: {daemon_reload: true}").status());
    running.write("/srv/units/changed", "");
    local().converges("- systemd: {daemon_reload: true}");
  }

  @Test
  void a_file_that_is_newer_than_the_process_asks_for_a_restart() throws Exception {
    running.write("/srv/units/c", "active\n");
    running.write("/srv/units/c.file", "");
    running.run("touch -d '1 hour ago' /srv/units/c.file");
    assertTrue(local().check("- systemd: {name: c, state: started}").remarks().isEmpty());
    running.run("touch -d '1 hour' /srv/units/c.file");
    Remark remark = local().check("- systemd: {name: c, state: started}").remarks().get(0);
    assertEquals(Remark.Kind.RESTART_NEEDED, remark.kind());
    assertTrue(remark.text().contains("/srv/units/c.file"), remark.text());
  }
}
