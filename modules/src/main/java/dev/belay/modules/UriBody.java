package dev.belay.modules;

import com.google.common.net.UrlEscapers;
import dev.belay.module.Args;
import dev.belay.module.Content;
import dev.belay.template.Json;
import dev.belay.template.PythonText;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request carries.
 *
 * @param text itself, or the path of a file on the host
 * @param type its MIME type; empty where nothing is said of it
 */
record UriBody(Kind kind, String text, String type) {
  /** In bytes. A larger file belongs on the host first. */
  private static final long LIMIT = 1024 * 1024;

  /** What {@code text} is. */
  enum Kind {
    TEXT,
    FILE
  }

  static Optional<UriBody> of(Args args) {
    Optional<Object> body = args.any("body").filter(b -> b != None.NONE);
    Optional<Object> src = args.any("src");
    if (body.isPresent() && src.isPresent()) {
      throw new IllegalArgumentException("'body' and 'src' exclude each other");
    } else if (src.isPresent()) {
      return Optional.of(file(src.get()));
    }
    return body.map(
        value ->
            switch (args.text("body_format")) {
              case "json" ->
                  new UriBody(
                      Kind.TEXT,
                      value instanceof String text ? text : Json.write(value),
                      "application/json");
              case "form-urlencoded" ->
                  new UriBody(Kind.TEXT, form(value), "application/x-www-form-urlencoded");
              default ->
                  new UriBody(
                      Kind.TEXT,
                      value instanceof Map || value instanceof List
                          ? Json.write(value)
                          : value.toString(),
                      "");
            });
  }

  private static UriBody file(Object src) {
    if (!(src instanceof Content content)) {
      return new UriBody(Kind.FILE, Paths.onHost(src.toString()), "");
    } else if (content.size() > LIMIT || content.text().indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "'src' is large or no text; copy it to the host first and give its path with remote_src: true");
    }
    return new UriBody(Kind.TEXT, content.text(), "");
  }

  private static String form(Object value) {
    List<String> pairs = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> add(pairs, key, each));
    } else if (value instanceof List<?> list) {
      for (Object pair : list) {
        if (!(pair instanceof List<?> two) || two.size() != 2) {
          throw new IllegalArgumentException("'body' must be a mapping or a list of pairs");
        }
        add(pairs, two.get(0), two.get(1));
      }
    } else {
      return value.toString();
    }
    return String.join("&", pairs);
  }

  private static void add(List<String> pairs, Object key, Object value) {
    if (value instanceof List<?> list) {
      list.forEach(each -> add(pairs, key, each));
    } else {
      pairs.add(encoded(key) + "=" + encoded(value));
    }
  }

  /** As Python's {@code urlencode} does it. */
  private static String encoded(Object value) {
    return UrlEscapers.urlFormParameterEscaper()
        .escape(PythonText.str(value))
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /** For curl's settings. */
  String curl(Set<String> headers) {
    StringBuilder lines = new StringBuilder();
    if (kind == Kind.FILE) {
      WebSettings.set(lines, "data-binary", "@" + text);
    } else {
      WebSettings.set(lines, "data-raw", text);
    }
    if (!type.isEmpty()
        && headers.stream().noneMatch(name -> name.equalsIgnoreCase("content-type"))) {
      WebSettings.set(lines, "header", "Content-Type: " + type);
    }
    return lines.toString();
  }
}
