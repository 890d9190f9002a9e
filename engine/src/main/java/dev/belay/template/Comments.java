package dev.belay.template;

import java.util.Optional;

/** Ansible's {@code comment}: a text behind comment marks. */
final class Comments {
  private Comments() {}

  static Object comment(Call call) {
    String style = call.text(0, "style", "plain");
    boolean block = style.equals("cblock") || style.equals("xml");
    String newline = named(call, "newline", "\n");
    String decoration = named(call, "decoration", mark(style));
    String edge = decoration.stripTrailing();
    String begin = named(call, "beginning", block ? style.equals("xml") ? "<!--" : "/*" : "");
    String end = named(call, "end", block ? style.equals("xml") ? "-->" : " */" : "");
    String body =
        (decoration + call.string().replace(newline, newline + decoration))
            .replace(decoration + newline, edge + newline);
    String whole =
        (begin.isEmpty() ? "" : begin + newline)
            + prefix(named(call, "prefix", edge), newline, call)
            + body
            + repeated(newline + named(call, "postfix", edge), call, "postfix_count");
    return end.isEmpty() ? whole : whole + newline + end;
  }

  private static String named(Call call, String name, String byDefault) {
    return Optional.ofNullable(call.named().get(name)).map(PythonText::str).orElse(byDefault);
  }

  private static String prefix(String line, String newline, Call call) {
    String whole = line.isEmpty() || line.equals(newline) ? line : line + newline;
    return repeated(whole, call, "prefix_count");
  }

  private static String repeated(String line, Call call, String count) {
    long times =
        Optional.ofNullable(call.named().get(count))
            .map(given -> Python.integer(given, count).longValue())
            .orElse(1L);
    return line.isEmpty() ? "" : Sizes.repeat(line, times);
  }

  private static String mark(String style) {
    return switch (style) {
      case "erlang" -> "% ";
      case "c" -> "// ";
      case "cblock" -> " * ";
      case "xml" -> " - ";
      case "plain" -> "# ";
      default -> throw new IllegalArgumentException("there is no comment style '" + style + "'");
    };
  }
}
