package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import dev.belay.run.Outcome;
import dev.belay.run.Status;
import dev.belay.value.None;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a real server, kind and unkind, on a real shell. */
final class GetUrlTest {
  @TempDir Path folder;
  private WebServer web;

  @BeforeEach
  void start() throws IOException {
    web = new WebServer();
    Files.createDirectory(folder.resolve("d"));
  }

  @AfterEach
  void stop() throws IOException {
    web.close();
  }

  private LocalHost host() {
    return new LocalHost(folder);
  }

  private static String sha256(String text) {
    return Hashing.sha256().hashString(text, UTF_8).toString();
  }

  private static String task(String url, String more) {
    return "- get_url: {url: '" + url + "', dest: '{{ dir }}/d/f'" + more + "}";
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder.resolve("d"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve("d").resolve(name));
  }

  private Outcome fails(String task) throws Exception {
    Outcome outcome = host().apply(task);
    assertEquals(Status.FAILED, outcome.status(), outcome.result().toString());
    return outcome;
  }

  @Test
  void a_file_that_is_absent_is_fetched_once_and_the_results_are_ansibles() throws Exception {
    web.page("/f", "hello\n");
    Outcome changed = host().converges(task(web.url("/f"), ", mode: '0600'"));
    assertEquals("hello\n", text("f"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("d/f"))));
    assertEquals(List.of("f"), files());
    assertEquals("OK (6 bytes)", changed.result().get("msg"));
    assertEquals("200", changed.result().get("status_code").toString());
    assertEquals("f572d396fae9206628714fb2ce00f72e94f2258f", changed.result().get("checksum_src"));
    assertEquals("b1946ac92492d2347c6235b4d2611184", changed.result().get("md5sum"));
    assertEquals(6L, changed.result().get("size"));
    assertEquals("0600", changed.result().get("mode"));
    assertEquals(1, web.requests.size(), "a check, and a file that is there, ask no server");
    assertEquals("ansible-httpget", web.requests.get(0).header("User-Agent"));
  }

  @Test
  void a_second_run_makes_no_copy_beside_as_wget_would() throws Exception {
    web.page("/f", "x");
    host().apply(task(web.url("/f"), ""));
    host().apply(task(web.url("/f"), ", force: true"));
    host().apply(task(web.url("/f"), ", checksum: 'sha256:" + sha256("x") + "'"));
    assertEquals(List.of("f"), files());
  }

  @Test
  void force_compares_and_replaces_only_what_differs() throws Exception {
    web.page("/f", "one");
    host().apply(task(web.url("/f"), ""));
    assertEquals(Status.OK, host().apply(task(web.url("/f"), ", force: true")).status());
    web.page("/f", "two");
    Outcome changed = host().apply(task(web.url("/f"), ", force: true, backup: true"));
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals("two", text("f"));
    String backup =
        Path.of(changed.result().get("backup_file").toString()).getFileName().toString();
    assertEquals("one", text(backup));
    assertTrue(backup.matches("f\\.\\d+\\.\\d{4}-\\d\\d-\\d\\d@\\d\\d:\\d\\d:\\d\\d~"), backup);
  }

  @Test
  void what_is_replaced_hands_down_its_mode() throws Exception {
    web.page("/f", "two");
    Files.writeString(folder.resolve("d/f"), "one");
    Files.setPosixFilePermissions(
        folder.resolve("d/f"), PosixFilePermissions.fromString("rwxr-x---"));
    host().apply(task(web.url("/f"), ", force: true"));
    assertEquals(
        "rwxr-x---",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("d/f"))));
  }

  @Test
  void a_wrong_file_is_mended_and_a_right_one_asks_nobody() throws Exception {
    web.page("/f", "right");
    Files.writeString(folder.resolve("d/f"), "wrong");
    host()
        .converges(
            task(
                web.url("/f"),
                ", checksum: 'SHA256:" + sha256("right").toUpperCase(java.util.Locale.ROOT) + "'"));
    Outcome right =
        host().apply(task(web.url("/f"), ", checksum: 'sha256:" + sha256("right") + "'"));
    assertEquals(None.NONE, right.result().get("checksum_src"));
    assertEquals(None.NONE, right.result().get("checksum_dest"));
    assertEquals("right", text("f"));
    assertEquals(1, web.requests.size());
  }

  @Test
  void a_wrong_checksum_leaves_what_was_there() throws Exception {
    web.page("/f", "evil");
    Files.writeString(folder.resolve("d/f"), "old");
    Outcome failed = fails(task(web.url("/f"), ", checksum: 'sha256:" + sha256("good") + "'"));
    assertTrue(
        failed.message().contains(sha256("evil") + ", not " + sha256("good")), failed.message());
    assertEquals("old", text("f"));
    assertEquals(List.of("f"), files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s  f", "%s *f", "%s  ./f\r", "0000 g\n%s  f", "%s"})
  void a_checksum_may_be_a_list_on_a_server(String list) throws Exception {
    web.page("/f", "hello").page("/SUMS", list.formatted(sha256("hello")) + "\n");
    String task = task(web.url("/f"), ", checksum: 'sha256:" + web.url("/SUMS") + "'");
    assertEquals(Status.CHANGED, host().apply(task).status());
    assertEquals("hello", text("f"));
    assertEquals(Status.OK, host().apply(task).status());
    assertEquals(3, web.requests.size(), "the file itself is fetched once");
  }

  @Test
  void a_list_without_the_file_is_told_and_nothing_is_fetched() throws Exception {
    web.page("/f", "hello").page("/SUMS", sha256("hello") + "  g\n" + sha256("x") + "  h\n");
    Outcome failed = fails(task(web.url("/f"), ", checksum: 'sha256:" + web.url("/SUMS") + "'"));
    assertTrue(failed.message().contains("no checksum for 'f'"), failed.message());
    assertEquals(List.of(), files());
  }

  @Test
  void a_folder_gets_the_file_under_the_urls_name() throws Exception {
    web.page("/a/py311.tar.gz", "x");
    String task =
        "- get_url: {url: '" + web.url("/a/py311.tar.gz?key=1") + "', dest: '{{ dir }}/d'}";
    assertEquals(Status.CHANGED, host().apply(task).status());
    assertEquals(Status.OK, host().apply(task).status());
    assertEquals(List.of("py311.tar.gz"), files());
  }

  @Test
  void user_password_and_headers_arrive_and_are_in_no_report() throws Exception {
    web.page("/f", "x");
    String url = web.url("/f?token=sesame").replace("http://", "http://us%40er:p%2Fass@");
    Outcome changed = host().apply(task(url, ", headers: {X-Key: 'a\"b\\c', X-Empty: ''}"));
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals("a\"b\\c", web.requests.get(0).header("X-Key"));
    assertEquals(
        "Basic " + com.google.common.io.BaseEncoding.base64().encode("us@er:p/ass".getBytes(UTF_8)),
        web.requests.get(0).header("Authorization"));
    assertFalse((changed.changes().get(0).after() + changed.result()).contains("p/ass"));
    assertFalse(changed.changes().get(0).after().contains("sesame"));
    Outcome failed = fails(task(url.replace("/f?", "/none?"), ", force: true"));
    assertFalse(
        failed.message().contains("p%2Fass") || failed.message().contains("sesame"),
        failed.message());
  }

  @Test
  void a_user_is_told_only_when_asked_for_unless_forced() throws Exception {
    web.page(
        "/f",
        exchange -> {
          boolean known = exchange.getRequestHeaders().containsKey("Authorization");
          exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
          WebServer.send(exchange, known ? 200 : 401, "in".getBytes(UTF_8));
        });
    host().apply(task(web.url("/f"), ", url_username: u, url_password: p"));
    assertEquals("", web.requests.get(0).header("Authorization"));
    assertEquals("in", text("f"));
    web.requests.clear();
    host()
        .apply(
            task(
                web.url("/f"),
                ", url_username: u, url_password: p, force_basic_auth: true, force: true"));
    assertEquals("Basic dTpw", web.requests.get(0).header("Authorization"));
  }

  @Test
  void redirects_are_followed_and_what_is_not_to_go_along_does_not() throws Exception {
    web.page("/r", exchange -> WebServer.redirect(exchange, "/f")).page("/f", "x");
    Outcome changed =
        host()
            .apply(task(web.url("/r"), ", headers: {X-A: a, X-B: b}, unredirected_headers: [x-a]"));
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals(web.url("/r"), changed.result().get("url"));
    assertEquals("a", web.requests.get(0).header("X-A"));
    assertEquals("", web.requests.get(1).header("X-A"));
    assertEquals("b", web.requests.get(1).header("X-B"));
  }

  @Test
  void a_server_that_recovers_is_asked_again() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    web.page(
        "/f",
        exchange ->
            WebServer.send(
                exchange, asked.getAndIncrement() == 0 ? 503 : 200, "ok".getBytes(UTF_8)));
    assertEquals(Status.CHANGED, host().apply(task(web.url("/f"), "")).status());
    assertEquals("ok", text("f"));
    assertEquals(2, asked.get());
  }

  @Test
  void what_is_not_there_is_not_asked_for_again() throws Exception {
    Outcome failed = fails(task(web.url("/none"), ""));
    assertTrue(failed.message().contains("the server answered 404 Not Found"), failed.message());
    assertEquals("Request failed", failed.result().get("msg"));
    assertEquals("HTTP Error 404: Not Found", failed.result().get("response"));
    assertEquals(404L, failed.result().get("status_code"));
    assertEquals(1, web.requests.size());
    assertEquals(List.of(), files());
  }

  @Test
  void an_answer_without_a_body_is_no_file() throws Exception {
    web.page("/f", exchange -> exchange.sendResponseHeaders(204, -1));
    leavesTheOldFile(web.url("/f"), "", "the server answered 204 No Content");
  }

  @Test
  void a_group_without_a_name_is_told_by_its_number() throws Exception {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!root) {
      System.err.println("SKIPPED: giving files away needs root");
    }
    assumeTrue(root);
    web.page("/f", "x");
    Outcome changed = host().apply(task(web.url("/f"), ", owner: '64321', group: '64322'"));
    assertEquals("64321", changed.result().get("owner"));
    assertEquals("64322", changed.result().get("group"));
  }

  private void leavesTheOldFile(String url, String more, String cause) throws Exception {
    Files.writeString(folder.resolve("d/f"), "old");
    Outcome failed = fails(task(url, ", force: true, attempts: 1" + more));
    assertTrue(failed.message().contains(cause), failed.message());
    assertEquals("old", text("f"));
    assertEquals(List.of("f"), files());
  }

  private String cut() throws IOException {
    return web.rude(
        out ->
            out.write(
                ("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(500))
                    .getBytes(UTF_8)));
  }

  @Test
  void a_file_that_is_cut_in_half_is_no_file() throws Exception {
    leavesTheOldFile(cut() + "/f", "", "500 bytes remaining");
  }

  @Test
  void a_slow_drip_ends_at_the_deadline() throws Exception {
    String drip =
        web.rude(
            out -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(UTF_8));
              for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(200);
              }
            });
    leavesTheOldFile(drip + "/f", ", deadline: 1", "timed out");
  }

  @Test
  void a_redirect_loop_ends() throws Exception {
    web.page("/f", exchange -> WebServer.redirect(exchange, "/f"));
    leavesTheOldFile(web.url("/f"), "", "Maximum (10) redirects followed");
  }

  @Test
  void a_redirect_to_a_file_of_the_host_is_not_followed() throws Exception {
    web.page("/f", exchange -> WebServer.redirect(exchange, "file:///etc/passwd"));
    leavesTheOldFile(web.url("/f"), "", "file");
    leavesTheOldFile(web.url("/f"), ", headers: {X-A: a}, unredirected_headers: [X-A]", "file");
  }

  @Test
  void a_proxy_that_wants_to_know_who_asks_is_named() throws Exception {
    String proxy =
        web.rude(
            out ->
                out.write(
                    "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(UTF_8)));
    String environment = "\n  environment: {http_proxy: '" + proxy + "'}";
    Outcome failed = fails(task("http://mirror.example/f", ", attempts: 1") + environment);
    assertTrue(failed.message().contains("407 Proxy Authentication Required"), failed.message());
    web.page("/f", "x");
    assertEquals(
        Status.CHANGED,
        host().apply(task(web.url("/f"), ", use_proxy: false") + environment).status());
  }

  @Test
  void a_server_that_is_not_there_is_named() throws Exception {
    leavesTheOldFile("http://127.0.0.1:9/f", "", "Failed to connect");
  }

  @Test
  void a_folder_that_is_not_there_is_named() throws Exception {
    web.page("/f", "x");
    Outcome failed = fails("- get_url: {url: '" + web.url("/f") + "', dest: '{{ dir }}/no/f'}");
    assertTrue(failed.message().contains("/no does not exist"), failed.message());
  }

  @Test
  void the_file_may_come_to_another_folder_first() throws Exception {
    web.page("/f", "x");
    Files.createDirectory(folder.resolve("tmp"));
    host().converges(task(web.url("/f"), ", tmp_dest: '{{ dir }}/tmp'"));
    assertEquals("x", text("f"));
    assertEquals(0, Files.list(folder.resolve("tmp")).count());
  }

  @Test
  void hostile_names_are_names() throws Exception {
    web.page("/f", "x");
    String name = "-rf $(touch canary) 中文 \"q\"";
    host().converges("- get_url: {url: '" + web.url("/f") + "', dest: '{{ dir }}/d/" + name + "'}");
    assertEquals(List.of(name), files());
  }
}
