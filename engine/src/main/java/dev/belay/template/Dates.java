package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;

/** Times, with Python's format letters. */
final class Dates {
  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('Y', "yyyy"),
          Map.entry('m', "MM"),
          Map.entry('d', "dd"),
          Map.entry('H', "HH"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('f', "SSSSSS"),
          Map.entry('y', "yy"),
          Map.entry('j', "DDD"),
          Map.entry('A', "EEEE"),
          Map.entry('a', "EEE"),
          Map.entry('B', "MMMM"),
          Map.entry('b', "MMM"),
          Map.entry('I', "hh"),
          Map.entry('p', "a"),
          Map.entry('F', "yyyy-MM-dd"),
          Map.entry('T', "HH:mm:ss"));

  private Dates() {}

  static ImmutableMap<String, Operation> filters() {
    return ImmutableMap.of("strftime", Dates::strftime, "to_datetime", Dates::parse);
  }

  private static DateTimeFormatter formatter(String format) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        char letter = format.charAt(++i);
        pattern.append(letter == '%' ? "'%'" : letter(letter));
      } else {
        pattern.append(
            Character.isLetter(c) || c == '\''
                ? "'" + (c == '\'' ? "'" : c) + "'"
                : String.valueOf(c));
      }
    }
    return DateTimeFormatter.ofPattern(pattern.toString().replace("''", ""), Locale.ENGLISH);
  }

  private static String letter(char letter) {
    String pattern = LETTERS.get(letter);
    if (pattern == null) {
      throw new IllegalArgumentException("'%" + letter + "' is not supported in a time format");
    }
    return pattern;
  }

  private static Object strftime(Call call) {
    ZoneId zone = call.flag(1, "utc", false) ? ZoneOffset.UTC : ZoneId.systemDefault();
    Instant moment =
        call.find(0, "second")
            .filter(Python::isNumber)
            .map(s -> Instant.ofEpochMilli((long) (Python.real(s) * 1000)))
            .orElseGet(Instant::now);
    return call.text().equals("%s")
        ? String.valueOf(moment.getEpochSecond())
        : formatter(call.text()).format(moment.atZone(zone));
  }

  private static Object parse(Call call) {
    DateTimeFormatter formatter = formatter(call.text(0, "format", "%Y-%m-%d %H:%M:%S"));
    try {
      return formatter.parseBest(call.text(), LocalDateTime::from, LocalDate::from)
              instanceof LocalDateTime time
          ? time
          : LocalDate.parse(call.text(), formatter).atStartOfDay();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'"
              + call.text()
              + "' does not have the form "
              + call.text(0, "format", "%Y-%m-%d %H:%M:%S"),
          e);
    }
  }

  static Object method(LocalDateTime time, String name, Call call) {
    return switch (name) {
      case "strftime" -> formatter(call.text(0, "format")).format(time);
      case "isoformat" -> time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"));
      case "timestamp" -> time.toEpochSecond(ZoneOffset.UTC) * 1.0;
      default ->
          throw new IllegalArgumentException("'datetime' object has no method '" + name + "'");
    };
  }
}
