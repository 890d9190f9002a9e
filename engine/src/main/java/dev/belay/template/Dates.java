package dev.belay.template;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** Times, as Python writes and reads them. */
final class Dates {
  private static final String USUAL = "%Y-%m-%d %H:%M:%S";
  private static final long NANOS_A_MICROSECOND = 1000;
  private static final int SECONDS_A_DAY = 86_400;

  private Dates() {}

  static ImmutableMap<String, Operation> filters() {
    return ImmutableMap.of("strftime", Dates::strftime, "to_datetime", Dates::parse);
  }

  private static Object strftime(Call call) {
    ZoneId zone = call.flag(1, "utc", false) ? ZoneOffset.UTC : ZoneId.systemDefault();
    Instant moment =
        call.find(0, "second")
            .filter(second -> second != dev.belay.value.None.NONE)
            .map(Dates::moment)
            .orElseGet(Instant::now);
    return TimeFormat.write(call.string(), moment.atZone(zone));
  }

  private static Instant moment(Object seconds) {
    Object number = NumberFilters.number(seconds);
    if (!Python.isNumber(number)) {
      throw new IllegalArgumentException(
          "Invalid value for epoch value (" + PythonText.str(seconds) + ")");
    }
    double since = Python.real(number);
    if (Double.isNaN(since) || Math.abs(since) > TimeFormat.FARTHEST_SECOND) {
      throw new IllegalArgumentException("Invalid value for epoch value (" + since + ")");
    }
    return Instant.EPOCH.plus((long) Math.floor(since * 1000), ChronoUnit.MILLIS);
  }

  private static Object parse(Call call) {
    return TimeFormat.read(call.string(), call.text(0, "format", USUAL));
  }

  static Object method(LocalDateTime time, String name, Call call) {
    return switch (name) {
      case "strftime" ->
          TimeFormat.write(call.text(0, "format"), time.atZone(ZoneId.systemDefault()));
      case "isoformat" -> written(time, call.text(0, "sep", "T").charAt(0));
      case "timestamp" -> timestamp(time.atZone(ZoneId.systemDefault()));
      case "date" -> time.toLocalDate().toString();
      case "weekday" -> time.getDayOfWeek().getValue() - 1L;
      case "isoweekday" -> (long) time.getDayOfWeek().getValue();
      default -> throw Methods.missing(time, name);
    };
  }

  private static double timestamp(ZonedDateTime time) {
    return time.toEpochSecond() + time.getNano() / 1e9;
  }

  static String written(LocalDateTime time, char between) {
    String whole = TimeFormat.write("%Y-%m-%d" + between + "%H:%M:%S", time.atZone(ZoneOffset.UTC));
    return whole + fraction(time.getNano());
  }

  private static String fraction(int nanos) {
    return nanos == 0 ? "" : String.format(".%06d", nanos / NANOS_A_MICROSECOND);
  }

  /** As Python writes a span: {@code 1 day, 2:03:04}. */
  static String written(Duration span) {
    long days = Math.floorDiv(span.getSeconds(), SECONDS_A_DAY);
    long rest = Math.floorMod(span.getSeconds(), SECONDS_A_DAY);
    String clock =
        String.format("%d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60)
            + fraction(span.getNano());
    return days == 0 ? clock : days + (Math.abs(days) == 1 ? " day, " : " days, ") + clock;
  }
}
