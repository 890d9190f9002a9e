package dev.belay.template;

import dev.belay.problem.Position;
import dev.belay.value.Unknown;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/**
 * What is inside of values: {@code map.key}, {@code list[0]}, {@code text[-1]}. What is not there
 * is undefined.
 */
final class Members {
  private static final long SECONDS_A_DAY = 86_400;

  private Members() {}

  static Object of(Object owner, Object key, Position at) {
    if (owner instanceof Undefined) {
      return owner;
    } else if (owner instanceof Unknown unknown) {
      throw new UnknownValueException(unknown.why());
    } else if (owner instanceof Map<?, ?> map) {
      Object member = map.get(key);
      return member != null
          ? member
          : missing("'dict object' has no attribute '" + PythonText.str(key) + "'", at);
    } else if (owner instanceof List<?> list) {
      return member(list, key, at);
    } else if (owner instanceof String text && Python.isInteger(key)) {
      return character(text, Python.big(key).longValue(), at);
    } else if (owner instanceof LocalDateTime time) {
      return dateMember(time, key, at);
    }
    if (owner instanceof Functions.Namespace space) {
      return space.find(PythonText.str(key)).orElseGet(() -> missing(owner, key, at));
    }
    if (Python.isNumber(owner) && key instanceof String name && Methods.isOfNumbers(name)) {
      return Methods.ofNumber(owner, name);
    }
    return owner instanceof Duration span ? durationMember(span, key, at) : missing(owner, key, at);
  }

  /** What {@code attr} finds: never what is in a mapping. */
  static Object attribute(Object owner, String name, Position at) {
    return owner instanceof Map ? missing(owner, name, at) : of(owner, name, at);
  }

  private static Object member(List<?> list, Object key, Position at) {
    if (!Python.isInteger(key)) {
      return missing(list, key, at);
    }
    long index = Python.big(key).longValue();
    long place = index < 0 ? index + list.size() : index;
    return place >= 0 && place < list.size()
        ? list.get((int) place)
        : missing("list object has no element " + index, at);
  }

  private static Object character(String text, long index, Position at) {
    int length = text.codePointCount(0, text.length());
    long place = index < 0 ? index + length : index;
    return place >= 0 && place < length
        ? Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) place)))
        : missing("str object has no element " + index, at);
  }

  private static Object dateMember(LocalDateTime time, Object key, Position at) {
    return switch (PythonText.str(key)) {
      case "year" -> (long) time.getYear();
      case "month" -> (long) time.getMonthValue();
      case "day" -> (long) time.getDayOfMonth();
      case "hour" -> (long) time.getHour();
      case "minute" -> (long) time.getMinute();
      case "second" -> (long) time.getSecond();
      case "microsecond" -> (long) time.getNano() / 1000;
      default -> missing(time, key, at);
    };
  }

  private static Object durationMember(Duration span, Object key, Position at) {
    return switch (PythonText.str(key)) {
      case "days" -> Math.floorDiv(span.getSeconds(), SECONDS_A_DAY);
      case "seconds" -> Math.floorMod(span.getSeconds(), SECONDS_A_DAY);
      case "microseconds" -> (long) span.getNano() / 1000;
      default -> missing(span, key, at);
    };
  }

  private static Undefined missing(Object owner, Object key, Position at) {
    String type = Python.type(owner);
    return missing("'" + type + " object' has no attribute '" + PythonText.str(key) + "'", at);
  }

  private static Undefined missing(String why, Position at) {
    return new Undefined(why, at);
  }
}
