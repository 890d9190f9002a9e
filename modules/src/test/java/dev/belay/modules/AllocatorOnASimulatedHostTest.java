package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Preloads on a host with the real ld.so. Any library that loads may stand for an allocator: libm
 * under its name.
 */
final class AllocatorOnASimulatedHostTest {
  private static final String LIBM =
      "$(ls /lib/$(uname -m)-linux-gnu/libm.so.6 /lib64/libm.so.6 2>/dev/null | head -n 1)";
  private static SimulatedHost simulated;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    simulated = SimulatedHost.startOrSkip();
    simulated.run(
        "rm -f /usr/lib/*/libjemalloc.so* /usr/lib/*/libtcmalloc*.so* /usr/lib64/libjemalloc.so*; mkdir -p /usr/local/lib; cp "
            + LIBM
            + " /usr/local/lib/libtcmalloc.so.4");
  }

  @AfterAll
  static void stop() {
    if (simulated != null) {
      simulated.close();
    }
  }

  private LocalHost host() {
    return new LocalHost(folder, simulated);
  }

  private static String library() throws IOException, InterruptedException {
    String path = simulated.run("printf %s /usr/lib/$(uname -m)-linux-gnu/libjemalloc.so.2");
    simulated.run("mkdir -p " + Paths.parent(path) + " && cp " + LIBM + " " + path);
    return path;
  }

  @Test
  void a_library_that_is_not_there_is_never_put_into_a_file() throws Exception {
    simulated.run("rm -f /usr/lib/$(uname -m)-linux-gnu/libjemalloc.so.2");
    Outcome failed = host().check("- allocator: {library: jemalloc, name: none}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("libjemalloc2"), failed.message());
    assertEquals(
        Status.UNSUPPORTED,
        host().apply("- allocator: {library: jemalloc, name: none, missing: skip}").status());
    assertFalse(simulated.has("/etc/belay/env/none.env"));
  }

  @Test
  void the_first_in_the_list_is_the_one_that_was_chosen_and_the_other_goes() throws Exception {
    String jemalloc = library();
    simulated.write(
        "/etc/belay/env/two.env", "A=1\nLD_PRELOAD=/opt/own.so:/usr/local/lib/libtcmalloc.so.4\n");
    host().converges("- allocator: {library: jemalloc, name: two}");
    assertEquals(
        "# Managed by belay.\nA=1\nLD_PRELOAD=" + jemalloc + ":/opt/own.so\n",
        simulated.read("/etc/belay/env/two.env"));
    host().converges("- allocator: {library: tcmalloc, name: two}");
    assertTrue(
        simulated
            .read("/etc/belay/env/two.env")
            .contains("LD_PRELOAD=/usr/local/lib/libtcmalloc.so.4:/opt/own.so\n"));
    host().converges("- allocator: {library: none, name: two}");
    assertEquals(
        "# Managed by belay.\nA=1\nLD_PRELOAD=/opt/own.so\n",
        simulated.read("/etc/belay/env/two.env"));
  }

  @Test
  void logins_keep_their_own_preloads_behind_it() throws Exception {
    String jemalloc = library();
    host().converges("- allocator: {library: jemalloc, name: login, dialect: profile.d}");
    assertEquals(
        jemalloc + ":/usr/local/lib/libtcmalloc.so.4\n",
        simulated.run(
            "env -i HOME=/root LD_PRELOAD=/usr/local/lib/libtcmalloc.so.4 dash -lc 'echo $LD_PRELOAD'"));
    Outcome changed =
        host().converges("- allocator: {library: none, name: login, dialect: profile.d}");
    assertEquals("# Managed by belay.\n", simulated.read("/etc/profile.d/zz-belay-login.sh"));
    assertEquals(Status.CHANGED, changed.status());
  }

  @Test
  void a_library_that_makes_programs_speak_is_refused() throws Exception {
    simulated.write("/opt/text.so", "this is no library, and long enough to be looked at");
    Outcome text = host().check("- allocator: {library: jemalloc, name: bad, file: /opt/text.so}");
    assertEquals(Status.FAILED, text.status());
    assertTrue(text.message().contains("no shared library"), text.message());
    simulated.run(
        "cp "
            + LIBM
            + " /opt/other.so && printf '\\267' | dd of=/opt/other.so bs=1 seek=18 conv=notrunc 2>/dev/null && if [ $(uname -m) = aarch64 ]; then printf '\\76' | dd of=/opt/other.so bs=1 seek=18 conv=notrunc 2>/dev/null; fi");
    Outcome other =
        host().check("- allocator: {library: jemalloc, name: bad, file: /opt/other.so}");
    assertEquals(Status.FAILED, other.status());
    assertTrue(other.message().contains("another architecture"), other.message());
    simulated.run("head -c 4096 " + LIBM + " > /opt/cut.so");
    Outcome cut = host().check("- allocator: {library: jemalloc, name: bad, file: /opt/cut.so}");
    assertEquals(Status.FAILED, cut.status());
    assertTrue(cut.message().contains("does not preload cleanly"), cut.message());
  }

  @Test
  void a_stale_preload_of_everybody_is_told_and_does_not_disturb_us() throws Exception {
    library();
    simulated.write("/etc/environment", "LD_PRELOAD=/gone/libjemalloc.so\n");
    simulated.write(
        "/etc/profile.d/guide.sh",
        "export LD_PRELOAD=/usr/lib/\"$(uname -i)\"-linux-gnu/libjemalloc.so.2 $LD_PRELOAD\n");
    Outcome told = host().apply("- allocator: {library: jemalloc, name: stale}");
    simulated.run("rm /etc/environment /etc/profile.d/guide.sh");
    assertEquals(Status.CHANGED, told.status());
    String remarks = told.remarks().toString();
    assertTrue(
        remarks.contains("/etc/environment preloads /gone/libjemalloc.so into every program"),
        remarks);
    assertTrue(remarks.contains("/etc/profile.d/guide.sh preloads"), remarks);
  }
}
