package dev.belay.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.belay.template.PythonText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lookup {@code sequence}: numbers as texts, written {@code start=1 end=5 stride=2
 * format=host%02d} or, short, {@code 1-5/2:host%02d}.
 */
final class Sequence {
  /** A sequence is held in memory whole. */
  private static final int LIMIT = 1_000_000;

  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(?<start>(?:0x)?[0-9a-fA-F]+)-)?(?<end>(?:0x)?[0-9a-fA-F]+)(?:/(?<stride>(?:0x)?[0-9a-fA-F]+))?(?::(?<format>.+))?");
  private static final Pattern FORMAT = Pattern.compile("%(0?)([0-9]*)([dioxX])");

  private Sequence() {}

  static ImmutableList<Object> of(String term, ImmutableMap<String, Object> options) {
    Map<String, String> given = new HashMap<>();
    options.forEach((name, value) -> given.put(name, PythonText.str(value)));
    Matcher matcher = SHORT.matcher(term.strip());
    if (matcher.matches()) {
      for (String name : new String[] {"start", "end", "stride", "format"}) {
        Optional.ofNullable(matcher.group(name)).ifPresent(value -> given.put(name, value));
      }
    } else {
      words(term, given);
    }
    return numbers(given);
  }

  private static void words(String term, Map<String, String> given) {
    for (String word : term.strip().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (word.isEmpty()) {
        continue;
      } else if (equals < 1) {
        throw ValueLookups.wrong("'" + term + "' is no sequence; write start=1 end=5, or 1-5");
      }
      given.put(word.substring(0, equals), word.substring(equals + 1));
    }
  }

  private static ImmutableList<Object> numbers(Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!name.matches("start|end|stride|format|count")) {
        throw ValueLookups.wrong("unrecognized arguments to with_sequence: ['" + name + "']");
      }
    }
    long start = number(given, "start", 1);
    long stride = number(given, "stride", 1);
    if (!given.containsKey("count") && !given.containsKey("end")) {
      throw ValueLookups.wrong("must specify count or end in with_sequence");
    } else if (given.containsKey("count") && given.containsKey("end")) {
      throw ValueLookups.wrong("can't specify both count and end in with_sequence");
    }
    long count = number(given, "count", -1);
    long end = count >= 0 ? start + (count - 1) * stride : number(given, "end", 0);
    return count == 0 || stride == 0
        ? ImmutableList.of()
        : between(start, end, stride, given.getOrDefault("format", "%d"));
  }

  private static ImmutableList<Object> between(long start, long end, long stride, String format) {
    if (stride > 0 && end < start) {
      throw ValueLookups.wrong("to count backwards make stride negative");
    } else if (stride < 0 && end > start) {
      throw ValueLookups.wrong("to count forward don't make stride negative");
    } else if ((end - start) / stride >= LIMIT) {
      throw ValueLookups.wrong("a sequence of more than " + LIMIT + " numbers is refused");
    }
    ImmutableList.Builder<Object> numbers = ImmutableList.builder();
    for (long at = start; stride > 0 ? at <= end : at >= end; at += stride) {
      numbers.add(written(at, format));
    }
    return numbers.build();
  }

  private static String written(long number, String format) {
    Matcher matcher = FORMAT.matcher(format);
    if (!matcher.find() || matcher.find()) {
      throw ValueLookups.wrong("bad formatting string: " + format);
    }
    matcher.reset();
    matcher.find();
    String digits =
        switch (matcher.group(3)) {
          case "o" -> Long.toOctalString(number);
          case "x" -> Long.toHexString(number);
          case "X" -> Long.toHexString(number).toUpperCase(java.util.Locale.ROOT);
          default -> Long.toString(number);
        };
    int width = matcher.group(2).isEmpty() ? 0 : Integer.parseInt(matcher.group(2));
    String fill = matcher.group(1).isEmpty() ? " " : "0";
    String padded = fill.repeat(Math.max(0, width - digits.length())) + digits;
    return format.substring(0, matcher.start()) + padded + format.substring(matcher.end());
  }

  private static long number(Map<String, String> given, String name, long otherwise) {
    if (!given.containsKey(name)) {
      return otherwise;
    }
    String text = given.get(name);
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      throw ValueLookups.wrong("can't parse " + name + "=" + text + " as integer");
    }
  }
}
