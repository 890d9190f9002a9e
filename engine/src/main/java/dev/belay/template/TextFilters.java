package dev.belay.template;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters that make text of text. */
final class TextFilters {
  /** What the words of a title stand behind. */
  private static final Pattern TITLE_GAP = Pattern.compile("[-\\s({\\[<]+");

  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static ImmutableMap<String, Operation> all() {
    return ImmutableMap.<String, Operation>builder()
        .put("upper", call -> call.text().toUpperCase(Locale.ROOT))
        .put("lower", call -> call.text().toLowerCase(Locale.ROOT))
        .put("capitalize", call -> capitalized(call.text()))
        .put("title", call -> titled(call.text()))
        .put("trim", TextFilters::trim)
        .put(
            "replace",
            call ->
                replaced(
                    call.text(),
                    call.text(0, "old"),
                    call.text(1, "new"),
                    call.number(2, "count", -1)))
        .put("center", call -> centered(call.text(), call.number(0, "width", 80), " "))
        .put("indent", TextFilters::indent)
        .put("truncate", TextFilters::truncate)
        .put("wordcount", call -> WORD.matcher(call.text()).results().count())
        .put("wordwrap", WordWrap::filter)
        .put("split", call -> Splits.split(call.string(), call))
        .put("format", TextFilters::format)
        .put("escape", call -> escaped(call.text()))
        .put("e", call -> escaped(call.text()))
        .put("forceescape", call -> escaped(call.text()))
        .put(
            "striptags",
            call ->
                String.join(
                    " ",
                    Splits.words(unescaped(call.text().replaceAll("(?s)<!--.*?-->|<[^>]*>", "")))))
        .put("urlize", call -> Urls.linked(call.text()))
        .put("quote", TextFilters::quote)
        .put("comment", Comments::comment)
        .put("xmlattr", TextFilters::xmlattr)
        .buildOrThrow();
  }

  private static Object xmlattr(Call call) {
    StringBuilder text = new StringBuilder();
    call.map()
        .forEach(
            (key, value) -> {
              if (value != None.NONE && !(value instanceof Undefined)) {
                text.append(' ')
                    .append(escaped(PythonText.str(key)))
                    .append("=\"")
                    .append(escaped(PythonText.str(value)))
                    .append('"');
              }
            });
    return call.flag(0, "autospace", true) ? text.toString() : text.toString().strip();
  }

  static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  /** Jinja's: every word begins with a large letter, and goes on in small ones. */
  private static String titled(String text) {
    StringBuilder titled = new StringBuilder();
    Matcher gap = TITLE_GAP.matcher(text);
    int from = 0;
    while (gap.find()) {
      titled.append(capitalized(text.substring(from, gap.start()))).append(gap.group());
      from = gap.end();
    }
    return titled.append(capitalized(text.substring(from))).toString();
  }

  private static Object trim(Call call) {
    return call.find(0, "chars")
        .filter(chars -> chars != None.NONE)
        .map(chars -> CharMatcher.anyOf(PythonText.str(chars)))
        .orElse(CharMatcher.whitespace())
        .trimFrom(call.text());
  }

  static String replaced(String text, String old, String fresh, long count) {
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    int at = text.indexOf(old);
    for (long i = 0; i != count && at >= 0 && at <= text.length(); i++) {
      replaced.append(text, from, at).append(fresh);
      Sizes.text(replaced.length());
      from = at + old.length();
      if (old.isEmpty()) {
        at = at < text.length() ? at + 1 : -1;
      } else {
        at = text.indexOf(old, from);
      }
    }
    return replaced.append(text, from, text.length()).toString();
  }

  static String centered(String text, long width, String fill) {
    String missing = Sizes.fill(fill, width, text);
    int all = missing.length() / fill.length();
    int left = all / 2 + (int) (all & width & 1);
    return fill.repeat(left) + text + fill.repeat(all - left);
  }

  private static Object indent(Call call) {
    Object width = call.find(0, "width").orElse(4L);
    String lead =
        width instanceof String text
            ? text
            : Sizes.repeat(" ", Python.integer(width, "width").longValue());
    boolean blank = call.flag(2, "blank", false);
    List<String> lines = Splitter.on('\n').splitToList(call.string());
    Sizes.text(call.string().length() + (long) lead.length() * lines.size());
    StringBuilder text =
        new StringBuilder(call.flag(1, "first", false) ? lead : "").append(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      text.append('\n').append(line.isEmpty() && !blank ? "" : lead).append(line);
    }
    return text.toString();
  }

  private static Object truncate(Call call) {
    long length = call.number(0, "length", 255);
    String end = call.text(2, "end", "...");
    long leeway = call.number(3, "leeway", 5);
    if (length < end.length() || leeway < 0) {
      throw new IllegalArgumentException("expected a length of " + end.length() + " or more");
    } else if (BasicFilters.size(call.value()) <= length + leeway) {
      return call.value();
    }
    String text = call.string();
    String cut = text.substring(0, (int) Math.max(0, length - end.length()));
    int space = cut.lastIndexOf(' ');
    return (call.flag(1, "killwords", false) || space < 0 ? cut : cut.substring(0, space)) + end;
  }

  private static Object format(Call call) {
    Object argument = call.named().isEmpty() ? new Tuple(call.positional()) : call.named();
    return PrintfFormat.format(call.text(), argument);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u00a0")
        .replace("&amp;", "&");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  /** For a POSIX shell, as Python's {@code shlex.quote} writes it. */
  private static Object quote(Call call) {
    String text = call.value() == None.NONE ? "" : call.text();
    boolean plain =
        !text.isEmpty()
            && text.chars()
                .allMatch(
                    c -> c < 128 && (Character.isLetterOrDigit(c) || "_@%+=:,./-".indexOf(c) >= 0));
    return plain ? text : "'" + text.replace("'", "'\"'\"'") + "'";
  }
}
