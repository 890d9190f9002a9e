package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/**
 * Mounts, by the real mount in the host's own name space; swap, by stand-ins, for swap is the whole
 * machine's.
 */
final class MountsOnASimulatedHostTest {
  private static final String FSTAB =
      "# swap was on /dev/sda2 during installation\n\n/dev/sda1\t/\text4\terrors=remount-ro\t0\t1\n";
  private static final String SWAPS = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";

  @TempDir static Path folder;
  private static SimulatedHost host;

  @BeforeAll
  static void start() throws Exception {
    host = SimulatedHost.startOrSkip();
    host.write("/srv/swaps", SWAPS);
    host.run("mount --bind /srv/swaps /proc/swaps");
    host.program(
        "/usr/sbin/swapoff",
        "[ ! -e /srv/stuck ] || { echo 'swapoff: failed: Cannot allocate memory' >&2; exit 1; }\n"
            + "n=$(printf '%s' \"$2\" | sed 's/ /\\\\040/g'); t=$(grep -vF \"$n\" /srv/swaps); printf '%s\\n' \"$t\" > /srv/swaps");
    host.program(
        "/usr/sbin/swapon",
        "awk '$3 == \"swap\" && $1 !~ /^#/ { print $1 \"\\tpartition\\t8\\t0\\t-2\" }' /etc/fstab >> /srv/swaps");
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
    host.write("/etc/fstab", FSTAB);
    host.write("/srv/swaps", SWAPS);
  }

  @Test
  void a_file_system_is_mounted_changed_and_removed() throws Exception {
    local()
        .converges(
            "- mount: {path: /srv/it is, src: tmpfs, fstype: tmpfs, opts: size=1m, state: mounted}");
    assertEquals(FSTAB + "tmpfs /srv/it\\040is tmpfs size=1m 0 0\n", host.read("/etc/fstab"));
    assertTrue(host.run("stat -f -c %T '/srv/it is'").contains("tmpfs"));
    local()
        .converges(
            "- mount: {path: /srv/it is, src: tmpfs, fstype: tmpfs, opts: 'size=2m,ro', state: mounted}");
    assertTrue(host.run("grep 'it.040is' /proc/mounts").contains("ro,"));
    local().converges("- mount: {path: /srv/it is, state: unmounted}");
    local()
        .converges(
            "- mount: {path: /srv/it is, src: tmpfs, fstype: tmpfs, opts: 'size=2m,ro', state: mounted}");
    local().converges("- mount: {path: /srv/it is, state: absent}");
    assertEquals(FSTAB, host.read("/etc/fstab"));
    assertFalse(host.has("/srv/it is"));
  }

  @Test
  void a_mount_that_fails_leaves_everything_as_it_was() throws Exception {
    Outcome failed =
        local().apply("- mount: {path: /srv/no, src: /dev/nobodys, fstype: ext4, state: mounted}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("/dev/nobodys"), failed.message());
    assertEquals(FSTAB, host.read("/etc/fstab"));
    assertFalse(host.has("/srv/no"));
    assertFalse(host.has("/etc/fstab.belay-before"));
  }

  @Test
  void a_line_alone_mounts_nothing_and_a_backup_has_the_old_text() throws Exception {
    local()
        .converges(
            "- mount: {path: /srv/line, src: 'UUID=1', fstype: ext4, passno: '2', boot: false, backup: true, state: present}");
    assertEquals(FSTAB + "UUID=1 /srv/line ext4 defaults,noauto 0 2\n", host.read("/etc/fstab"));
    assertEquals(FSTAB, host.run("cat /etc/fstab.*~").replaceFirst("(?s)^sh: 0:.*?\n", ""));
    local().converges("- mount: {path: /srv/line, state: absent_from_fstab}");
  }

  @Test
  void a_remount_is_a_deed() throws Exception {
    host.run("mkdir -p /srv/again && mount -t tmpfs tmpfs /srv/again");
    host.write("/etc/fstab", FSTAB + "tmpfs /srv/again tmpfs ro 0 0\n");
    Outcome done = local().apply("- mount: {path: /srv/again, state: remounted}");
    assertEquals(Status.CHANGED, done.status(), done.message());
    assertTrue(host.run("grep again /proc/mounts").contains("ro,"));
  }

  @Test
  void swap_goes_by_its_type_and_comes_again() throws Exception {
    String text =
        FSTAB
            + "/dev/sdb2 none swap sw 0 0\n/swap\\040file none swap sw 0 0\n/dev/sdb1 /swapdata ext4 defaults 0 2\n";
    host.write("/etc/fstab", text);
    host.write(
        "/srv/swaps", SWAPS + "/dev/sdb2\tpartition\t8\t0\t-2\n/swap\\040file\tfile\t8\t0\t-3\n");
    local().converges("- swap: {state: off}");
    assertEquals(
        text.replace("/dev/sdb2", "#belay-swap-off# /dev/sdb2")
            .replace("/swap\\040", "#belay-swap-off# /swap\\040"),
        host.read("/etc/fstab"));
    assertEquals(SWAPS, host.read("/srv/swaps"));
    local().converges("- swap: {state: 'on'}");
    assertEquals(text, host.read("/etc/fstab"));
  }

  @Test
  void swap_that_cannot_be_switched_off_stays_for_the_next_boot_too() throws Exception {
    host.write("/etc/fstab", FSTAB + "/dev/sdb2 none swap sw 0 0\n");
    host.write("/srv/swaps", SWAPS + "/dev/sdb2\tpartition\t8\t0\t-2\n");
    host.write("/srv/stuck", "");
    Outcome failed = local().apply("- swap: {state: off}");
    host.run("rm /srv/stuck");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("Cannot allocate memory"), failed.message());
    assertEquals(FSTAB + "/dev/sdb2 none swap sw 0 0\n", host.read("/etc/fstab"));
  }

  @Test
  void units_that_swap_are_masked_but_not_those_of_fstab() throws Exception {
    host.write("/run/systemd/generator/dev-zram0.swap", "[Swap]\nWhat=/dev/zram0\n");
    host.write("/run/systemd/generator/dev-sdb2.swap", "[Unit]\nSourcePath=/etc/fstab\n");
    host.write("/etc/systemd/system/mine.swap", "[Swap]\nWhat=/mine\n");
    host.run(
        "mkdir -p /etc/systemd/system/swap.target.wants && ln -s ../mine.swap /etc/systemd/system/swap.target.wants/");
    local().converges("- swap: {state: off}");
    assertTrue(host.run("readlink /etc/systemd/system/dev-zram0.swap").endsWith("/dev/null\n"));
    assertFalse(host.has("/etc/systemd/system/dev-sdb2.swap"));
    assertFalse(host.has("/etc/systemd/system/swap.target.wants/mine.swap"));
    assertTrue(host.has("/etc/systemd/system/mine.swap"));
  }
}
