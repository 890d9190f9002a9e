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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real rpm packages and a real dnf, on a host that is thrown away and has no apt. */
final class DnfOnASimulatedHostTest {
  private static final String REPOSITORY =
      "- yum_repository: {name: test, description: 'A test', baseurl: 'file:///srv/rpms', gpgcheck: false, metadata_expire: '1'}";

  @TempDir Path folder;
  private static SimulatedHost host;
  private LocalHost run;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    boolean tools =
        Files.exists(Path.of("/usr/bin/dnf"))
            && Files.exists(Path.of("/usr/bin/rpmbuild"))
            && Files.exists(Path.of("/usr/bin/createrepo_c"));
    if (!tools) {
      System.err.println("SKIPPED: tests of dnf need the packages dnf, rpm and createrepo-c");
    }
    assumeTrue(tools, "no dnf, rpmbuild or createrepo_c");
    host = SimulatedHost.startOrSkip();
    host.run(
        "rm -rf /etc/yum.repos.d /var/lib/rpm /var/lib/dnf /var/cache/dnf /usr/bin/apt-get && mkdir -p /etc/yum.repos.d /srv/rpms && rpm --initdb && mkdir -p /etc/dnf/vars && echo 1 > /etc/dnf/vars/releasever");
    host.write("/etc/dnf/dnf.conf", "[main]\nplugins=0\nbest=1\n");
    build("belay-one", "1.0", "");
    build("belay-one", "1.2", "Requires: belay-lib\nProvides: belay-virtual");
    build("belay-lib", "1.0", "");
    host.run("createrepo_c -q /srv/rpms");
    host.write("/root/.keep", "");
  }

  private static void build(String name, String version, String more)
      throws IOException, InterruptedException {
    host.write(
        "/root/" + name + ".spec",
        """
        Name: %s
        Version: %s
        Release: 1
        Summary: tiny
        License: none
        BuildArch: noarch
        %s
        %%description
        tiny
        %%install
        mkdir -p %%{buildroot}/opt && echo %s > %%{buildroot}/opt/%s
        %%files
        /opt/%s
        """
            .formatted(name, version, more, version, name, name));
    host.run(
        "rpmbuild -bb --quiet --define '_rpmdir /srv/rpms' --define '_rpmfilename %{NAME}-%{VERSION}.rpm' /root/"
            + name
            + ".spec 2>&1");
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
    host.run(
        "rpm -e belay-one belay-lib 2>&1 || rpm -e belay-one 2>&1 || rpm -e belay-lib 2>&1 || :");
    host.run("rm -f /etc/yum.repos.d/*");
    run.apply(REPOSITORY);
  }

  private static String installed() throws IOException, InterruptedException {
    return host.run("rpm -qa --qf '%{NAME}-%{VERSION} ' | tr ' ' '\\n' | sort | paste -sd' '")
        .strip();
  }

  @Test
  void packages_are_installed_with_what_they_need_and_removed_again() throws Exception {
    Outcome changed = run.converges("- dnf: {name: belay-one}");
    assertEquals("belay-lib-1.0 belay-one-1.2", installed());
    assertTrue(changed.result().get("stdout").toString().contains("belay-one"));
    assertEquals(
        Status.OK,
        run.apply("- dnf: {name: [belay-virtual, 'belay-one >= 1.1', /opt/belay-lib]}").status());
    run.converges("- dnf: {name: 'belay-*', state: absent}");
    assertEquals("", installed());
  }

  @Test
  void a_version_is_installed_and_the_newest_only_where_it_is_asked_for() throws Exception {
    run.converges("- dnf: {name: belay-one-1.0}");
    assertEquals(Status.OK, run.apply("- yum: {name: belay-one}").status());
    assertEquals(Status.CHANGED, run.apply("- dnf: {name: belay-one, state: latest}").status());
    assertEquals("belay-lib-1.0 belay-one-1.2", installed());
    Outcome again = run.apply("- dnf: {name: belay-one, state: latest}");
    assertEquals(Status.OK, again.status(), again.message());
    run.converges("- dnf: {name: belay-one-1.0, allow_downgrade: true}");
  }

  @Test
  void a_file_on_the_host_is_a_package_too() throws Exception {
    run.converges("- dnf: {name: /srv/rpms/belay-lib-1.0.rpm, disable_gpg_check: true}");
    assertEquals(
        "there is no file /nowhere.rpm", run.apply("- dnf: {name: /nowhere.rpm}").message());
  }

  @Test
  void what_cannot_be_had_fails_with_what_dnf_says() throws Exception {
    Outcome failed = run.apply("- dnf: {name: belay-nothing}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("belay-nothing"), failed.message());
  }

  @Test
  void one_task_does_for_all_families() throws Exception {
    run.converges("- package: {names: {debian: [libfoo], redhat: [belay-lib]}}");
    assertEquals("belay-lib-1.0", installed());
    run.converges("- package: {name: belay-lib, state: absent}");
    assertEquals(Status.OK, run.apply("- package: {names: {debian: [libfoo]}}").status());
  }

  @Test
  void a_section_is_exactly_what_the_task_says_and_others_stay() throws Exception {
    host.write(
        "/etc/yum.repos.d/test.repo", "# ours\n[other]\nname=Other\n\n[test]\nname=Old\nextra=1\n");
    Outcome changed = run.converges(REPOSITORY);
    assertEquals(
        "# ours\n[other]\nname=Other\n\n[test]\nbaseurl = file:///srv/rpms\ngpgcheck = 0\nmetadata_expire = 1\nname = A test\n\n",
        host.read("/etc/yum.repos.d/test.repo"));
    assertEquals(Remark.Kind.RISK, changed.remarks().get(0).kind());
    run.converges("- yum_repository: {name: test, state: absent}");
    run.converges("- yum_repository: {name: other, file: test, state: absent}");
    assertFalse(host.has("/etc/yum.repos.d/test.repo"));
  }
}
