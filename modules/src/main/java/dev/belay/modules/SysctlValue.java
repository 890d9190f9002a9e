package dev.belay.modules;

import com.google.common.base.Splitter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Values of kernel parameters as they compare: the kernel writes tabs where people write spaces,
 * and decimal digits where they write others.
 */
final class SysctlValue {
  private SysctlValue() {}

  /** One blank between words. */
  static String normal(String value) {
    return value.strip().replaceAll("[ \\t]+", " ");
  }

  /** As a task means it: a word for true or false, which YAML reads as one too, is 1 or 0. */
  static String asked(String value) {
    String one = normal(value);
    return switch (one.toLowerCase(Locale.ROOT)) {
      case "yes", "on", "true", "y", "t" -> "1";
      case "no", "off", "false", "n", "f" -> "0";
      default -> one;
    };
  }

  static boolean equal(String a, String b) {
    return normal(a).equals(normal(b)) || kernelForm(a).equals(kernelForm(b));
  }

  /** As the kernel writes it, where its words are numbers. */
  static String kernelForm(String value) {
    return Splitter.on(' ')
        .splitToStream(normal(value))
        .map(SysctlValue::decimal)
        .collect(Collectors.joining(" "));
  }

  private static String decimal(String word) {
    return word.matches("[+-]?(0x[0-9a-fA-F]{1,15}|0[0-7]{1,18}|[1-9][0-9]{0,17})")
        ? Long.decode(word).toString()
        : word;
  }
}
