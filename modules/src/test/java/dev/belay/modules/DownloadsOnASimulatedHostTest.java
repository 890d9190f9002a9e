package dev.belay.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.remote.SimulatedHost;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that lack tools, or room, or keep an eye on command lines. */
final class DownloadsOnASimulatedHostTest {
  private static SimulatedHost host;

  @TempDir Path folder;
  private WebServer web;

  @BeforeAll
  static void boot() throws Exception {
    host = SimulatedHost.startOrSkip();
    host.run(
        "cp /usr/bin/curl /usr/bin/curl.real; cp /usr/bin/wget /usr/bin/wget.real || :; mkdir -p /d");
  }

  @AfterAll
  static void halt() {
    if (host != null) {
      host.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    web = new WebServer().page("/f", "hello").page("/t", "x".repeat(200_000));
    host.run(
        "cp /usr/bin/curl.real /usr/bin/curl; rm -f /usr/bin/wget /d/* /tmp/belay.*; [ ! -e /usr/bin/wget.real ] || cp /usr/bin/wget.real /usr/bin/wget");
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    web.close();
  }

  /** What a script says, without what the shell says of where it was started. */
  private static String says(String script) throws IOException, InterruptedException {
    return host.run(script).replaceFirst("^sh: 0: getcwd.*\n", "");
  }

  private Outcome apply(String task) throws Exception {
    return new LocalHost(folder, host).apply(task);
  }

  private String get(String path, String more) {
    return "- get_url: {url: '" + web.url(path) + "', dest: /d/f" + more + "}";
  }

  /** A program that writes down what everybody can see of it, then does its work. */
  private void watched(String program) throws IOException, InterruptedException {
    host.program(
        "/usr/bin/" + program,
        "{ tr '\\0' ' ' < /proc/$$/cmdline; echo; } >> /d/seen; exec /usr/bin/"
            + program
            + ".real \"$@\"");
  }

  @Test
  void no_secret_is_ever_on_curls_command_line() throws Exception {
    watched("curl");
    String url = web.url("/f?key=sesame").replace("http://", "http://us:pass@");
    String secret = ", headers: {X-Key: hush}, force_basic_auth: true}";
    assertEquals(
        Status.CHANGED, apply("- get_url: {url: '" + url + "', dest: /d/f" + secret).status());
    assertEquals(
        Status.OK, apply("- uri: {url: '" + url + "', body: mum, method: POST" + secret).status());
    String seen = host.read("/d/seen");
    assertEquals(2, seen.lines().filter(line -> line.contains("curl")).count(), seen);
    for (String word : new String[] {"pass", "sesame", "hush", "mum", "Basic"}) {
      assertFalse(seen.contains(word), seen);
    }
  }

  @Test
  void wget_alone_does_too_and_keeps_secrets_off_its_command_line() throws Exception {
    assertTrue(host.has("/usr/bin/wget.real"), "this machine has no wget");
    host.run("rm /usr/bin/curl");
    watched("wget");
    String url = web.url("/f?key=sesame").replace("http://", "http://us:pass@");
    Outcome changed = apply("- get_url: {url: '" + url + "', dest: /d/f, headers: {X-Key: hush}}");
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals("hello", host.read("/d/f"));
    assertEquals(200L, changed.result().get("status_code"));
    assertEquals("OK (5 bytes)", changed.result().get("msg"));
    assertEquals("hush", web.requests.get(0).header("X-Key"));
    assertEquals("Basic dXM6cGFzcw==", web.requests.get(0).header("Authorization"));
    String seen = host.read("/d/seen");
    assertFalse(seen.contains("pass") || seen.contains("sesame") || seen.contains("hush"), seen);
    assertEquals("", says("ls -d /tmp/belay.* 2>/dev/null || :"));
    Outcome failed = apply(get("/none", ", force: true"));
    assertTrue(failed.message().contains("the server answered 404"), failed.message());
    String cut =
        web.rude(
            out ->
                out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"
                        .getBytes(StandardCharsets.US_ASCII)));
    failed = apply("- get_url: {url: '" + cut + "/f', dest: /d/f, force: true, attempts: 1}");
    assertTrue(failed.message().contains("the connection failed or was cut"), failed.message());
    assertEquals("hello", host.read("/d/f"));
  }

  @Test
  void busyboxs_wget_does_what_is_plain_and_says_what_it_cannot() throws Exception {
    host.run("rm /usr/bin/curl");
    host.program(
        "/usr/bin/wget",
        "case $1 in --version) echo 'BusyBox v1.35.0 multi-call binary' >&2; exit 1;; esac; [ \"$1 $3\" = '-T -O' ] || exit 9; exec /usr/bin/curl.real -s -f -o \"$4\" \"$5\"");
    assertEquals(Status.CHANGED, apply(get("/f", "")).status());
    assertEquals("hello", host.read("/d/f"));
    Outcome failed = apply(get("/f", ", force: true, headers: {X-Key: hush}"));
    assertTrue(
        failed.message().contains("shows headers") && failed.message().contains("install curl"),
        failed.message());
    failed = apply("- get_url: {url: 'https://127.0.0.1/f', dest: /d/g}");
    assertTrue(failed.message().contains("does not check certificates"), failed.message());
    assertEquals("f\n", says("ls -A /d"));
  }

  @Test
  void a_host_without_any_tool_says_so() throws Exception {
    host.run("rm -f /usr/bin/curl /usr/bin/wget");
    Outcome failed = apply(get("/f", ""));
    assertTrue(failed.message().contains("neither curl nor wget"), failed.message());
    failed = apply("- uri: {url: '" + web.url("/f") + "'}");
    assertTrue(failed.message().contains("uri needs curl"), failed.message());
    assertEquals("", says("ls -A /d"));
  }

  @Test
  void a_full_disk_is_named_and_the_old_file_stays() throws Exception {
    host.run("mkdir -p /small && mount -t tmpfs -o size=64k tmpfs /small && echo old > /small/f");
    Outcome failed =
        apply("- get_url: {url: '" + web.url("/t") + "', dest: /small/f, force: true}");
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("no space is left"), failed.message());
    assertEquals("f old\n", says("echo \"$(ls -A /small) $(cat /small/f)\""));
    host.run("cd /d && head -c 200000 /dev/zero > big && tar czf big.tgz big");
    failed = apply("- unarchive: {src: /d/big.tgz, dest: /small, remote_src: true}");
    assertTrue(failed.message().contains("/small has room for"), failed.message());
    assertEquals("f\n", says("ls -A /small; umount /small"));
  }

  @Test
  void a_host_without_the_program_that_unpacks_says_so() throws Exception {
    host.run(
        "cd /d && echo x > x && tar czf x.tgz x && rm x && mv /usr/bin/gzip /usr/bin/gzip.real");
    Outcome failed = apply("- unarchive: {src: /d/x.tgz, dest: /d, remote_src: true}");
    host.run("mv /usr/bin/gzip.real /usr/bin/gzip");
    assertTrue(failed.message().contains("this host lacks gzip"), failed.message());
    host.run("mv /usr/bin/tar /usr/bin/tar.real");
    failed = apply("- unarchive: {src: /d/x.tgz, dest: /d, remote_src: true}");
    host.run("mv /usr/bin/tar.real /usr/bin/tar");
    assertTrue(failed.message().contains("this host lacks GNU tar"), failed.message());
  }
}
