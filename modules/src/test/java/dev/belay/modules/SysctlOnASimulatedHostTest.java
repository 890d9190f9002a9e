package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.module.Remark;
import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kernel parameters on a host whose knobs are files, and whose boots are done by the real
 * systemd-sysctl.
 */
final class SysctlOnASimulatedHostTest {
  private static final String OWN = "/etc/sysctl.d/90-belay-vm.swappiness.conf";
  private static final String LIVE = "/proc/sys/vm/swappiness";
  private static final String TASK = "- sysctl: {name: vm.swappiness, value: 1}";

  @TempDir static Path folder;
  private static SimulatedHost host;

  @BeforeAll
  static void start() throws Exception {
    host = SimulatedHost.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
  }

  private static LocalHost local() {
    return new LocalHost(folder, host);
  }

  /** As the kernel begins, and as if nobody had kept anything. */
  private static void afresh() throws Exception {
    host.run(
        "rm -f /etc/sysctl.d/* /run/sysctl.d/* /usr/lib/sysctl.d/99-test.conf; : > /etc/sysctl.conf; rm -rf /etc/tuned /run/tuned");
    host.write(LIVE, "60\n");
  }

  /** systemd-sysctl writes into the file, which is longer than what it writes. */
  private static String live() throws Exception {
    return host.read(LIVE).strip();
  }

  private static void boot() throws Exception {
    boolean there = host.has("/usr/lib/systemd/systemd-sysctl");
    if (!there) {
      System.err.println("SKIPPED: boots of kernel settings need the package systemd");
    }
    assumeTrue(there);
    host.write(LIVE, "60\n");
    host.run("/usr/lib/systemd/systemd-sysctl");
  }

  @Test
  void a_boot_sets_what_was_kept_and_there_is_nothing_left_to_do() throws Exception {
    afresh();
    local().converges(TASK);
    boot();
    assertEquals("1", live());
    Outcome again = local().check(TASK);
    assertEquals(Status.OK, again.status(), again.message());
    assertEquals("1", again.value("next_boot").orElseThrow());
  }

  @Test
  void a_parameter_named_with_slashes_is_found_by_a_boot_too() throws Exception {
    afresh();
    host.write("/proc/sys/net/ipv4/conf/eth0.100/rp_filter", "0\n");
    local().converges("- sysctl: {name: net/ipv4/conf/eth0.100/rp_filter, value: 2}");
    host.write("/proc/sys/net/ipv4/conf/eth0.100/rp_filter", "0\n");
    boot();
    assertEquals("2\n", host.read("/proc/sys/net/ipv4/conf/eth0.100/rp_filter"));
  }

  @Test
  void what_is_foretold_of_a_boot_is_what_a_boot_does() throws Exception {
    afresh();
    host.write("/etc/sysctl.d/99-test.conf", "-vm/swappiness = 30\n");
    Outcome shadowed = local().apply(TASK);
    assertEquals(Status.CHANGED, shadowed.status(), shadowed.message());
    assertEquals(Remark.Kind.SHADOWED, shadowed.remarks().get(0).kind());
    assertEquals("30", shadowed.value("next_boot").orElseThrow());
    boot();
    assertEquals("30", live());
  }

  @Test
  void a_name_wins_over_a_later_pattern_at_boot_as_foretold() throws Exception {
    afresh();
    host.write("/etc/sysctl.d/99-test.conf", "vm.swap*ness = 30\n");
    assertEquals("1", local().apply(TASK).value("next_boot").orElseThrow());
    boot();
    assertEquals("1", live());
    host.run("rm " + OWN);
    assertEquals("30", local().check(TASK).value("next_boot").orElseThrow());
    boot();
    assertEquals("30", live());
  }

  @Test
  void a_file_in_run_hides_one_of_its_name_in_usr_as_foretold() throws Exception {
    afresh();
    host.write("/usr/lib/sysctl.d/99-test.conf", "vm.swappiness = 30\n");
    host.write("/run/sysctl.d/99-test.conf", "vm.swappiness = 40\n");
    assertEquals("40", local().check(TASK).value("next_boot").orElseThrow());
    boot();
    assertEquals("40", live());
    host.run("rm /run/sysctl.d/99-test.conf; ln -s /dev/null /etc/sysctl.d/99-test.conf");
    assertEquals("", local().check(TASK).value("next_boot").orElseThrow());
    boot();
    assertEquals("60", live());
    host.run("rm /usr/lib/sysctl.d/99-test.conf");
  }

  @Test
  void sysctl_conf_counts_by_its_link_alone() throws Exception {
    afresh();
    String task = "- sysctl: {name: vm.swappiness, value: 1, sysctl_file: /etc/sysctl.conf}";
    host.run("mkdir -p /etc/sysctl.d; ln -sf ../sysctl.conf /etc/sysctl.d/99-sysctl.conf");
    host.write("/etc/sysctl.conf", "# mine\nkernel.sysrq = 1\n");
    local().converges(task);
    assertEquals("# mine\nkernel.sysrq = 1\nvm.swappiness=1\n", host.read("/etc/sysctl.conf"));
    boot();
    assertEquals("1", live());
    host.run("rm /etc/sysctl.d/99-sysctl.conf");
    Outcome unread = local().check(task);
    assertEquals(Remark.Kind.SHADOWED, unread.remarks().get(0).kind());
    assertEquals("", unread.value("next_boot").orElseThrow());
    boot();
    assertEquals("60", live());
    host.write("/etc/sysctl.conf", "");
  }

  @Test
  void a_link_to_the_file_stays_a_link() throws Exception {
    afresh();
    host.write("/etc/sysctl.conf", "");
    host.run("ln -sf ../sysctl.conf /etc/sysctl.d/99-sysctl.conf");
    local()
        .converges(
            "- sysctl: {name: vm.swappiness, value: 1, sysctl_file: /etc/sysctl.d/99-sysctl.conf}");
    assertTrue(Files.isSymbolicLink(host.path("/etc/sysctl.d/99-sysctl.conf")), "the link is gone");
    assertEquals("vm.swappiness=1\n", host.read("/etc/sysctl.conf"));
    host.run("rm /etc/sysctl.d/99-sysctl.conf; : > /etc/sysctl.conf");
  }

  @Test
  void what_the_kernel_changes_on_its_own_fails_and_is_not_kept() throws Exception {
    afresh();
    // The kernel gives each process its own: what was written is not what is read.
    host.run("ln -sfT /proc/self/comm " + LIVE);
    Outcome failed = local().apply(TASK);
    host.run("rm " + LIVE);
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("keeps cat and not 1"), failed.message());
    assertFalse(host.has(OWN));
  }

  @Test
  void what_the_kernel_refuses_fails_in_its_words_and_is_not_kept() throws Exception {
    afresh();
    host.run("ln -sfT /proc/self/oom_score_adj " + LIVE);
    Outcome failed = local().apply("- sysctl: {name: vm.swappiness, value: 9999}");
    host.run("rm " + LIVE);
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("Invalid argument"), failed.message());
    assertFalse(host.has(OWN));
  }

  @Test
  void tuned_without_a_way_back_has_the_last_word() throws Exception {
    afresh();
    host.write("/etc/tuned/active_profile", "mine\n");
    host.write("/run/tuned/tuned.pid", "1\n");
    host.write("/etc/tuned/tuned-main.conf", "daemon = 1\nreapply_sysctl = 0\n");
    host.write("/etc/tuned/mine/tuned.conf", "[main]\ninclude=base\n[cpu]\ngovernor=performance\n");
    host.write("/usr/lib/tuned/base/tuned.conf", "[sysctl]\nvm.swappiness = 10\n");
    Outcome shadowed = local().apply(TASK);
    assertEquals("10", shadowed.value("next_boot").orElseThrow());
    assertTrue(shadowed.remarks().get(0).text().contains("tuned's profile 'mine'"));
    host.write("/etc/tuned/tuned-main.conf", "reapply_sysctl = 1\n");
    assertEquals("1", local().check(TASK).value("next_boot").orElseThrow());
  }

  @Test
  void a_sign_of_a_container_stops_what_is_the_hosts_and_nothing_else() throws Exception {
    afresh();
    host.write("/run/.containerenv", "");
    Outcome refused = local().apply(TASK);
    Outcome own = local().check("- sysctl: {name: net.core.somaxconn, value: 77}");
    Outcome meant =
        local().check("- sysctl: {name: vm.swappiness, value: 1, allow_in_container: true}");
    host.run("rm /run/.containerenv");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("/run/.containerenv is there"), refused.message());
    assertEquals("60", live());
    assertEquals(Status.WOULD_CHANGE, own.status());
    assertEquals(Status.WOULD_CHANGE, meant.status());
  }

  @Test
  void a_dockerenv_alone_stops_nothing() throws Exception {
    afresh();
    host.write("/.dockerenv", "");
    local().converges(TASK);
    host.run("rm /.dockerenv");
  }

  @Test
  void running_cgroups_of_the_old_kind_keep_their_own() throws Exception {
    afresh();
    host.write("/sys/fs/cgroup/memory/memory.swappiness", "60\n");
    host.write("/sys/fs/cgroup/memory/docker/a/memory.swappiness", "60\n");
    host.write("/sys/fs/cgroup/memory/docker/b/memory.swappiness", "1\n");
    Outcome changed = local().converges(TASK);
    host.run("rm -r /sys/fs/cgroup");
    assertTrue(changed.remarks().get(0).text().startsWith("1 memory cgroups"));
  }
}
