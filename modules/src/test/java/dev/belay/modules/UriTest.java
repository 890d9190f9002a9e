package dev.belay.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belay.run.Outcome;
import dev.belay.run.Status;
import dev.belay.value.Unknown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a real server from a real shell. */
final class UriTest {
  @TempDir Path folder;
  private WebServer web;

  @BeforeEach
  void start() throws IOException {
    web = new WebServer();
    web.page(
        "/j",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("X-My-Head", "v1");
          exchange.getResponseHeaders().add("Set-Cookie", "k=v; path=/");
          exchange.getResponseHeaders().add("Set-Cookie", "l=w");
          WebServer.send(exchange, 200, "{\"a\": [1, null]}\n".getBytes(UTF_8));
        });
  }

  @AfterEach
  void stop() throws IOException {
    web.close();
  }

  private static String task(String url, String more) {
    return "- uri: {url: '" + url + "'" + more + "}";
  }

  private Outcome apply(String task) throws Exception {
    return new LocalHost(folder).apply(task);
  }

  @Test
  void an_answer_has_ansibles_results_and_changes_nothing() throws Exception {
    Outcome ok = apply(task(web.url("/j"), ""));
    assertEquals(Status.OK, ok.status(), ok.message());
    Map<String, Object> result = ok.result();
    assertEquals(200L, result.get("status"));
    assertEquals("OK (17 bytes)", result.get("msg"));
    assertEquals("{a=[1, None]}", result.get("json").toString());
    assertEquals("v1", result.get("x_my_head"));
    assertEquals("application/json", result.get("content_type"));
    assertEquals(Map.of("k", "v", "l", "w"), result.get("cookies"));
    assertEquals("k=v; l=w", result.get("cookies_string"));
    assertEquals(false, result.get("redirected"));
    assertFalse(result.containsKey("content"));
  }

  @Test
  void a_check_asks_nothing_unless_the_task_is_declared_a_look() throws Exception {
    Outcome skipped = new LocalHost(folder).check(task(web.url("/j"), ""));
    assertEquals(Status.SKIPPED, skipped.status());
    assertTrue(skipped.result().get("status") instanceof Unknown);
    assertEquals(0, web.requests.size());
    String look = "\n  changed_when: false\n  check_mode: false";
    Outcome ok = new LocalHost(folder).check(task(web.url("/j"), "") + look);
    assertEquals(Status.OK, ok.status(), ok.message());
    assertEquals(200L, ok.result().get("status"));
    assertEquals(
        Status.SKIPPED,
        new LocalHost(folder).check(task(web.url("/j"), ", method: POST")).status());
    assertEquals(1, web.requests.size());
  }

  @Test
  void the_body_comes_back_whole_when_asked_for() throws Exception {
    String text =
        "HTTP/1.1 999 Not a head\r\nX-Evil: 1\r\n\r\n@200 0 x \n#curl 0 1 1\n=path\t/evil\n";
    web.page("/t", text);
    Outcome ok = apply(task(web.url("/t"), ", return_content: true"));
    assertEquals(Status.OK, ok.status(), ok.message());
    assertEquals(text, ok.result().get("content"));
    assertFalse(ok.result().containsKey("path") || ok.result().containsKey("x_evil"));
    assertEquals(
        "",
        apply(task(web.url("/t"), ", method: HEAD, return_content: true")).result().get("content"));
  }

  @Test
  void another_status_fails_in_ansibles_words() throws Exception {
    web.page("/500", exchange -> WebServer.send(exchange, 500, "oh".getBytes(UTF_8)));
    Outcome failed = apply(task(web.url("/500"), ""));
    assertEquals(Status.FAILED, failed.status());
    assertEquals(
        "Status code was 500 and not [200]: HTTP Error 500: Internal Server Error",
        failed.message());
    assertEquals(500L, failed.result().get("status"));
    assertEquals(Status.OK, apply(task(web.url("/500"), ", status_code: [200, 500]")).status());
    Outcome refused = apply(task("http://127.0.0.1:9/", ", timeout: 2"));
    assertTrue(
        refused.message().startsWith("Status code was -1 and not [200]: Request failed: curl: (7)"),
        refused.message());
    assertEquals(-1L, refused.result().get("status"));
  }

  @Test
  void bodies_are_json_forms_or_texts() throws Exception {
    web.page("/p", "ok");
    apply(task(web.url("/p"), ", method: POST, body_format: json, body: {x: [1, 'y \"z\\n中']}"));
    apply(
        task(
            web.url("/p"),
            ", method: put, body_format: form-urlencoded, body: {x: 'a b&c*~', l: ['1', '2']}"));
    apply(
        task(
            web.url("/p"),
            ", method: POST, body: \"@/etc/passwd\\n \\\"q\\\" \\\\ \\t\", headers: {Content-Type: text/x}"));
    Files.writeString(folder.resolve("b.txt"), "from here\n");
    apply(task(web.url("/p"), ", method: POST, src: b.txt"));
    apply(task(web.url("/p"), ", method: POST, src: '{{ dir }}/b.txt', remote_src: true"));
    List<String> bodies = web.requests.stream().map(WebServer.Request::body).toList();
    assertEquals("{\"x\": [1, \"y \\\"z\\\\n\\u4e2d\"]}", bodies.get(0));
    assertEquals("application/json", web.requests.get(0).header("Content-Type"));
    assertEquals("x=a+b%26c%2A~&l=1&l=2", bodies.get(1));
    assertEquals("PUT", web.requests.get(1).method());
    assertEquals("application/x-www-form-urlencoded", web.requests.get(1).header("Content-Type"));
    assertEquals("@/etc/passwd\n \"q\" \\ \t", bodies.get(2));
    assertEquals("text/x", web.requests.get(2).header("Content-Type"));
    assertEquals(List.of("from here\n", "from here\n"), bodies.subList(3, 5));
  }

  @Test
  void redirects_are_followed_where_that_is_safe() throws Exception {
    web.page("/r", exchange -> WebServer.redirect(exchange, "/j"));
    Outcome ok = apply(task(web.url("/r"), ""));
    assertEquals(web.url("/j"), ok.result().get("url"));
    assertEquals(true, ok.result().get("redirected"));
    assertEquals("{a=[1, None]}", ok.result().get("json").toString());
    assertEquals(
        Status.OK,
        apply(task(web.url("/r"), ", follow_redirects: none, status_code: 302")).status());
    assertEquals(
        Status.OK, apply(task(web.url("/r"), ", method: POST, status_code: 302")).status());
    assertEquals(
        Status.OK, apply(task(web.url("/r"), ", method: POST, follow_redirects: all")).status());
    web.page("/e", exchange -> WebServer.redirect(exchange, "file:///etc/passwd"));
    assertEquals(Status.FAILED, apply(task(web.url("/e"), ", status_code: [200, 302]")).status());
  }

  @Test
  void the_answer_may_become_a_file_once() throws Exception {
    String task = task(web.url("/j"), ", dest: '{{ dir }}/d.json', mode: '0600'");
    assertEquals(Status.WOULD_CHANGE, new LocalHost(folder).check(task).status());
    Outcome changed = apply(task);
    assertEquals(Status.CHANGED, changed.status(), changed.message());
    assertEquals("{\"a\": [1, null]}\n", Files.readString(folder.resolve("d.json")));
    assertEquals(folder + "/d.json", changed.result().get("path"));
    assertEquals("0600", changed.result().get("mode"));
    assertEquals(Status.OK, apply(task).status());
    assertEquals(Status.FAILED, apply(task.replace("/j'", "/none'")).status());
    assertEquals("{\"a\": [1, null]}\n", Files.readString(folder.resolve("d.json")));
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".belay")));
    }
  }

  @Test
  void what_is_there_or_not_there_decides() throws Exception {
    Outcome ok = apply(task(web.url("/j"), ", method: POST, creates: /etc/passwd"));
    assertEquals(Status.OK, ok.status());
    assertEquals("skipped, since '/etc/passwd' exists", ok.result().get("stdout"));
    ok = apply(task(web.url("/j"), ", method: POST, removes: '{{ dir }}/no'"));
    assertEquals(Status.OK, ok.status());
    assertEquals(0, web.requests.size());
  }

  @Test
  void a_server_that_says_nothing_is_given_up() throws Exception {
    String silent = web.rude(out -> Thread.sleep(60_000));
    Outcome failed = apply(task(silent + "/", ", timeout: 1, deadline: 2"));
    assertEquals(Status.FAILED, failed.status());
    assertTrue(failed.message().contains("curl: (28)"), failed.message());
  }
}
