package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that log in, keys of hosts, and the host's own name, on a host that may be changed. */
final class LoginKeysTest {
  private static final String KEYS = "/home/ops/.ssh/authorized_keys";
  private static final String KNOWN = "/root/.ssh/known_hosts";

  private static SimulatedHost machine;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    machine = SimulatedHost.startOrSkip();
    machine.run("useradd -m ops");
  }

  @AfterAll
  static void stop() {
    if (machine != null) {
      machine.close();
    }
  }

  @BeforeEach
  void nothing_is_there() throws Exception {
    machine.run("rm -rf /home/ops/.ssh /root/.ssh; mkdir -m 0700 /root/.ssh");
  }

  private LocalHost host() {
    return new LocalHost(folder, machine);
  }

  private static String key(String more) {
    return "- authorized_key: {user: ops, " + more + "}";
  }

  private static String modes(String path) throws Exception {
    return machine.run("stat -c '%U %a' " + path).strip();
  }

  @Test
  void a_key_is_added_with_the_file_and_folder_that_it_needs() throws Exception {
    Outcome changed = host().converges(key("key: ssh-ed25519 AAAA me@here"));
    assertEquals("ssh-ed25519 AAAA me@here\n", machine.read(KEYS));
    assertEquals("ops 600", modes(KEYS));
    assertEquals("ops 700", modes("/home/ops/.ssh"));
    assertEquals(KEYS, changed.result().get("keyfile"));
  }

  @Test
  void other_lines_stay_byte_for_byte_and_a_key_that_differs_goes_behind_them() throws Exception {
    machine.write(KEYS, "# kept\nssh-rsa  BBBB   twice  spaced\nssh-ed25519 AAAA old\nodd line");
    host()
        .converges(key("key: ssh-ed25519 AAAA old, key_options: 'from=\"10.0.0.0/8,::1\",no-pty'"));
    assertEquals(
        "# kept\nssh-rsa  BBBB   twice  spaced\nodd line\nfrom=\"10.0.0.0/8,::1\",no-pty ssh-ed25519 AAAA old\n",
        machine.read(KEYS));
    host().converges(key("key: ssh-rsa BBBB, state: absent"));
    assertTrue(!machine.read(KEYS).contains("BBBB"));
  }

  @Test
  void several_keys_may_be_given_and_be_all_that_there_is() throws Exception {
    machine.write(KEYS, "# gone\nssh-rsa BBBB b\nssh-rsa CCCC c\n");
    host()
        .converges(
            key(
                "exclusive: true, key: \"ssh-ed25519 DDDD d\\n# a comment\\n\\nssh-rsa CCCC c\\n\""));
    assertEquals("ssh-rsa CCCC c\nssh-ed25519 DDDD d\n", machine.read(KEYS));
  }

  @Test
  void the_same_key_twice_is_one_and_the_last_comment_holds() throws Exception {
    host().converges(key("key: \"ssh-rsa CCCC one\\nssh-rsa CCCC two\""));
    assertEquals("ssh-rsa CCCC two\n", machine.read(KEYS));
  }

  @Test
  void a_link_that_the_user_made_of_the_folder_is_not_given_to_the_user() throws Exception {
    machine.run("mkdir -p /srv/root-only && ln -s /srv/root-only /home/ops/.ssh");
    host().converges(key("key: ssh-ed25519 AAAA a"));
    assertEquals("root 755", modes("/srv/root-only"));
  }

  @Test
  void a_link_in_the_files_place_is_replaced_unless_it_is_to_be_followed() throws Exception {
    machine.write("/srv/keys", "");
    machine.run("mkdir /home/ops/.ssh; ln -s /srv/keys " + KEYS);
    host().converges(key("key: ssh-ed25519 AAAA a, follow: true"));
    assertEquals("ssh-ed25519 AAAA a\n", machine.read("/srv/keys"));
    host().converges(key("key: ssh-rsa BBBB b"));
    assertEquals("ssh-ed25519 AAAA a\n", machine.read("/srv/keys"));
    assertEquals("ssh-ed25519 AAAA a\nssh-rsa BBBB b\n", machine.read(KEYS));
  }

  @Test
  void a_folder_that_others_need_stays_as_it_is() throws Exception {
    machine.run("mkdir -p /etc/ssh/keys && chmod 0755 /etc/ssh/keys");
    host().converges(key("key: ssh-ed25519 AAAA a, path: /etc/ssh/keys/ops, manage_dir: false"));
    assertEquals("root 755", modes("/etc/ssh/keys"));
    assertEquals("ops 600", modes("/etc/ssh/keys/ops"));
  }

  @Test
  void what_is_no_key_and_who_is_no_user_is_refused() throws Exception {
    assertTrue(host().apply(key("key: nonsense")).message().contains("invalid key specified"));
    assertTrue(
        host()
            .apply(key("key: 'https://example.org/me.keys'"))
            .message()
            .contains("a URL as 'key'"));
    assertTrue(
        host()
            .apply(key("key: ssh-rsa AAAA, key_options: \"a\\nssh-rsa EVIL\""))
            .message()
            .contains("one line"));
    Outcome nobody = host().apply("- authorized_key: {user: nosuch, key: ssh-rsa AAAA}");
    assertTrue(nobody.message().startsWith("Failed to lookup user nosuch"), nobody.message());
  }

  private static String known(String more) {
    return "- known_hosts: {name: Git.example.org, " + more + "}";
  }

  @Test
  void a_hosts_key_is_added_replaced_by_type_and_removed() throws Exception {
    machine.write(KNOWN, "other ssh-rsa AAAA");
    host().converges(known("key: git.example.org ssh-rsa BBBB"));
    assertEquals("other ssh-rsa AAAA\ngit.example.org ssh-rsa BBBB\n", machine.read(KNOWN));
    host().converges(known("key: git.example.org ssh-ed25519 CCCC"));
    host().converges(known("key: git.example.org ssh-rsa DDDD"));
    assertEquals(
        "other ssh-rsa AAAA\ngit.example.org ssh-ed25519 CCCC\ngit.example.org ssh-rsa DDDD\n",
        machine.read(KNOWN));
    host().converges(known("state: absent, key: git.example.org ssh-rsa DDDD"));
    host().converges(known("state: absent"));
    assertEquals("other ssh-rsa AAAA\n", machine.read(KNOWN));
  }

  @Test
  void a_hashed_name_is_what_openssh_reads_and_is_found_again() throws Exception {
    host().converges(known("key: git.example.org ssh-ed25519 CCCC, hash_host: true"));
    String line = machine.read(KNOWN);
    assertTrue(line.startsWith("|1|") && !line.contains("git.example"), line);
    assertTrue(machine.run("ssh-keygen -F git.example.org -f " + KNOWN).contains("found: line 1"));
    host().converges(known("state: absent"));
    assertEquals("", machine.read(KNOWN));
  }

  @Test
  void a_line_for_patterns_and_one_of_a_certificate_authority_are_understood() throws Exception {
    machine.write(
        KNOWN,
        "*.example.org,!git.example.org ssh-rsa AAAA\n@cert-authority *.example.org ssh-rsa BBBB\n");
    host().converges(known("key: git.example.org ssh-rsa CCCC"));
    host().converges(known("state: absent"));
    assertEquals(
        "*.example.org,!git.example.org ssh-rsa AAAA\n",
        machine.read(KNOWN).lines().findFirst().orElse("") + "\n");
  }

  @Test
  void a_key_of_another_host_or_no_key_is_refused() throws Exception {
    assertTrue(host().apply(known("key: other ssh-rsa AAAA")).message().contains("does not match"));
    Outcome keyless = host().apply(known("state: present"));
    assertEquals("No key specified when adding a host", keyless.result().get("msg"));
    assertTrue(keyless.message().contains("/site.yml:4:"), "people get the place");
    Outcome lacking = host().apply(known("key: git.example.org ssh-rsa A, path: /none/known"));
    assertEquals("there is no folder /none", lacking.message());
    assertEquals(Status.FAILED, lacking.status());
  }

  @Test
  void a_hosts_name_is_set_live_and_for_the_next_boot_each_where_it_differs() throws Exception {
    machine.run("rm -f /etc/hostname; echo old > /proc/sys/kernel/hostname");
    Outcome both = host().converges("- hostname: {name: npu-17.example.org}");
    assertEquals(2, both.changes().size());
    assertEquals("npu-17.example.org\n", machine.read("/etc/hostname"));
    assertEquals("npu-17.example.org\n", machine.read("/proc/sys/kernel/hostname"));
    machine.run("echo drifted > /proc/sys/kernel/hostname");
    Outcome live = host().converges("- hostname: {name: npu-17.example.org}");
    assertEquals("host name (live)", live.changes().get(0).what());
    machine.write("/etc/hostname", "other\n");
    Outcome stored = host().converges("- hostname: {name: npu-17.example.org}");
    assertEquals("host name (next boot)", stored.changes().get(0).what());
  }

  @Test
  void where_the_distribution_keeps_the_name_among_others_only_its_line_is_edited()
      throws Exception {
    machine.write("/etc/sysconfig/network", "NETWORKING=yes\nHOSTNAME=old\nGATEWAY=10.0.0.1\n");
    host().converges("- hostname: {name: npu-18, use: redhat}");
    assertEquals(
        "NETWORKING=yes\nHOSTNAME=npu-18\nGATEWAY=10.0.0.1\n",
        machine.read("/etc/sysconfig/network"));
    machine.run("mkdir -p /etc/conf.d");
    host().converges("- hostname: {name: npu-19, use: openrc}");
    assertEquals("hostname=\"npu-19\"\n", machine.read("/etc/conf.d/hostname"));
  }

  @Test
  void under_systemd_the_name_is_set_by_its_own_tool() throws Exception {
    machine.run("mkdir -p /run/systemd/system");
    machine.program(
        "/usr/bin/hostnamectl",
        "for n; do :; done; case $1$2 in *--static*) echo \"$n\" > /etc/hostname;; *) echo \"$n\" > /proc/sys/kernel/hostname;; esac");
    try {
      Outcome changed = host().converges("- hostname: {name: npu-20}");
      assertTrue(changed.changes().get(0).steps().toString().contains("hostnamectl"));
    } finally {
      machine.run("rmdir /run/systemd/system");
    }
  }

  @Test
  void a_name_that_a_shell_or_a_file_would_misread_is_refused() throws Exception {
    for (String name : new String[] {"-F", "a b", "$(reboot)", "a/b", "x".repeat(65)}) {
      assertEquals(
          Status.FAILED, host().apply("- hostname: {name: '" + name + "'}").status(), name);
    }
  }

  @Test
  void the_hosts_databases_are_told_as_facts() throws Exception {
    Outcome user = host().apply("- getent: {database: passwd, key: ops}");
    assertTrue(
        user.result().toString().contains("getent_passwd={ops=[x, "), user.result().toString());
    Outcome none = host().apply("- getent: {database: passwd, key: nosuch}");
    assertEquals("One or more supplied key could not be found in the database.", none.message());
    Outcome allowed = host().apply("- getent: {database: passwd, key: nosuch, fail_key: false}");
    assertEquals(Status.OK, allowed.status());
    assertTrue(
        allowed.result().toString().contains("getent_passwd={nosuch=None"),
        allowed.result().toString());
    assertEquals(
        "Missing arguments, or database unknown.",
        host().apply("- getent: {database: nonsense}").message());
  }
}
