package dev.belay.modules;

import com.google.common.collect.ImmutableMap;
import dev.belay.shell.Output;
import dev.belay.template.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link UriScript} said, read: the answer's head and its body are told apart. */
final class UriReading {

  /** Whether the result has the answer's body. */
  enum Content {
    TOLD,
    KEPT_BACK
  }

  private static final Pattern STATUS = Pattern.compile("HTTP/[0-9.]+ (\\d{3})[^\\n]*\\n");
  private static final Pattern END =
      Pattern.compile("\\n@\\d{3} \\d+ \\S* ?\\n(?s:.*?)\\n#curl \\d+ 1 1\\n");

  private final Output output;
  private final Uri task;
  private final String body;
  private final Optional<WebAnswer> answer;
  private final ImmutableMap<String, Object> told;

  UriReading(Output output, Uri task) {
    this.output = output;
    this.task = task;
    String out = output.out();
    int head = headEnd(out);
    int end = endOf(out);
    body = end < 0 || task.method().equals("HEAD") ? "" : out.substring(Math.min(head, end), end);
    answer =
        end < 0
            ? Optional.empty()
            : Optional.of(
                WebAnswer.of(
                    out.substring(0, Math.min(head, end))
                        + "\n"
                        + output.err()
                        + out.substring(end)));
    told = end < 0 ? ImmutableMap.of() : ScriptValues.of(out.substring(end));
  }

  /** Answers that are followed by another one have no body here. */
  private static int headEnd(String out) {
    int at = 0;
    Matcher status = STATUS.matcher(out);
    while (status.find(at) && status.start() == at) {
      int end = out.indexOf("\r\n\r\n", at);
      if (end < 0) {
        return at;
      }
      at = end + 4;
      if (!status.group(1).matches("1..|3..|401|407")) {
        return at;
      }
    }
    return at;
  }

  private static int endOf(String out) {
    Matcher end = END.matcher(out);
    int at = -1;
    while (end.find(at + 1)) {
      at = end.start();
    }
    return at;
  }

  Optional<String> failure() {
    if (answer.isEmpty() || !output.succeeded()) {
      return Optional.of(output.err().strip());
    }
    long code = answer.get().code();
    boolean whole = answer.get().status() == 0;
    if (whole && task.expected().contains(code)) {
      return Optional.empty();
    }
    String expected = task.expected().toString();
    return Optional.of(
        "Status code was "
            + code
            + " and not "
            + expected
            + ": "
            + (whole ? answer.get().message() : "Request failed: " + answer.get().why()));
  }

  boolean isChanged() {
    return told.containsKey("changed");
  }

  ImmutableMap<String, Object> values() {
    ImmutableMap.Builder<String, Object> values = ImmutableMap.builder();
    values.put("elapsed", told.getOrDefault("elapsed", 0L)).put("url", task.address().text());
    if (answer.isEmpty()) {
      return values.put("status", -1L).put("redirected", false).buildKeepingLast();
    }
    WebAnswer got = answer.get();
    got.headers().forEach((name, value) -> values.put(name.replace('-', '_'), value));
    cookies(got.cookies(), values);
    values.put("status", (long) got.code()).put("redirected", got.redirects() > 0);
    values.put("url", got.url()).put("msg", failure().orElse(got.message()));
    told.forEach(
        (name, value) -> {
          if (!name.equals("changed")) {
            values.put(name, value);
          }
        });
    if (task.content() == Content.TOLD) {
      values.put("content", body);
    }
    json(got).ifPresent(json -> values.put("json", json));
    return values.buildKeepingLast();
  }

  private static void cookies(List<String> cookies, ImmutableMap.Builder<String, Object> values) {
    ImmutableMap.Builder<String, Object> byName = ImmutableMap.builder();
    cookies.forEach(
        cookie ->
            byName.put(
                cookie.substring(0, cookie.indexOf('=')),
                cookie.substring(cookie.indexOf('=') + 1)));
    values.put("cookies", byName.buildKeepingLast());
    values.put("cookies_string", String.join("; ", cookies));
  }

  private Optional<Object> json(WebAnswer got) {
    String type = got.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    if (!type.contains("json") || body.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
