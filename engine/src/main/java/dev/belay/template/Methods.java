package dev.belay.template;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import dev.belay.value.None;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The methods of Python's values that templates call. Those that change a value in place are
 * absent: values are fixed.
 */
final class Methods {
  private Methods() {}

  static Object call(Object owner, String name, Call call) {
    if (owner instanceof String text) {
      return text(text, name, call);
    } else if (owner instanceof Map<?, ?> map) {
      return map(map, name, call);
    } else if (owner instanceof List<?> list) {
      return list(list, name, call);
    } else if (owner instanceof Duration span && name.equals("total_seconds")) {
      return span.toMillis() / 1000.0;
    } else if (owner instanceof LocalDateTime time) {
      return Dates.method(time, name, call);
    }
    throw missing(owner, name);
  }

  private static IllegalArgumentException missing(Object owner, String name) {
    return new IllegalArgumentException(
        "'" + Python.type(owner) + " object' has no method '" + name + "'");
  }

  private static Object map(Map<?, ?> map, String name, Call call) {
    return switch (name) {
      case "items" ->
          map.entrySet().stream()
              .map(e -> Tuple.of(e.getKey(), e.getValue()))
              .collect(toImmutableList());
      case "keys" -> ImmutableList.copyOf(map.keySet());
      case "values" -> ImmutableList.copyOf(map.values());
      case "get" -> get(map, call);
      case "copy" -> map;
      case "update" ->
          throw new IllegalArgumentException("values do not change; use the filter 'combine'");
      default -> throw missing(map, name);
    };
  }

  private static Object get(Map<?, ?> map, Call call) {
    Object value = map.get(call.need(0, "key"));
    return value != null ? value : call.raw(1, "default").orElse(None.NONE);
  }

  private static Object list(List<?> list, String name, Call call) {
    return switch (name) {
      case "index" -> index(list, call.need(0, "value"));
      case "count" ->
          list.stream().filter(each -> Python.equal(each, call.need(0, "value"))).count();
      case "copy" -> list;
      case "append", "extend", "insert", "remove", "pop", "sort", "reverse" ->
          throw new IllegalArgumentException(
              "values do not change; join lists with +, or use a filter");
      case "union", "intersection", "difference", "issubset", "issuperset" ->
          sets(list, name, call);
      default -> throw missing(list, name);
    };
  }

  private static Object sets(List<?> list, String name, Call call) {
    return switch (name) {
      case "issubset" -> call.list(0, "other").containsAll(list);
      case "issuperset" -> list.containsAll(call.list(0, "other"));
      default ->
          throw new IllegalArgumentException("use the filter for it: union, intersect, difference");
    };
  }

  private static long index(List<?> list, Object value) {
    for (int i = 0; i < list.size(); i++) {
      if (Python.equal(list.get(i), value)) {
        return i;
      }
    }
    throw new IllegalArgumentException(PythonText.repr(value) + " is not in list");
  }

  private static Object text(String text, String name, Call call) {
    return switch (name) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower", "casefold" -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> TextFilters.capitalized(text);
      case "title" -> TextFilters.titled(text);
      case "swapcase" -> swapped(text);
      case "strip" -> strip(text, call).trimFrom(text);
      case "lstrip" -> strip(text, call).trimLeadingFrom(text);
      case "rstrip" -> strip(text, call).trimTrailingFrom(text);
      case "startswith" -> affixes(call).stream().anyMatch(text::startsWith);
      case "endswith" -> affixes(call).stream().anyMatch(text::endsWith);
      case "removeprefix" -> text.startsWith(arg(call)) ? text.substring(arg(call).length()) : text;
      case "removesuffix" ->
          text.endsWith(arg(call)) ? text.substring(0, text.length() - arg(call).length()) : text;
      case "split" -> TextFilters.split(text, call);
      case "rsplit" -> TextFilters.splitFromEnd(text, call);
      case "splitlines" -> ImmutableList.copyOf(text.isEmpty() ? List.of() : text.lines().toList());
      case "join" ->
          call.list(0, "iterable").stream().map(PythonText::str).collect(Collectors.joining(text));
      case "replace" ->
          TextFilters.replaced(
              text, call.text(0, "old"), call.text(1, "new"), call.number(2, "count", -1));
      case "find" -> (long) text.indexOf(arg(call));
      case "rfind" -> (long) text.lastIndexOf(arg(call));
      case "index" -> indexIn(text, arg(call));
      case "count" -> (long) text.split(java.util.regex.Pattern.quote(arg(call)), -1).length - 1;
      case "partition" -> partition(text, text.indexOf(arg(call)), arg(call));
      case "rpartition" -> partition(text, text.lastIndexOf(arg(call)), arg(call));
      case "format" -> FormatMethod.format(text, call);
      case "zfill" -> zeros(text, (int) call.number(0, "width", 0));
      case "ljust" -> text + pad(text, call);
      case "rjust" -> pad(text, call) + text;
      case "center" -> TextFilters.centered(text, (int) call.number(0, "width", 80));
      case "encode", "expandtabs" -> text;
      default -> check(text, name);
    };
  }

  private static Object check(String text, String name) {
    boolean some = !text.isEmpty();
    return switch (name) {
      case "isdigit", "isnumeric", "isdecimal" -> some && text.chars().allMatch(Character::isDigit);
      case "isalpha" -> some && text.chars().allMatch(Character::isLetter);
      case "isalnum" -> some && text.chars().allMatch(Character::isLetterOrDigit);
      case "isspace" -> some && text.isBlank();
      case "isupper" ->
          text.equals(text.toUpperCase(Locale.ROOT)) && !text.equals(text.toLowerCase(Locale.ROOT));
      case "islower" ->
          text.equals(text.toLowerCase(Locale.ROOT)) && !text.equals(text.toUpperCase(Locale.ROOT));
      default -> throw missing(text, name);
    };
  }

  private static String arg(Call call) {
    return call.text(0, "sub");
  }

  private static List<String> affixes(Call call) {
    return call.need(0, "prefix") instanceof List<?> list
        ? list.stream().map(PythonText::str).toList()
        : List.of(arg(call));
  }

  private static CharMatcher strip(String text, Call call) {
    return call.find(0, "chars")
        .filter(chars -> chars != None.NONE)
        .map(chars -> CharMatcher.anyOf(PythonText.str(chars)))
        .orElse(CharMatcher.whitespace());
  }

  private static long indexIn(String text, String part) {
    if (!text.contains(part)) {
      throw new IllegalArgumentException("substring not found");
    }
    return text.indexOf(part);
  }

  private static Object partition(String text, int at, String separator) {
    return at < 0
        ? Tuple.of(text, "", "")
        : Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  private static String zeros(String text, int width) {
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    String zeros = "0".repeat(Math.max(0, width - text.length()));
    return text.substring(0, sign) + zeros + text.substring(sign);
  }

  private static String pad(String text, Call call) {
    return call.text(1, "fillchar", " ")
        .repeat(Math.max(0, (int) call.number(0, "width", 0) - text.length()));
  }

  private static String swapped(String text) {
    return text.chars()
        .mapToObj(
            c ->
                Character.toString(
                    Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c)))
        .collect(Collectors.joining());
  }
}
