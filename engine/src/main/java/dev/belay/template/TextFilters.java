package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.value.None;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Filters that make text of text. */
final class TextFilters {
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
        .put("center", call -> centered(call.text(), (int) call.number(0, "width", 80)))
        .put("indent", TextFilters::indent)
        .put("truncate", TextFilters::truncate)
        .put("wordcount", call -> (long) words(call.text()).size())
        .put("wordwrap", TextFilters::wordwrap)
        .put("split", call -> split(call.text(), call))
        .put("format", TextFilters::format)
        .put("escape", call -> escaped(call.text()))
        .put("e", call -> escaped(call.text()))
        .put("forceescape", call -> escaped(call.text()))
        .put(
            "striptags",
            call -> call.text().replaceAll("<[^>]*>", "").strip().replaceAll("\\s+", " "))
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

  static String titled(String text) {
    StringBuilder titled = new StringBuilder();
    boolean inWord = false;
    for (char c : text.toCharArray()) {
      titled.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inWord = Character.isLetter(c) || inWord && c == '\'';
    }
    return titled.toString();
  }

  private static Object trim(Call call) {
    return call.find(0, "chars")
        .filter(chars -> chars != None.NONE)
        .map(chars -> CharMatcher.anyOf(PythonText.str(chars)))
        .orElse(CharMatcher.whitespace())
        .trimFrom(call.text());
  }

  static String replaced(String text, String old, String fresh, long count) {
    String rest = text;
    StringBuilder replaced = new StringBuilder();
    for (long i = 0; i != count && !old.isEmpty(); i++) {
      int at = rest.indexOf(old);
      if (at < 0) {
        break;
      }
      replaced.append(rest, 0, at).append(fresh);
      rest = rest.substring(at + old.length());
    }
    return replaced.append(rest).toString();
  }

  static String centered(String text, int width) {
    int missing = Math.max(0, width - text.length());
    int left = missing / 2 + (missing & width & 1);
    return " ".repeat(left) + text + " ".repeat(missing - left);
  }

  private static Object indent(Call call) {
    Object width = call.find(0, "width").orElse(4L);
    String lead =
        width instanceof String text ? text : " ".repeat((int) Python.big(width).longValue());
    boolean blank = call.flag(2, "blank", false);
    List<String> lines = Splitter.on('\n').splitToList(call.text());
    StringBuilder text =
        new StringBuilder(call.flag(1, "first", false) ? lead : "").append(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      text.append('\n').append(line.isEmpty() && !blank ? "" : lead).append(line);
    }
    return text.toString();
  }

  private static Object truncate(Call call) {
    String text = call.text();
    int length = (int) call.number(0, "length", 255);
    String end = call.text(2, "end", "...");
    int leeway = (int) call.number(3, "leeway", 5);
    if (text.length() <= length + leeway) {
      return text;
    }
    String cut = text.substring(0, Math.max(0, length - end.length()));
    int space = cut.lastIndexOf(' ');
    return (call.flag(1, "killwords", false) || space < 0 ? cut : cut.substring(0, space)) + end;
  }

  private static List<String> words(String text) {
    return Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().splitToList(text);
  }

  private static Object wordwrap(Call call) {
    int width = (int) call.number(0, "width", 79);
    boolean breaks = call.flag(1, "break_long_words", true);
    String separator = call.text(2, "wrapstring", "\n");
    return call.text()
        .lines()
        .map(line -> wrapped(line, width, breaks, separator))
        .collect(Collectors.joining(separator));
  }

  private static String wrapped(String line, int width, boolean breaks, String separator) {
    List<String> lines = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    for (String word : Splitter.on(' ').split(line)) {
      String rest = word;
      if (current.length() > 0 && current.length() + 1 + rest.length() > width) {
        lines.add(current.toString());
        current.setLength(0);
      }
      while (breaks && rest.length() > width) {
        lines.add(rest.substring(0, width));
        rest = rest.substring(width);
      }
      current.append(current.length() > 0 ? " " : "").append(rest);
    }
    lines.add(current.toString());
    return String.join(separator, lines);
  }

  static ImmutableList<Object> split(String text, Call call) {
    long most = call.number(1, "maxsplit", -1);
    Object separator = call.find(0, "sep").orElse(None.NONE);
    if (separator == None.NONE) {
      return splitAtSpaces(text, most);
    }
    Splitter splitter = Splitter.on(PythonText.str(separator));
    return (most < 0 ? splitter : splitter.limit((int) most + 1))
        .splitToStream(text)
        .collect(toImmutableList());
  }

  private static ImmutableList<Object> splitAtSpaces(String text, long most) {
    List<String> words = words(text);
    if (most < 0 || words.size() <= most) {
      return ImmutableList.copyOf(words);
    }
    ImmutableList.Builder<Object> parts = ImmutableList.builder();
    String rest = CharMatcher.whitespace().trimLeadingFrom(text);
    for (long i = 0; i < most; i++) {
      int end = CharMatcher.whitespace().indexIn(rest);
      parts.add(rest.substring(0, end));
      rest = CharMatcher.whitespace().trimLeadingFrom(rest.substring(end));
    }
    return parts.add(rest).build();
  }

  static ImmutableList<Object> splitFromEnd(String text, Call call) {
    String separator = call.text(0, "sep", " ");
    long most = call.number(1, "maxsplit", -1);
    List<Object> parts = new ArrayList<>();
    String rest = text;
    for (int at = rest.lastIndexOf(separator);
        at >= 0 && parts.size() != most;
        at = rest.lastIndexOf(separator)) {
      parts.add(rest.substring(at + separator.length()));
      rest = rest.substring(0, at);
    }
    parts.add(rest);
    Collections.reverse(parts);
    return ImmutableList.copyOf(parts);
  }

  private static Object format(Call call) {
    Object argument = call.named().isEmpty() ? new Tuple(call.positional()) : call.named();
    return PrintfFormat.format(call.text(), argument);
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
