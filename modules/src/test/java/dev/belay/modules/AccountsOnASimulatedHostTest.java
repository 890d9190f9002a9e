package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and groups, made by the host's own useradd and its kin. */
final class AccountsOnASimulatedHostTest {
  @TempDir static Path folder;
  private static SimulatedHost host;

  @BeforeAll
  static void start() throws Exception {
    host = SimulatedHost.startOrSkip();
    boolean there = host.has("/usr/sbin/useradd");
    if (!there) {
      System.err.println("SKIPPED: tests of users need useradd");
    }
    assumeTrue(there);
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

  private static String line(String file, String name) throws Exception {
    return host.read(file).lines().filter(l -> l.startsWith(name + ":")).findFirst().orElse("");
  }

  @Test
  void a_group_is_made_renumbered_and_removed() throws Exception {
    Outcome made = local().converges("- group: {name: npu1, gid: 4711}");
    assertEquals(4711L, made.value("gid").orElseThrow());
    assertEquals(false, made.value("system").orElseThrow());
    local().converges("- group: {name: npu1, gid: 4712}");
    assertEquals("npu1:x:4712:", line("/etc/group", "npu1"));
    Outcome gone = local().converges("- group: {name: npu1, state: absent}");
    assertTrue(gone.value("gid").isEmpty());
    assertEquals("", line("/etc/group", "npu1"));
  }

  @Test
  void a_number_that_is_taken_fails_in_groupadds_words() throws Exception {
    Outcome failed = local().apply("- group: {name: npu2, gid: 0}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("GID '0' already exists"), failed.message());
    local().converges("- group: {name: npu2, gid: 0, non_unique: true}");
  }

  @Test
  void a_user_is_made_with_a_home_and_removed_with_it() throws Exception {
    Outcome made =
        local().converges("- user: {name: vllm1, uid: 4711, comment: Zoë 中文, shell: /bin/sh}");
    assertEquals("vllm1:x:4711:4711:Zoë 中文:/home/vllm1:/bin/sh", line("/etc/passwd", "vllm1"));
    assertEquals(4711L, made.value("uid").orElseThrow());
    assertEquals(true, made.value("create_home").orElseThrow());
    assertTrue(made.value("append").isEmpty());
    assertTrue(host.has("/home/vllm1/.profile"));
    Outcome changed = local().converges("- user: {name: vllm1, comment: \"it's $(id)\"}");
    assertTrue(line("/etc/passwd", "vllm1").contains(":it's $(id):"));
    assertEquals(false, changed.value("append").orElseThrow());
    assertTrue(changed.value("create_home").isEmpty());
    Outcome gone = local().converges("- user: {name: vllm1, state: absent, remove: true}");
    assertEquals(true, gone.value("remove").orElseThrow());
    assertFalse(host.has("/home/vllm1"));
  }

  @Test
  void groups_are_exact_or_added_to() throws Exception {
    host.run("groupadd g1; groupadd g2; groupadd -g 4800 g3");
    local().converges("- user: {name: vllm2, group: g1, groups: [g2]}");
    local().converges("- user: {name: vllm2, groups: [4800], append: true}");
    assertTrue(host.run("id -Gn vllm2").endsWith("g1 g2 g3\n"));
    local().converges("- user: {name: vllm2, groups: g3}");
    assertTrue(host.run("id -Gn vllm2").endsWith("g1 g3\n"));
    // Naming the first group makes the user a member by list too, as usermod has it.
    local().converges("- user: {name: vllm2, groups: [g1, g3]}");
    local().converges("- user: {name: vllm2, groups: ''}");
    assertTrue(host.run("id -Gn vllm2").endsWith("g1\n"));
  }

  @Test
  void a_hash_arrives_whole_and_is_shown_nowhere() throws Exception {
    String hash = "$6$abc$" + "x".repeat(86);
    Outcome made = local().converges("- user: {name: vllm3, password: '" + hash + "'}");
    assertEquals(hash, line("/etc/shadow", "vllm3").split(":")[1]);
    assertFalse(
        (made.changes().get(0).before() + made.changes().get(0).after() + made.result())
            .contains("$6$"));
    assertEquals("NOT_LOGGING_PASSWORD", made.value("password").orElseThrow());
    local().converges("- user: {name: vllm3, password_lock: true}");
    assertEquals("!" + hash, line("/etc/shadow", "vllm3").split(":")[1]);
    assertEquals(
        Status.OK, local().check("- user: {name: vllm3, password: '" + hash + "'}").status());
    local().converges("- user: {name: vllm3, password_lock: false}");
    assertEquals(hash, line("/etc/shadow", "vllm3").split(":")[1]);
  }

  @Test
  void a_lock_without_a_password_under_it_stays() throws Exception {
    local().converges("- user: {name: vllm4, password_lock: false, create_home: false}");
    assertFalse(host.has("/home/vllm4"));
  }

  @Test
  void days_of_an_account_and_of_its_password() throws Exception {
    local()
        .converges(
            "- user: {name: vllm5, expires: 1700000000.5, password_expire_min: 2, password_expire_max: 90}");
    assertTrue(line("/etc/shadow", "vllm5").matches("vllm5:!:\\d+:2:90:7::19675:"));
    local().converges("- user: {name: vllm5, expires: -1, password_expire_max: 30}");
    assertTrue(line("/etc/shadow", "vllm5").matches("vllm5:!:\\d+:2:30:7:::"));
  }

  @Test
  void a_home_is_made_below_folders_that_are_not_there() throws Exception {
    local().converges("- user: {name: vllm6, home: /srv/deep/er/vllm6}");
    assertEquals(
        "vllm6:vllm6\n",
        host.run("stat -c %U:%G /srv/deep/er/vllm6/.profile").replaceFirst("(?s)^sh: 0.*?\n", ""));
    host.run("rm -r /srv/deep");
    local().converges("- user: {name: vllm6}");
    assertTrue(host.has("/srv/deep/er/vllm6/.profile"));
    local().converges("- user: {name: vllm6, home: '/srv/it is', move_home: true}");
    assertTrue(host.has("/srv/it is/.profile"));
  }

  @Test
  void a_group_that_is_not_there_stops_everything() throws Exception {
    Outcome failed = local().apply("- user: {name: vllm7, groups: [nobodys]}");
    assertEquals(Status.FAILED, failed.status());
    assertEquals("Group nobodys does not exist", failed.message());
    assertEquals("", line("/etc/passwd", "vllm7"));
  }
}
