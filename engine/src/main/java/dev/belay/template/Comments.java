package dev.belay.template;

/** Ansible's {@code comment}: a text behind comment marks. */
final class Comments {
  private Comments() {}

  static Object comment(Call call) {
    String style = call.text(0, "style", "plain");
    String decoration = call.text(1, "decoration", mark(style));
    String prefix =
        call.text(
            9,
            "prefix",
            style.equals("cblock") || style.equals("xml") ? "" : decoration.stripTrailing());
    String begin =
        call.text(
            9, "beginning", style.equals("cblock") ? "/*" : style.equals("xml") ? "<!--" : "");
    String end =
        call.text(9, "end", style.equals("cblock") ? " */" : style.equals("xml") ? "-->" : "");
    String postfix = call.text(9, "postfix", prefix);
    StringBuilder text = new StringBuilder();
    line(text, begin);
    line(text, prefix);
    for (String line : call.text().split("\n", -1)) {
      text.append((decoration + line).stripTrailing()).append('\n');
    }
    line(text, postfix);
    line(text, end);
    return text.substring(0, text.length() - 1);
  }

  private static void line(StringBuilder text, String line) {
    if (!line.isEmpty()) {
      text.append(line).append('\n');
    }
  }

  private static String mark(String style) {
    return switch (style) {
      case "erlang" -> "% ";
      case "c" -> "// ";
      case "cblock" -> " * ";
      case "xml" -> " - ";
      default -> "# ";
    };
  }
}
