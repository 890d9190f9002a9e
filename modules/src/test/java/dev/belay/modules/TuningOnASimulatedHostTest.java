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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CPU frequencies, the scheduler and other values under /sys, on a host whose knobs are files. A
 * boot is: all knobs as the kernel begins, then what the host's units run.
 */
final class TuningOnASimulatedHostTest {
  private static final String CPUS = "/sys/devices/system/cpu/cpufreq";
  private static final String COST = "/sys/kernel/debug/sched/migration_cost_ns";
  private static final String PAGES = "/sys/kernel/mm/transparent_hugepage/enabled";
  private static final String UNIT = "/etc/systemd/system/belay-tuning.service";

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

  @BeforeEach
  void afresh() throws Exception {
    host.run(
        "rm -rf /etc/belay /etc/systemd/system/*belay* /etc/systemd/system/*/*belay* /etc/tmpfiles.d/belay* /etc/sysctl.d/*belay* /sys/devices/system/cpu/cpufreq /sys/kernel/debug /run/.containerenv /etc/tuned /run/tuned");
    begin();
  }

  /** All knobs as the kernel begins. */
  private static void begin() throws IOException, InterruptedException {
    policy("policy0", "schedutil", "0 1");
    policy("policy2", "schedutil", "2 3");
    policy("policy4", "schedutil", "");
    host.write(CPUS + "/boost", "1\n");
    host.write(COST, "500000\n");
    host.write(PAGES, "madvise\n");
  }

  private static void policy(String name, String governor, String cpus)
      throws IOException, InterruptedException {
    host.write(CPUS + "/" + name + "/scaling_governor", governor + "\n");
    host.write(CPUS + "/" + name + "/scaling_available_governors", "performance schedutil\n");
    host.write(CPUS + "/" + name + "/scaling_driver", "cppc_cpufreq\n");
    host.write(CPUS + "/" + name + "/affected_cpus", cpus + "\n");
  }

  private static String governor(String policy) throws IOException, InterruptedException {
    return host.read(CPUS + "/" + policy + "/scaling_governor").strip();
  }

  /** What systemd would start: the unit, where multi-user.target wants it. */
  private static void boot() throws Exception {
    begin();
    String link = "/etc/systemd/system/multi-user.target.wants/belay-tuning.service";
    String command =
        host.run("cat " + link)
            .lines()
            .filter(line -> line.startsWith("ExecStart="))
            .map(line -> line.substring("ExecStart=".length()))
            .findFirst()
            .orElseThrow();
    host.run(command);
  }

  private static void isSettled(String task) throws Exception {
    Outcome outcome = local().check(task);
    assertEquals(Status.OK, outcome.status(), task + outcome.changes() + outcome.message());
  }

  @Test
  void after_a_boot_there_is_nothing_left_to_do_for_any_of_three_tasks() throws Exception {
    String cpu = "- cpufreq: {governor: performance, boost: false}";
    String scheduler = "- sched_knob: {name: migration_cost_ns, value: 5000000}";
    String pages = "- sysfs: {path: " + PAGES + ", value: always}";
    for (String task : List.of(cpu, scheduler, pages)) {
      local().converges(task);
    }
    boot();
    assertEquals("performance", governor("policy0"));
    assertEquals("performance", governor("policy2"));
    assertEquals("5000000\n", host.read(COST));
    assertEquals("always\n", host.read(PAGES));
    assertEquals("0\n", host.read(CPUS + "/boost"));
    for (String task : List.of(cpu, scheduler, pages)) {
      isSettled(task);
    }
  }

  @Test
  void without_its_file_a_boot_leaves_the_value_alone() throws Exception {
    local().apply("- cpufreq: {governor: performance}");
    local().apply("- sysfs: {path: " + PAGES + ", value: always}");
    local().converges("- cpufreq: {governor: performance, persist: none}");
    boot();
    assertEquals("schedutil", governor("policy0"));
    assertEquals("always\n", host.read(PAGES));
  }

  @Test
  void offline_policies_are_left_alone_now_and_at_boot() throws Exception {
    Outcome changed = local().apply("- cpufreq:\n    governor: performance");
    assertEquals(List.of("policy4"), changed.value("inactive").orElseThrow());
    boot();
    assertEquals("schedutil", governor("policy4"));
  }

  @Test
  void a_boot_on_a_kernel_without_the_paths_succeeds() throws Exception {
    local().apply("- cpufreq: {governor: performance}");
    local().apply("- sched_knob: {name: migration_cost_ns, value: 5000000}");
    host.run("rm -r /sys/devices/system/cpu/cpufreq /sys/kernel/debug; sh /etc/belay/boot.sh");
  }

  @Test
  void a_value_that_is_refused_at_boot_ends_the_unit_in_failure_and_the_others_are_set()
      throws Exception {
    local().apply("- cpufreq: {governor: performance}");
    host.write("/etc/belay/boot.d/a.conf", CPUS + " 1\n");
    begin();
    String said = host.run("sh /etc/belay/boot.sh && exit 9; true");
    assertTrue(said.contains("Is a directory"), said);
    assertEquals("performance", governor("policy2"));
  }

  @Test
  void the_script_writes_nowhere_but_under_sys() throws Exception {
    local().apply("- cpufreq: {governor: performance}");
    host.write("/tmp/other", "mine\n");
    host.write("/etc/belay/boot.d/a.conf", "/tmp/other theirs\n");
    host.run("sh /etc/belay/boot.sh");
    assertEquals("mine\n", host.read("/tmp/other"));
  }

  @Test
  void tmpfiles_can_do_it_too() throws Exception {
    boolean there = host.has("/usr/bin/systemd-tmpfiles");
    if (!there) {
      System.err.println("SKIPPED: boots by tmpfiles.d need the package systemd");
    }
    assumeTrue(there);
    String task = "- cpufreq: {governor: performance, persist: tmpfiles}";
    local().apply("- cpufreq: {governor: performance}");
    local().converges(task);
    assertFalse(host.has("/etc/belay/boot.d/cpufreq.conf"));
    begin();
    host.run("systemd-tmpfiles --create /etc/tmpfiles.d/belay-cpufreq.conf");
    assertTrue(governor("policy2").startsWith("performance"));
  }

  @Test
  void systemd_finds_no_fault_with_the_unit() throws Exception {
    boolean there = host.has("/usr/bin/systemd-analyze");
    if (!there) {
      System.err.println("SKIPPED: systemd's judgement of the unit needs the package systemd");
    }
    assumeTrue(there);
    local().apply("- cpufreq: {governor: performance}");
    String said = host.run("systemd-analyze verify --man=no " + UNIT + " 2>&1 || :");
    assertFalse(said.contains("belay-tuning.service:"), said);
    String enabled = host.run("systemctl is-enabled belay-tuning.service");
    assertTrue(enabled.endsWith("enabled\n"), enabled);
  }

  @Test
  void the_unit_of_an_earlier_version_goes() throws Exception {
    String old = "/etc/systemd/system/belay-cpufreq.service";
    host.write(old, "[Service]\n");
    host.run(
        "mkdir -p /etc/systemd/system/multi-user.target.wants; ln -s "
            + old
            + " /etc/systemd/system/multi-user.target.wants/");
    local().converges("- cpufreq: {governor: performance}");
    assertFalse(host.has(old));
    assertFalse(host.has("/etc/systemd/system/multi-user.target.wants/belay-cpufreq.service"));
  }

  @Test
  void a_governor_that_is_not_offered_is_refused_and_nothing_is_written() throws Exception {
    Outcome refused = local().apply("- cpufreq: {governor: ondemand}");
    assertEquals(Status.FAILED, refused.status());
    assertEquals("schedutil", governor("policy0"));
    assertFalse(host.has("/etc/belay"));
  }

  @Test
  void a_driver_that_keeps_its_own_fails_by_name_and_nothing_is_kept() throws Exception {
    // The kernel gives each process its own: what was written is not what is read.
    host.run("cd " + CPUS + "/policy2; ln -sfT /proc/self/comm scaling_governor");
    Outcome failed = local().apply("- cpufreq: {governor: performance}");
    host.run("rm " + CPUS + "/policy2/scaling_governor");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(
        failed.message().contains("policy2/scaling_governor keeps cat and not performance"),
        failed.message());
    assertFalse(host.has("/etc/belay"));
  }

  @Test
  void what_the_kernel_refuses_is_told_in_its_words() throws Exception {
    host.run("ln -s /proc/self/oom_score_adj /sys/knob");
    Outcome failed = local().apply("- sysfs: {path: /sys/knob, value: 9999}");
    host.run("rm /sys/knob");
    assertEquals(Status.FAILED, failed.status());
    assertFalse(host.has("/etc/belay"));
    assertTrue(failed.message().contains("Invalid argument"), failed.message());
  }

  @Test
  void a_container_of_the_hosts_kernel_touches_no_governor() throws Exception {
    host.write("/run/.containerenv", "");
    Outcome refused = local().apply("- cpufreq: {governor: performance}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("/run/.containerenv"), refused.message());
    assertEquals("schedutil", governor("policy0"));
  }

  @Test
  void where_tuned_sets_the_same_governor_the_boot_is_its() throws Exception {
    host.write("/etc/tuned/active_profile", "latency-performance\n");
    host.write("/run/tuned/tuned.pid", "1\n");
    host.write(
        "/usr/lib/tuned/latency-performance/tuned.conf",
        "[main]\nsummary=x\n\n[cpu]\nforce_latency=1\ngovernor=performance\n");
    Outcome changed = local().converges("- cpufreq: {governor: performance}");
    assertEquals(1, changed.changes().size());
    assertTrue(changed.remarks().stream().anyMatch(r -> r.text().contains("latency-performance")));
    assertFalse(host.has("/etc/belay"));
  }

  @Test
  void an_old_kernels_scheduler_knob_is_kept_by_sysctl() throws Exception {
    host.run("rm -r /sys/kernel/debug");
    host.write("/proc/sys/kernel/sched_migration_cost_ns", "500000\n");
    String task = "- sched_knob: {name: migration_cost_ns, value: 50000}";
    Outcome changed = local().converges(task);
    assertEquals(Remark.Kind.RISK, changed.remarks().get(0).kind());
    assertEquals(
        "# Managed by belay.\nkernel.sched_migration_cost_ns = 50000\n",
        host.read("/etc/sysctl.d/90-belay-kernel.sched_migration_cost_ns.conf"));
    host.run("rm /proc/sys/kernel/sched_migration_cost_ns");
    host.write(COST, "500000\n");
    local().converges(task);
    assertFalse(host.has("/etc/sysctl.d/90-belay-kernel.sched_migration_cost_ns.conf"));
  }

  @Test
  void a_scheduler_knob_that_cannot_be_read_is_left_alone() throws Exception {
    host.run("rm " + COST + "; mkdir " + COST);
    Outcome outcome = local().apply("- sched_knob: {name: migration_cost_ns, value: 1}");
    host.run("rmdir " + COST);
    assertEquals(Status.UNVERIFIABLE, outcome.status());
    assertTrue(outcome.message().contains("cannot be read"), outcome.message());
  }
}
