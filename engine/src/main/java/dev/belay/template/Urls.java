package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters about URLs. */
final class Urls {
  private static final Pattern PARTS =
      Pattern.compile(
          "^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?$",
          Pattern.DOTALL);
  private static final Pattern NETWORK =
      Pattern.compile("^(?:([^:@]*)(?::([^@]*))?@)?(\\[[^\\]]*\\]|[^:]*)(?::(\\d*))?$");

  private Urls() {}

  static Object split(Call call) {
    Matcher parts = PARTS.matcher(call.text());
    if (!parts.matches()) {
      throw new IllegalArgumentException("this is no URL");
    }
    Matcher network = NETWORK.matcher(orEmpty(parts.group(2)));
    boolean known = network.matches();
    ImmutableMap<Object, Object> split =
        ImmutableMap.<Object, Object>builder()
            .put("fragment", orEmpty(parts.group(5)))
            .put(
                "hostname",
                orNone(
                    known
                        ? network
                            .group(3)
                            .replaceAll("[\\[\\]]", "")
                            .toLowerCase(java.util.Locale.ROOT)
                        : null))
            .put("netloc", orEmpty(parts.group(2)))
            .put("password", orNone(known ? network.group(2) : null))
            .put("path", orEmpty(parts.group(3)))
            .put(
                "port",
                known && network.group(4) != null && !network.group(4).isEmpty()
                    ? (Object) Long.valueOf(network.group(4))
                    : None.NONE)
            .put("query", orEmpty(parts.group(4)))
            .put("scheme", orEmpty(parts.group(1)).toLowerCase(java.util.Locale.ROOT))
            .put("username", orNone(known ? network.group(1) : null))
            .buildOrThrow();
    return call.find(0, "query")
        .filter(name -> name != None.NONE && !"".equals(name))
        .map(name -> part(split, name))
        .orElse(split);
  }

  private static Object part(ImmutableMap<Object, Object> split, Object name) {
    Object part = split.get(name);
    if (part == null) {
      throw new IllegalArgumentException(
          "urlsplit: unknown URL component: " + PythonText.str(name));
    }
    return part;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static Object orNone(String text) {
    return text == null || text.isEmpty() ? None.NONE : text;
  }

  static String linked(String text) {
    return Pattern.compile("(https?://[^\\s<>\"]+|www\\.[^\\s<>\"]+)")
        .matcher(TextFilters.escaped(text))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    "<a href=\""
                        + (found.group().startsWith("www") ? "https://" : "")
                        + found.group()
                        + "\" rel=\"noopener\">"
                        + found.group()
                        + "</a>"));
  }
}
