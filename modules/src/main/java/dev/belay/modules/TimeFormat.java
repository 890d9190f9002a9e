package dev.belay.modules;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times written by people in a format of Python's. */
final class TimeFormat {
  private static final DateTimeFormatter DATE_READS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private TimeFormat() {}

  /**
   * The time as {@code date} reads it.
   *
   * @throws IllegalArgumentException where the text does not have that format
   */
  static String read(String text, String format) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      boolean letter = format.charAt(i) == '%' && i + 1 < format.length();
      pattern.append(
          letter ? field(format, format.charAt(++i)) : Pattern.quote("" + format.charAt(i)));
    }
    Matcher matcher = Pattern.compile(pattern.toString()).matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time in the format '" + format + "'");
    }
    return time(matcher, pattern.toString(), text);
  }

  private static String field(String format, char letter) {
    return switch (letter) {
      case 'Y' -> "(?<Y>\\d{4})";
      case 'm', 'd', 'H', 'M', 'S', 'y' -> "(?<" + letter + ">\\d{1,2})";
      case 'F' -> field(format, 'Y') + "-" + field(format, 'm') + "-" + field(format, 'd');
      case 'T' -> field(format, 'H') + ":" + field(format, 'M') + ":" + field(format, 'S');
      case '%' -> "%";
      default ->
          throw new IllegalArgumentException(
              "'%" + letter + "' is not supported in the format '" + format + "'");
    };
  }

  private static String time(Matcher matcher, String pattern, String text) {
    Map<Character, Integer> fields = new HashMap<>();
    for (char letter : "YmdHMSy".toCharArray()) {
      if (pattern.contains("(?<" + letter + ">")) {
        fields.put(letter, Integer.parseInt(matcher.group(String.valueOf(letter))));
      }
    }
    int short0 = fields.getOrDefault('y', 70);
    int year = fields.getOrDefault('Y', short0 < 69 ? 2000 + short0 : 1900 + short0);
    try {
      return DATE_READS.format(
          LocalDateTime.of(
              fields.containsKey('Y') || fields.containsKey('y') ? year : 1900,
              fields.getOrDefault('m', 1),
              fields.getOrDefault('d', 1),
              fields.getOrDefault('H', 0),
              fields.getOrDefault('M', 0),
              fields.getOrDefault('S', 0)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is no time: " + e.getMessage(), e);
    }
  }
}
