package dev.belay.template;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's format letters of times: {@code %Y-%m-%d}. */
final class TimeFormat {
  /** Of the year 9999, behind which Python has no times. */
  static final long FARTHEST_SECOND = 253_402_300_799L;

  private TimeFormat() {}

  static String write(String format, ZonedDateTime time) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        text.append(written(format.charAt(++i), time));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String written(char letter, ZonedDateTime time) {
    return switch (letter) {
      case 'Y' -> String.valueOf(time.getYear());
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> String.format("%2d", time.getDayOfMonth());
      case 'H' -> two(time.getHour());
      case 'I' -> two((time.getHour() + 11) % 12 + 1);
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'f' -> String.format("%06d", time.getNano() / 1000);
      case 'y' -> two(Math.floorMod(time.getYear(), 100));
      case 'C' -> two(time.getYear() / 100);
      case 'j' -> String.format("%03d", time.getDayOfYear());
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 's' -> String.valueOf(time.toEpochSecond());
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> words(letter, time);
    };
  }

  private static String words(char letter, ZonedDateTime time) {
    return switch (letter) {
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
      case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
      case 'U' -> two((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7);
      case 'W' -> two((time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7);
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'F' -> write("%Y-%m-%d", time);
      case 'T', 'X' -> write("%H:%M:%S", time);
      case 'R' -> write("%H:%M", time);
      case 'D', 'x' -> write("%m/%d/%y", time);
      case 'c' -> write("%a %b %e %H:%M:%S %Y", time);
      case 'z' ->
          time.getOffset().getTotalSeconds() == 0
              ? "+0000"
              : time.getOffset().getId().replace(":", "");
      case 'Z' -> zone(time);
      default ->
          throw new IllegalArgumentException("'%" + letter + "' is not supported in a time format");
    };
  }

  private static String zone(ZonedDateTime time) {
    String name = time.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    return name.equals("Z") ? "UTC" : name;
  }

  private static String two(int number) {
    return String.format("%02d", number);
  }

  /**
   * The time that a text says.
   *
   * @throws IllegalArgumentException where it does not have the form
   */
  static LocalDateTime read(String text, String format) {
    StringBuilder pattern = new StringBuilder();
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        pattern.append(piece(format.charAt(++i), letters));
      } else {
        pattern.append(Character.isWhitespace(c) ? "\\s+" : Pattern.quote(String.valueOf(c)));
      }
    }
    Matcher parts = Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE).matcher(text);
    if (!parts.matches()) {
      throw wrong(text, format);
    }
    Map<Character, String> found = new HashMap<>();
    for (int i = 0; i < letters.length(); i++) {
      found.put(letters.charAt(i), parts.group(i + 1));
    }
    try {
      return time(found);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static IllegalArgumentException wrong(String text, String format) {
    return new IllegalArgumentException(
        "time data '" + text + "' does not match format '" + format + "'");
  }

  private static String piece(char letter, StringBuilder letters) {
    String piece =
        switch (letter) {
          case 'Y' -> "(\\d{4})";
          case 'm', 'd', 'H', 'I', 'M', 'S', 'y' -> "(\\d{1,2})";
          case 'j' -> "(\\d{1,3})";
          case 'f' -> "(\\d{1,6})";
          case 'p' -> "(AM|PM)";
          case 'A', 'a', 'B', 'b' -> "([a-z]+)";
          case 'z' -> "(Z|[-+]\\d{2}:?\\d{2})";
          case 'Z' -> "([a-z]*)";
          case '%' -> "%";
          case 'F' -> piece('Y', letters) + "-" + piece('m', letters) + "-" + piece('d', letters);
          case 'T' -> piece('H', letters) + ":" + piece('M', letters) + ":" + piece('S', letters);
          default ->
              throw new IllegalArgumentException(
                  "'%" + letter + "' is not supported in a time format");
        };
    letters.append("%FT".indexOf(letter) >= 0 ? "" : String.valueOf(letter));
    return piece;
  }

  private static LocalDateTime time(Map<Character, String> found) {
    int year = number(found, 'Y', found.containsKey('y') ? shortYear(found) : 1900);
    LocalDate date = LocalDate.of(year, month(found), number(found, 'd', 1));
    if (found.containsKey('j')) {
      date = date.with(ChronoField.DAY_OF_YEAR, number(found, 'j', 1));
    }
    String micros = found.getOrDefault('f', "0");
    int nano = Integer.parseInt((micros + "00000").substring(0, 6)) * 1000;
    return LocalDateTime.of(
        date, LocalTime.of(hour(found), number(found, 'M', 0), number(found, 'S', 0), nano));
  }

  private static int shortYear(Map<Character, String> found) {
    int year = number(found, 'y', 0);
    return year < 69 ? 2000 + year : 1900 + year;
  }

  private static int month(Map<Character, String> found) {
    String word = found.getOrDefault('b', found.getOrDefault('B', ""));
    if (word.isEmpty()) {
      return number(found, 'm', 1);
    }
    for (java.time.Month month : java.time.Month.values()) {
      if (month.name().startsWith(word.toUpperCase(Locale.ROOT)) && word.length() >= 3) {
        return month.getValue();
      }
    }
    throw new IllegalArgumentException("there is no month '" + word + "'");
  }

  private static int hour(Map<Character, String> found) {
    if (!found.containsKey('I')) {
      return number(found, 'H', 0);
    }
    boolean afternoon = found.getOrDefault('p', "AM").equalsIgnoreCase("PM");
    return number(found, 'I', 12) % 12 + (afternoon ? 12 : 0);
  }

  private static int number(Map<Character, String> found, char letter, int byDefault) {
    String digits = found.get(letter);
    return digits == null ? byDefault : Integer.parseInt(digits);
  }
}
