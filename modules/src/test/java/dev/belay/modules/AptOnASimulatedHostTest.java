package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.module.Remark;
import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real packages, apt and dpkg, on a host that is thrown away. */
final class AptOnASimulatedHostTest {
  private static final String REFRESH =
      "- apt: {update_cache: true, update_cache_retries: 1, lock_timeout: 1}";

  @TempDir Path folder;
  private static SimulatedHost host;
  private static DebArchive archive;
  private LocalHost run;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    host = SimulatedHost.startOrSkip();
    archive =
        DebArchive.on(host, "/srv/archive")
            .with("belay-one", "1.0-1", "")
            .with("belay-one", "1.2-1", "Depends: belay-lib\\n")
            .with("belay-lib", "1.0", "")
            .with("belay-virtual1t64", "2.0", "Provides: belay-virtual1 (= 2.0)\\n");
    host.run("apt-get update 2>&1");
  }

  @AfterAll
  static void stop() {
    if (host != null) {
      host.close();
    }
  }

  @BeforeEach
  void clear() throws IOException, InterruptedException {
    run = new LocalHost(folder, host);
    host.run("dpkg --purge belay-one belay-lib belay-virtual1t64 belay-new 2>&1");
  }

  private static String version(String name) throws IOException, InterruptedException {
    return host.run(
        "dpkg-query -W -f '${db:Status-Abbrev}${Version}' "
            + name
            + " 2>/dev/null | sed -n 's/^ii //p'");
  }

  @Test
  void a_package_is_installed_with_what_it_needs_and_then_nothing_is_left_to_do() throws Exception {
    Outcome changed = run.converges("- apt: {name: belay-one}");
    assertEquals("1.2-1", version("belay-one"));
    assertEquals("1.0", version("belay-lib"));
    assertTrue(changed.result().get("stdout").toString().contains("belay-one"));
    assertEquals(false, changed.result().get("cache_updated"));
  }

  @Test
  void a_certain_version_an_older_one_and_a_pattern_are_kept_apart() throws Exception {
    run.converges("- apt: {name: belay-one=1.0-1}");
    assertEquals(Status.OK, run.apply("- apt: {name: 'belay-one=1.*'}").status());
    assertEquals(Status.OK, run.apply("- apt: {name: 'belay-one>=1.0'}").status());
    run.converges("- apt: {name: 'belay-one>=1.1'}");
    assertEquals("1.2-1", version("belay-one"));
    Outcome refused = run.apply("- apt: {name: belay-one=1.0-1}");
    assertEquals(Status.FAILED, refused.status());
    assertTrue(refused.message().contains("downgraded"), refused.message());
    run.converges("- apt: {name: belay-one=1.0-1, allow_downgrade: true}");
  }

  @Test
  void latest_goes_on_to_the_newest_and_stays_there() throws Exception {
    run.apply("- apt: {name: belay-one=1.0-1}");
    Outcome changed = run.converges("- apt: {name: belay-one, state: latest}");
    assertEquals("belay-one 1.0-1", changed.changes().get(0).before());
    assertEquals("belay-one 1.2-1", changed.changes().get(0).after());
  }

  @Test
  void a_name_that_is_only_provided_is_not_changed_for_ever() throws Exception {
    run.converges("- apt: {name: belay-virtual1}");
    assertEquals("2.0", version("belay-virtual1t64"));
    assertEquals(Status.OK, run.apply("- apt: {name: belay-virtual1, state: latest}").status());
  }

  @Test
  void only_upgrade_leaves_out_what_is_not_there() throws Exception {
    assertEquals(
        Status.OK,
        run.apply("- apt: {name: belay-one, only_upgrade: true, state: latest}").status());
    assertEquals("", version("belay-one"));
  }

  @Test
  void removal_keeps_configuration_and_purging_takes_it_and_patterns_mean_what_is_there()
      throws Exception {
    run.apply("- apt: {name: belay-one}");
    run.converges("- apt: {name: 'belay-o*', state: absent}");
    assertTrue(host.has("/etc/belay-one.conf"));
    run.converges("- apt: {name: belay-one, state: absent, purge: true}");
    assertFalse(host.has("/etc/belay-one.conf"));
  }

  @Test
  void a_pattern_installs_all_that_fits_and_one_that_nothing_fits_is_an_error() throws Exception {
    run.converges("- apt: {name: 'belay-[ol]*'}");
    assertEquals("1.0", version("belay-lib"));
    assertEquals(
        "no package fits 'belay-nothing*'", run.apply("- apt: {name: 'belay-nothing*'}").message());
  }

  @Test
  void what_nothing_needs_any_more_is_reckoned_and_removed() throws Exception {
    run.apply("- apt: {name: belay-one}");
    run.apply("- apt: {name: belay-one, state: absent}");
    Outcome changed = run.converges("- apt: {autoremove: true}");
    assertEquals("belay-lib 1.0", changed.changes().get(0).before());
    assertEquals("", version("belay-lib"));
  }

  @Test
  void all_is_upgraded_and_then_nothing_is_left() throws Exception {
    run.apply("- apt: {name: belay-one=1.0-1}");
    Outcome changed = run.converges("- apt: {upgrade: dist}");
    assertEquals("belay-one absent, belay-lib absent", absentOnes(changed));
    assertEquals("1.2-1", version("belay-one"));
    assertEquals(Status.OK, run.apply("- apt: {name: '*', state: latest}").status());
  }

  private static String absentOnes(Outcome outcome) {
    String before = outcome.changes().get(0).before();
    return before.contains("belay-lib absent") && before.contains("belay-one 1.0-1")
        ? "belay-one absent, belay-lib absent"
        : before;
  }

  @Test
  void a_package_file_brings_what_it_needs_and_an_older_one_is_refused() throws Exception {
    run.converges("- apt: {deb: /srv/archive/belay-one_1.2-1_all.deb}");
    assertEquals("1.0", version("belay-lib"));
    assertEquals(
        "belay-one is installed in the later version 1.2-1; allow_downgrade puts 1.0-1 in its place",
        run.apply("- apt: {deb: /srv/archive/belay-one_1.0-1_all.deb}").message());
    run.converges("- apt: {deb: /srv/archive/belay-one_1.0-1_all.deb, allow_downgrade: true}");
    assertEquals(
        "there is no file /nowhere.deb", run.apply("- apt: {deb: /nowhere.deb}").message());
  }

  @Test
  void a_package_at_an_address_is_fetched_by_the_host() throws Exception {
    try (FileServer server = FileServer.of(host.path("/srv/archive"))) {
      String task = "- apt: {deb: '" + server.address("/belay-lib_1.0_all.deb") + "'}";
      Outcome changed = run.converges(task);
      assertEquals(Remark.Kind.RISK, changed.remarks().get(0).kind());
      host.run("cp /srv/archive/belay-lib_1.0_all.deb /srv/archive/any.deb");
      Outcome same = run.apply("- apt: {deb: '" + server.address("/any.deb") + "'}");
      assertEquals(Status.OK, same.status(), same.message());
      host.run("rm /srv/archive/any.deb");
      assertEquals(
          Status.FAILED, run.apply("- apt: {deb: '" + server.address("/no.deb") + "'}").status());
    }
  }

  @Test
  void the_index_is_renewed_once_and_new_packages_are_seen() throws Exception {
    archive.with("belay-new", "1", "");
    assertEquals(Status.FAILED, run.apply("- apt: {name: belay-new}").status());
    Outcome installed = run.apply("- apt: {name: belay-new, update_cache: true}");
    assertEquals(Status.CHANGED, installed.status(), installed.message());
    assertEquals(true, installed.result().get("cache_updated"));
    assertFalse(installed.result().get("stdout").toString().contains("belay:"));
    assertEquals(
        Status.OK, run.apply("- apt: {update_cache: true, cache_valid_time: 3600}").status());
    assertEquals(Status.OK, run.apply("- apt: {name: belay-new, update_cache: true}").status());
  }

  @Test
  void an_index_that_cannot_be_fetched_is_a_failure_and_what_apt_said_is_told() throws Exception {
    host.write("/etc/apt/sources.list.d/broken.list", "deb [trusted=yes] file:/nowhere ./\n");
    Outcome failed = run.apply(REFRESH);
    host.run("rm /etc/apt/sources.list.d/broken.list");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("/nowhere"), failed.message());
  }

  @Test
  void a_lock_that_is_held_is_waited_for_and_then_its_process_is_named() throws Exception {
    Process holder = lock("/var/lib/dpkg/lock-frontend");
    try {
      Outcome failed = run.apply("- apt: {name: belay-lib, lock_timeout: 1}");
      assertEquals(Status.FAILED, failed.status());
      assertTrue(failed.message().contains("is held by process "), failed.message());
    } finally {
      release(holder);
    }
    assertEquals(Status.CHANGED, run.apply("- apt: {name: belay-lib}").status());
  }

  @Test
  void the_lock_of_the_index_is_waited_for_too() throws Exception {
    Process holder = lock("/var/lib/apt/lists/lock");
    try {
      Outcome failed = run.apply(REFRESH);
      assertEquals(Status.FAILED, failed.status());
      assertTrue(failed.message().contains("is held by process "), failed.message());
    } finally {
      release(holder);
    }
  }

  /** Holds a lock as dpkg does, until its input ends. */
  private static Process lock(String path) throws IOException {
    Process holder =
        host.start(
            "exec perl -e 'use Fcntl; open(F, \">>\", shift) or die; my $l = pack(\"s s l! l! i\", F_WRLCK, 0, 0, 0, 0); fcntl(F, F_SETLK, $l) or die \"$!\"; $| = 1; print \"held\\n\"; <STDIN>' "
                + path);
    assertEquals('h', holder.getInputStream().read());
    return holder;
  }

  private static void release(Process holder) throws IOException, InterruptedException {
    holder.getOutputStream().close();
    holder.waitFor();
  }

  @Test
  void an_interrupted_dpkg_is_named_with_what_mends_it_and_left() throws Exception {
    host.write("/var/lib/dpkg/updates/0001", "");
    Outcome failed = run.apply("- apt: {name: belay-lib}");
    host.run("rm /var/lib/dpkg/updates/0001");
    assertTrue(failed.message().contains("dpkg --configure -a"), failed.message());
    assertEquals("", version("belay-lib"));
  }

  @Test
  void services_are_kept_from_starting_and_the_policy_of_before_comes_back() throws Exception {
    host.program("/usr/sbin/policy-rc.d", "exit 7");
    run.converges("- apt: {name: belay-lib, policy_rc_d: 101}");
    assertEquals("#!/bin/sh\nexit 7\n", host.read("/usr/sbin/policy-rc.d"));
    assertFalse(host.has("/usr/sbin/.policy-rc.d.belay"));
    host.run("rm /usr/sbin/policy-rc.d");
    run.apply("- apt: {name: belay-lib, state: absent, policy_rc_d: 101}");
    assertFalse(host.has("/usr/sbin/policy-rc.d"));
  }

  @Test
  void fetched_files_are_deleted_where_there_are_any() throws Exception {
    host.write("/var/cache/apt/archives/x_1_all.deb", "");
    run.converges("- apt: {clean: true}");
  }
}
