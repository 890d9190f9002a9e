package dev.belay.template;

import com.google.common.base.CharMatcher;
import dev.belay.value.None;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The methods of texts. */
final class TextMethods {
  private TextMethods() {}

  static Object call(String text, String name, Call call) {
    return switch (name) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower", "casefold" -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> TextFilters.capitalized(text);
      case "title" -> titled(text);
      case "swapcase" -> swapped(text);
      case "strip" -> strip(call).trimFrom(text);
      case "lstrip" -> strip(call).trimLeadingFrom(text);
      case "rstrip" -> strip(call).trimTrailingFrom(text);
      case "startswith" -> affixes(call).stream().anyMatch(part(text, call)::startsWith);
      case "endswith" -> affixes(call).stream().anyMatch(part(text, call)::endsWith);
      case "removeprefix" -> text.startsWith(sub(call)) ? text.substring(sub(call).length()) : text;
      case "removesuffix" ->
          text.endsWith(sub(call)) ? text.substring(0, text.length() - sub(call).length()) : text;
      case "split" -> Splits.split(text, call);
      case "rsplit" -> Splits.splitFromEnd(text, call);
      case "splitlines" -> Splits.lines(text, call.flag(0, "keepends", false));
      case "join" -> joined(text, call.list(0, "iterable"));
      case "replace" ->
          TextFilters.replaced(
              text, string(call, 0, "old"), string(call, 1, "new"), call.number(2, "count", -1));
      case "encode", "translate" -> text;
      default -> searched(text, name, call);
    };
  }

  private static Object searched(String text, String name, Call call) {
    return switch (name) {
      case "find" -> found(text, part(text, call).indexOf(sub(call)), call);
      case "rfind" -> found(text, part(text, call).lastIndexOf(sub(call)), call);
      case "index" -> there(found(text, part(text, call).indexOf(sub(call)), call));
      case "rindex" -> there(found(text, part(text, call).lastIndexOf(sub(call)), call));
      case "count" -> count(part(text, call), sub(call));
      case "partition" ->
          partition(text, text.indexOf(separator(call)), Tuple.of(text, "", ""), call);
      case "rpartition" ->
          partition(text, text.lastIndexOf(separator(call)), Tuple.of("", "", text), call);
      default -> laidOut(text, name, call);
    };
  }

  private static Object laidOut(String text, String name, Call call) {
    return switch (name) {
      case "format" -> FormatMethod.format(text, call);
      case "zfill" -> zeros(text, call.number(0, "width", 0));
      case "ljust" -> text + fill(text, call);
      case "rjust" -> fill(text, call) + text;
      case "center" -> TextFilters.centered(text, call.number(0, "width", 0), fillCharacter(call));
      case "expandtabs" -> expanded(text, call.number(0, "tabsize", 8));
      default -> TextChecks.holds(text, name);
    };
  }

  /** Python's is after every character that is no letter. */
  static String titled(String text) {
    StringBuilder titled = new StringBuilder();
    boolean inWord = false;
    for (char c : text.toCharArray()) {
      titled.append(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return titled.toString();
  }

  private static String joined(String separator, List<?> parts) {
    long length = 0;
    for (Object part : parts) {
      if (!(Python.used(part) instanceof String text)) {
        throw new IllegalArgumentException(
            "sequence item: expected str instance, " + Python.type(part) + " found");
      }
      length += text.length() + separator.length();
    }
    Sizes.text(length);
    return parts.stream().map(PythonText::str).collect(Collectors.joining(separator));
  }

  private static String string(Call call, int place, String name) {
    if (call.need(place, name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "argument " + (place + 1) + " must be str, not " + Python.type(call.need(place, name)));
  }

  private static String sub(Call call) {
    return string(call, 0, "sub");
  }

  private static String separator(Call call) {
    if (sub(call).isEmpty()) {
      throw new IllegalArgumentException("empty separator");
    }
    return sub(call);
  }

  /** What {@code start} and {@code end} leave of a text. */
  private static String part(String text, Call call) {
    int from = start(text, call);
    int to = bound(call.find(2, "end").orElse(None.NONE), text.length(), text.length());
    return from > to ? "" : text.substring(from, to);
  }

  private static int start(String text, Call call) {
    return bound(call.find(1, "start").orElse(None.NONE), 0, text.length());
  }

  private static int bound(Object given, int byDefault, int length) {
    if (!Python.isInteger(given)) {
      return byDefault;
    }
    long place = Python.big(given).longValue();
    return (int) Math.max(0, Math.min(length, place < 0 ? place + length : place));
  }

  private static long found(String text, int at, Call call) {
    return at < 0 ? -1 : at + start(text, call);
  }

  private static long there(long at) {
    if (at < 0) {
      throw new IllegalArgumentException("substring not found");
    }
    return at;
  }

  private static long count(String text, String sub) {
    if (sub.isEmpty()) {
      return text.length() + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(sub); at >= 0; at = text.indexOf(sub, at + sub.length())) {
      count++;
    }
    return count;
  }

  private static List<String> affixes(Call call) {
    return call.need(0, "prefix") instanceof Tuple tuple
        ? tuple.stream().map(PythonText::str).toList()
        : List.of(string(call, 0, "prefix"));
  }

  private static CharMatcher strip(Call call) {
    return call.find(0, "chars")
        .filter(chars -> chars != None.NONE)
        .map(chars -> CharMatcher.anyOf(PythonText.str(chars)))
        .orElse(CharMatcher.whitespace());
  }

  private static Object partition(String text, int at, Tuple nowhere, Call call) {
    String separator = separator(call);
    return at < 0
        ? nowhere
        : Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  private static String zeros(String text, long width) {
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.substring(0, sign) + Sizes.fill("0", width, text) + text.substring(sign);
  }

  private static String fill(String text, Call call) {
    return Sizes.fill(fillCharacter(call), call.number(0, "width", 0), text);
  }

  private static String fillCharacter(Call call) {
    String fill = call.text(1, "fillchar", " ");
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw new IllegalArgumentException("The fill character must be exactly one character long");
    }
    return fill;
  }

  private static String expanded(String text, long size) {
    StringBuilder expanded = new StringBuilder();
    int column = 0;
    for (char c : text.toCharArray()) {
      if (c == '\t') {
        long spaces = size <= 0 ? 0 : size - column % size;
        Sizes.text(expanded.length() + spaces);
        expanded.append(" ".repeat((int) spaces));
        column += (int) spaces;
      } else {
        expanded.append(c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return expanded.toString();
  }

  private static String swapped(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                Character.isUpperCase(c)
                    ? Character.toString(c).toLowerCase(Locale.ROOT)
                    : Character.toString(c).toUpperCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
